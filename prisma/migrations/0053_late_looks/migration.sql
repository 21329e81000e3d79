-- When to look whether a shipment is late without anybody having said so.
ALTER TABLE "promises" ADD COLUMN "look_at" TIMESTAMPTZ(3);
UPDATE "promises" SET "look_at" = "pickup_at" + INTERVAL '2 hours' WHERE "sub_order_id" IS NOT NULL AND "delivered_at" IS NULL;
CREATE INDEX "promises_look_at" ON "promises"("look_at") WHERE "look_at" IS NOT NULL;
