-- Suppliers that send for us: what they offer, what they have promised, and the purchase orders they work off.
ALTER TABLE "api_keys" ADD COLUMN "supplier_id" TEXT;
ALTER TABLE "sub_orders" ADD COLUMN "waits_until" TIMESTAMPTZ(3);

CREATE TABLE "suppliers" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "rating" INTEGER NOT NULL,
    "acknowledge_ms" BIGINT NOT NULL,
    "country" TEXT NOT NULL,
    "lat" DOUBLE PRECISION,
    "lng" DOUBLE PRECISION,
    "webhook_url" TEXT,
    "email" TEXT,
    "secret_key" BYTEA NOT NULL,
    "secret_iv" BYTEA NOT NULL,
    "secret_text" BYTEA NOT NULL,
    "secret_tag" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppliers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "supplier_offers" (
    "supplier_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "cost_amount" BIGINT NOT NULL,
    "lead_time_days" DOUBLE PRECISION NOT NULL,
    "available" INTEGER,
    "promised" INTEGER NOT NULL DEFAULT 0,
    "min_qty" INTEGER NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supplier_offers_pkey" PRIMARY KEY ("supplier_id","sku")
);

CREATE TABLE "supplier_promises" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "sub_order_id" TEXT,
    "supplier_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "unit_cost" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supplier_promises_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "purchase_orders" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "sub_order_id" TEXT NOT NULL,
    "supplier_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "acknowledge_by" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "answer_hash" TEXT,
    "ship_by" TIMESTAMPTZ(3),
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "purchase_orders_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "purchase_order_lines" (
    "purchase_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "unit_cost" BIGINT NOT NULL,
    "told_cost" BIGINT,
    "acknowledged" INTEGER,
    "cancelled" INTEGER NOT NULL DEFAULT 0,
    "missing" INTEGER NOT NULL DEFAULT 0,
    "shipped" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "purchase_order_lines_pkey" PRIMARY KEY ("purchase_id","line_id")
);

CREATE TABLE "purchase_messages" (
    "id" TEXT NOT NULL,
    "purchase_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "purchase_messages_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "supplier_offers_sku_idx" ON "supplier_offers"("sku");
CREATE INDEX "supplier_promises_order_id_idx" ON "supplier_promises"("order_id");
CREATE INDEX "supplier_promises_supplier_id_sku_idx" ON "supplier_promises"("supplier_id", "sku");
CREATE INDEX "supplier_promises_sub_order_id_idx" ON "supplier_promises"("sub_order_id");
CREATE UNIQUE INDEX "purchase_orders_sub_order_id_key" ON "purchase_orders"("sub_order_id");
CREATE INDEX "purchase_orders_supplier_id_created_at_idx" ON "purchase_orders"("supplier_id", "created_at");
CREATE INDEX "purchase_orders_order_id_idx" ON "purchase_orders"("order_id");
CREATE INDEX "purchase_order_lines_line_id_idx" ON "purchase_order_lines"("line_id");
CREATE UNIQUE INDEX "purchase_messages_purchase_id_seq_key" ON "purchase_messages"("purchase_id", "seq");
CREATE INDEX "purchase_messages_state_created_at_idx" ON "purchase_messages"("state", "created_at");

ALTER TABLE suppliers ADD CONSTRAINT suppliers_sane CHECK (rating >= 0 AND rating <= 100 AND acknowledge_ms > 0);
ALTER TABLE supplier_offers ADD CONSTRAINT supplier_offers_sane CHECK (cost_amount >= 0 AND lead_time_days >= 0 AND promised >= 0 AND min_qty > 0);
ALTER TABLE supplier_promises ADD CONSTRAINT supplier_promises_sane CHECK (qty >= 0 AND state IN ('open', 'used', 'released'));
ALTER TABLE purchase_orders ADD CONSTRAINT purchase_orders_state CHECK (state IN (
  'open', 'price_changed', 'acknowledged', 'shipped', 'refused', 'given_up', 'cancelled'));
ALTER TABLE purchase_order_lines ADD CONSTRAINT purchase_order_lines_units CHECK (
  qty > 0 AND cancelled >= 0 AND missing >= 0 AND shipped >= 0 AND cancelled + missing + shipped <= qty);
