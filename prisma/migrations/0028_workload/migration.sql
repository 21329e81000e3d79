-- What a warehouse got done lately, for routing.
CREATE INDEX "tasks_warehouse_id_closed_at_idx" ON "tasks"("warehouse_id", "closed_at");
