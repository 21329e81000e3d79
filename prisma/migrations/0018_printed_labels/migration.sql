-- When a parcel's label was first printed: every print after that is a reprint.
ALTER TABLE "parcels" ADD COLUMN "printed_at" TIMESTAMPTZ(3);
