-- A payer who is waited for: methods given after a decline, holds that a shop took by itself, reviews that escalate.
CREATE TABLE "payment_offers" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "given_by" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_offers_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "payment_offers_order_id_idx" ON "payment_offers"("order_id");

CREATE TABLE "shop_holds" (
    "intent" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "shop_holds_pkey" PRIMARY KEY ("intent")
);

CREATE UNIQUE INDEX "shop_holds_order_id_key" ON "shop_holds"("order_id");
CREATE INDEX "shop_holds_state_created_at_idx" ON "shop_holds"("state", "created_at");
ALTER TABLE shop_holds ADD CONSTRAINT shop_holds_state CHECK (state IN ('awaited', 'held', 'refused', 'let_go')
  AND (state = 'awaited') = (settled_at IS NULL));

ALTER TABLE "reviews" ADD COLUMN "escalated_at" TIMESTAMPTZ(3);
CREATE INDEX "payments_state_updated_at_idx" ON "payments"("state", "updated_at");
