-- Every print of a label: by whom, as what, and why once more.
CREATE TABLE "label_prints" (
    "id" BIGSERIAL NOT NULL,
    "parcel_id" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "reason" TEXT,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "label_prints_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "label_prints_parcel_id_idx" ON "label_prints"("parcel_id");

-- What was printed before this record began.
INSERT INTO "label_prints" ("parcel_id", "format", "actor", "role", "at")
SELECT p."id", 'unknown', 'waybill', 'system', COALESCE(p."printed_at", p."packed_at", now())
  FROM "parcels" p, generate_series(1, p."reprints" + (p."printed_at" IS NOT NULL)::int);
