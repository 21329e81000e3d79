-- What carriers' own codes mean, as people wrote it down, and words of trackers that nobody can read yet.
CREATE TABLE "carrier_codes" (
    "carrier" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "statuses" TEXT[] NOT NULL,
    "reasons" TEXT[] NOT NULL,
    "told_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_codes_pkey" PRIMARY KEY ("carrier", "code")
);

ALTER TABLE "carrier_codes" ADD CONSTRAINT "carrier_codes_meaning" CHECK (cardinality("statuses") + cardinality("reasons") > 0);

ALTER TABLE "parcel_events" ADD COLUMN "code_carrier" TEXT;
ALTER TABLE "parcel_events" ADD COLUMN "carrier_code" TEXT;
ALTER TABLE "parcel_events" ADD COLUMN "reason" TEXT;
ALTER TABLE "parcel_events" ADD COLUMN "unread" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "parcel_events" ADD CONSTRAINT "parcel_events_unread" CHECK (NOT "unread" OR ("carrier_code" IS NOT NULL AND "code_carrier" IS NOT NULL AND NOT "applied"));

CREATE INDEX "parcel_events_unread_idx" ON "parcel_events"("code_carrier", "carrier_code") WHERE "unread";
