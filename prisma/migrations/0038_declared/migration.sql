-- What customs were told about a parcel when its label was bought: its invoice says the same for ever.
ALTER TABLE "parcels" ADD COLUMN "declared" JSONB;
