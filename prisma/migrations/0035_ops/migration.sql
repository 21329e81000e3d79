-- Switches of the whole service; those of sites and carriers stay in their own rows.
CREATE TABLE "switches" (
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "switches_pkey" PRIMARY KEY ("kind", "subject"),
    CONSTRAINT "switches_kind" CHECK ("kind" IN ('intake', 'policy', 'messages')),
    CONSTRAINT "switches_until_only_off" CHECK (NOT "active" OR "until" IS NULL)
);

-- How long orders and their parts usually stay in a stage; counted anew every now and then.
CREATE TABLE "stage_times" (
    "stage" TEXT NOT NULL,
    "passes" INTEGER NOT NULL,
    "median_s" INTEGER NOT NULL,
    "p90_s" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stage_times_pkey" PRIMARY KEY ("stage")
);

-- Who looks after an exception.
CREATE TABLE "exception_claims" (
    "key" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "given_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exception_claims_pkey" PRIMARY KEY ("key")
);

-- One action on many orders.
CREATE TABLE "bulk_jobs" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "hold_until" TIMESTAMPTZ(3),
    "undoes" TEXT,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_jobs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "bulk_jobs_kind" CHECK ("kind" IN ('cancel', 'hold', 'release', 'reallocate')),
    CONSTRAINT "bulk_jobs_state" CHECK ("state" IN ('running', 'stopped', 'done')),
    CONSTRAINT "bulk_jobs_end" CHECK (("state" = 'running') = ("ended_at" IS NULL))
);
CREATE UNIQUE INDEX "bulk_jobs_request_id_key" ON "bulk_jobs"("request_id");
CREATE UNIQUE INDEX "bulk_jobs_undoes_key" ON "bulk_jobs"("undoes");
CREATE INDEX "bulk_jobs_created_at_idx" ON "bulk_jobs"("created_at");
CREATE INDEX "bulk_jobs_running_idx" ON "bulk_jobs"("created_at") WHERE "state" = 'running';

CREATE TABLE "bulk_items" (
    "job_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "code" TEXT,
    "parts" TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_items_pkey" PRIMARY KEY ("job_id", "order_id"),
    CONSTRAINT "bulk_items_state" CHECK ("state" IN ('waiting', 'done', 'refused', 'skipped')),
    CONSTRAINT "bulk_items_settled" CHECK (("state" = 'waiting') = ("settled_at" IS NULL))
);
CREATE UNIQUE INDEX "bulk_items_job_id_position_key" ON "bulk_items"("job_id", "position");
CREATE INDEX "bulk_items_order_id_idx" ON "bulk_items"("order_id");
CREATE INDEX "bulk_items_waiting_idx" ON "bulk_items"("job_id", "position") WHERE "state" = 'waiting';

-- What the dashboards ask for, by time.
CREATE INDEX "order_audit_at_idx" ON "order_audit"("at");
CREATE INDEX "decisions_kind_at_idx" ON "decisions"("kind", "at");
CREATE INDEX "orders_placed_at_id_idx" ON "orders"("placed_at", "id");
CREATE INDEX "parcels_handed_over_at_idx" ON "parcels"("handed_over_at");
CREATE INDEX "promises_window_to_idx" ON "promises"("window_to");
CREATE INDEX "promises_sub_order_id_idx" ON "promises"("sub_order_id");
CREATE INDEX "sub_orders_open_idx" ON "sub_orders"("stage", "updated_at")
    WHERE "stage" NOT IN ('DELIVERED', 'CANCELLED', 'RETURN_TO_SENDER');
CREATE INDEX "scans_at_idx" ON "scans"("at");
