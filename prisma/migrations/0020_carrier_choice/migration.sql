-- What carriers name and what they keep: the days they named for each parcel, how it arrived, and the sums by service;
-- what was declared to customs for a parcel, and insured.
ALTER TABLE "parcels" ADD COLUMN "named_days" INTEGER;
ALTER TABLE "parcels" ADD COLUMN "customs_amount" BIGINT;
ALTER TABLE "parcels" ADD COLUMN "insured_amount" BIGINT;

CREATE TABLE "carrier_arrivals" (
    "parcel_id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "on_time" BOOLEAN NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_arrivals_pkey" PRIMARY KEY ("parcel_id")
);

CREATE INDEX "carrier_arrivals_arrived_at_idx" ON "carrier_arrivals"("arrived_at");

CREATE TABLE "carrier_records" (
    "carrier" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "arrived" INTEGER NOT NULL,
    "on_time" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_records_pkey" PRIMARY KEY ("carrier", "service")
);

ALTER TABLE "carrier_records" ADD CONSTRAINT "carrier_records_share" CHECK ("on_time" >= 0 AND "on_time" <= "arrived");
