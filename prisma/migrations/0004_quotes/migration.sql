-- Quotes with the stock they hold, promo codes with their uses, calendars of sites, promises on record.
ALTER TABLE "orders" ADD COLUMN "quote_id" TEXT;

CREATE TABLE "promo_codes" (
    "code" TEXT NOT NULL,
    "percent_bp" INTEGER,
    "amount" BIGINT,
    "currency" TEXT,
    "valid_from" TIMESTAMPTZ(3),
    "valid_until" TIMESTAMPTZ(3),
    "max_uses" INTEGER,
    "max_uses_per_customer" INTEGER,
    "minimum_spend" BIGINT NOT NULL,
    "combinable" BOOLEAN NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promo_codes_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "promo_uses" (
    "code" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "given_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "promo_uses_pkey" PRIMARY KEY ("code","order_id")
);

CREATE TABLE "warehouse_calendars" (
    "warehouse_id" TEXT NOT NULL,
    "open_weekdays" INTEGER[],
    "closed_dates" TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "warehouse_calendars_pkey" PRIMARY KEY ("warehouse_id")
);

CREATE TABLE "quotes" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "order_id" TEXT,
    "customer_hash" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "holds_stock" BOOLEAN NOT NULL,
    "currency" TEXT NOT NULL,
    "asked" JSONB NOT NULL,
    "price" JSONB NOT NULL,
    "plan" JSONB NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "quotes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "quote_holds" (
    "id" TEXT NOT NULL,
    "quote_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "quote_holds_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "promises" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "sub_order_id" TEXT,
    "quote_id" TEXT,
    "pickup_at" TIMESTAMPTZ(3),
    "window_from" TIMESTAMPTZ(3),
    "window_to" TIMESTAMPTZ(3),
    "basis" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "late_by_s" INTEGER,

    CONSTRAINT "promises_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "promo_uses_order_id_idx" ON "promo_uses"("order_id");
CREATE INDEX "promo_uses_code_customer_id_idx" ON "promo_uses"("code", "customer_id");
CREATE UNIQUE INDEX "quotes_request_id_key" ON "quotes"("request_id");
CREATE UNIQUE INDEX "quotes_order_id_key" ON "quotes"("order_id");
CREATE INDEX "quotes_state_expires_at_idx" ON "quotes"("state", "expires_at");
CREATE INDEX "quote_holds_quote_id_idx" ON "quote_holds"("quote_id");
CREATE INDEX "quote_holds_warehouse_id_sku_idx" ON "quote_holds"("warehouse_id", "sku");
CREATE INDEX "promises_order_id_idx" ON "promises"("order_id");

ALTER TABLE "promo_codes" ADD CONSTRAINT "promo_codes_kind_check" CHECK ((percent_bp IS NULL) <> (amount IS NULL));
ALTER TABLE "promo_codes" ADD CONSTRAINT "promo_codes_used_check" CHECK (used >= 0);
ALTER TABLE "promo_uses" ADD CONSTRAINT "promo_uses_state_check" CHECK (state IN ('used', 'given_back'));
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_state_check" CHECK (state IN ('open', 'redeemed', 'expired'));
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_order_check" CHECK ((state = 'redeemed') = (order_id IS NOT NULL));
ALTER TABLE "quote_holds" ADD CONSTRAINT "quote_holds_state_check" CHECK (state IN ('open', 'passed', 'released'));
ALTER TABLE "quote_holds" ADD CONSTRAINT "quote_holds_qty_check" CHECK (qty > 0);
