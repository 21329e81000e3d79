-- The customer of a backordered line said that they go on waiting: who took it down, and when.
ALTER TABLE "order_lines" ADD COLUMN "wait_chosen_by" TEXT;
ALTER TABLE "order_lines" ADD COLUMN "wait_chosen_role" TEXT;
ALTER TABLE "order_lines" ADD COLUMN "wait_chosen_at" TIMESTAMPTZ(3);
