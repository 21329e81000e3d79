-- Pickups: a driver asked to come for what a carrier takes from a warehouse. One row for a warehouse, carrier and day:
-- what is booked anew keeps its row.
CREATE TABLE "pickups" (
    "id" TEXT NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "booking" INTEGER NOT NULL DEFAULT 1,
    "window_from" TIMESTAMPTZ(3) NOT NULL,
    "window_until" TIMESTAMPTZ(3) NOT NULL,
    "asked_parcels" INTEGER NOT NULL DEFAULT 0,
    "asked_by" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "offer_ref" TEXT,
    "booked_ref" TEXT,
    "booked_parcels" INTEGER,
    "confirmation" TEXT,
    "cost" BIGINT,
    "currency" TEXT,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "booked_at" TIMESTAMPTZ(3),

    CONSTRAINT "pickups_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "pickups_state" CHECK ("state" IN ('wanted', 'booked', 'cancelling', 'cancelled', 'refused')),
    CONSTRAINT "pickups_booked" CHECK (("booked_ref" IS NULL) = ("booked_parcels" IS NULL) AND ("booked_ref" IS NULL) = ("booked_at" IS NULL)),
    CONSTRAINT "pickups_live" CHECK ("state" <> 'booked' OR "booked_ref" IS NOT NULL),
    CONSTRAINT "pickups_over" CHECK ("state" NOT IN ('cancelled', 'refused') OR "booked_ref" IS NULL),
    CONSTRAINT "pickups_refused" CHECK ("state" <> 'refused' OR "failure" IS NOT NULL)
);

CREATE UNIQUE INDEX "pickups_warehouse_id_carrier_day_key" ON "pickups"("warehouse_id", "carrier", "day");
CREATE INDEX "pickups_state_due_at_idx" ON "pickups"("state", "due_at");
