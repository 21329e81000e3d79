-- Runs beside an order's own: refunds, returns, disputes, purchase orders. Queued with the fact that asks for them.
CREATE TABLE "side_runs" (
    "workflow_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" TEXT,
    "subject_id" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "side_runs_pkey" PRIMARY KEY ("workflow_id")
);

CREATE INDEX "side_runs_order_id_idx" ON "side_runs"("order_id");
CREATE INDEX "side_runs_started_at_created_at_idx" ON "side_runs"("started_at", "created_at");
