-- Steps of runs that failed for good and wait for a person, and runs that went on in a fresh history.
ALTER TABLE "order_runs" ADD COLUMN "continued" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "stuck_steps" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "sub_order_id" TEXT,
    "workflow_id" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "stuck_steps_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "stuck_steps_order_id_resolved_at_idx" ON "stuck_steps"("order_id", "resolved_at");
