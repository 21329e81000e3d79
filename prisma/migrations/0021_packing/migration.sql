-- What packing must mind of a product, and where each unit lies in a planned parcel.
ALTER TABLE "products" ADD COLUMN "fragile" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "upright" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "hazmat" TEXT;

CREATE TABLE "parcel_packings" (
    "parcel_id" TEXT NOT NULL,
    "box_id" TEXT,
    "inner_mm" INTEGER[],
    "placements" JSONB NOT NULL,

    CONSTRAINT "parcel_packings_pkey" PRIMARY KEY ("parcel_id"),
    CONSTRAINT "parcel_packings_inner_check" CHECK (cardinality("inner_mm") = 3)
);
