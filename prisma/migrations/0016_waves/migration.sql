-- Waves: pick tasks released together; a tour is what one person with one cart walks of them.
CREATE TABLE "wave_terms" (
    "warehouse_id" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wave_terms_pkey" PRIMARY KEY ("warehouse_id")
);

CREATE TABLE "waves" (
    "id" TEXT NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "waves_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "waves_kind" CHECK ("kind" IN ('single', 'batch', 'zone')),
    CONSTRAINT "waves_state" CHECK ("state" IN ('released', 'paused', 'done')),
    CONSTRAINT "waves_closed" CHECK (("state" = 'done') = ("closed_at" IS NOT NULL))
);

CREATE INDEX "waves_warehouse_id_state_created_at_idx" ON "waves"("warehouse_id", "state", "created_at");

CREATE TABLE "tours" (
    "id" TEXT NOT NULL,
    "wave_id" TEXT NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "zone" TEXT,
    "state" TEXT NOT NULL,
    "claimed_by" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "walk_mm" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "tours_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "tours_state" CHECK ("state" IN ('open', 'done')),
    CONSTRAINT "tours_closed" CHECK (("state" = 'done') = ("closed_at" IS NOT NULL))
);

CREATE UNIQUE INDEX "tours_wave_id_position_key" ON "tours"("wave_id", "position");
CREATE INDEX "tours_state_idx" ON "tours"("state");

ALTER TABLE "task_stops" ADD COLUMN "tour_id" TEXT;
ALTER TABLE "task_stops" ADD COLUMN "tour_position" INTEGER;
ALTER TABLE "task_stops" ADD COLUMN "tote" TEXT;
ALTER TABLE "task_stops" ADD CONSTRAINT "task_stops_tour"
  CHECK (("tour_id" IS NULL) = ("tour_position" IS NULL) AND ("tour_id" IS NULL) = ("tote" IS NULL));

CREATE INDEX "task_stops_tour_id_idx" ON "task_stops"("tour_id");
