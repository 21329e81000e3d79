-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "warehouse_id" TEXT,
    "key_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "client_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "response_status" INTEGER,
    "response_body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("client_id","key")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" TEXT NOT NULL,
    "external_ref" TEXT NOT NULL,
    "provider_ref" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_keys" (
    "customer_id" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_keys_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "personal_data" (
    "subject" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "iv" BYTEA NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "tag" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "personal_data_pkey" PRIMARY KEY ("subject","field")
);

-- CreateTable
CREATE TABLE "blind_index" (
    "token" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,

    CONSTRAINT "blind_index_pkey" PRIMARY KEY ("token","kind","order_id")
);

-- CreateTable
CREATE TABLE "products" (
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "price_amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "weight_g" INTEGER NOT NULL,
    "length_mm" INTEGER NOT NULL,
    "width_mm" INTEGER NOT NULL,
    "height_mm" INTEGER NOT NULL,
    "capacity_units" INTEGER NOT NULL,
    "barcode" TEXT NOT NULL,
    "backorderable" BOOLEAN NOT NULL,
    "category" TEXT,
    "hs_code" TEXT,
    "origin_country" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "products_pkey" PRIMARY KEY ("sku")
);

-- CreateTable
CREATE TABLE "warehouses" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" JSONB NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lng" DOUBLE PRECISION NOT NULL,
    "timezone" TEXT NOT NULL,
    "cut_off" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "warehouses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bins" (
    "warehouse_id" TEXT NOT NULL,
    "bin" TEXT NOT NULL,
    "aisle" TEXT NOT NULL,
    "rack" TEXT NOT NULL,
    "shelf" TEXT NOT NULL,
    "x_mm" INTEGER NOT NULL,
    "y_mm" INTEGER NOT NULL,

    CONSTRAINT "bins_pkey" PRIMARY KEY ("warehouse_id","bin")
);

-- CreateTable
CREATE TABLE "boxes" (
    "id" TEXT NOT NULL,
    "inner_mm" INTEGER[],
    "outer_mm" INTEGER[],
    "weight_g" INTEGER NOT NULL,
    "max_weight_g" INTEGER NOT NULL,
    "cost_amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "boxes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipping_rates" (
    "sla" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "price_amount" BIGINT NOT NULL,

    CONSTRAINT "shipping_rates_pkey" PRIMARY KEY ("sla","currency")
);

-- CreateTable
CREATE TABLE "tax_rates" (
    "country" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "rate_bp" INTEGER NOT NULL,
    "inclusive" BOOLEAN NOT NULL,

    CONSTRAINT "tax_rates_pkey" PRIMARY KEY ("country","region")
);

-- CreateTable
CREATE TABLE "policies" (
    "version" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "blocklist" (
    "hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blocklist_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "waiting_on" TEXT,
    "waiting_since" TIMESTAMPTZ(3),
    "waiting_deadline" TIMESTAMPTZ(3),
    "waiting_owner" TEXT,
    "currency" TEXT NOT NULL,
    "items_amount" BIGINT NOT NULL,
    "discount_amount" BIGINT NOT NULL,
    "shipping_amount" BIGINT NOT NULL,
    "tax_amount" BIGINT NOT NULL,
    "total_amount" BIGINT NOT NULL,
    "total_capacity" INTEGER NOT NULL,
    "delivery_sla" TEXT NOT NULL,
    "deadline" TIMESTAMPTZ(3),
    "allow_backorder" BOOLEAN NOT NULL,
    "ship_country" TEXT NOT NULL,
    "payment_method" TEXT NOT NULL,
    "device_hash" TEXT,
    "address_hash" TEXT NOT NULL,
    "card_fingerprint" TEXT,
    "fraud_score" DOUBLE PRECISION,
    "cancel_reason" TEXT,
    "tracking_token" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seq" INTEGER NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "unit_amount" BIGINT NOT NULL,
    "items_amount" BIGINT NOT NULL,
    "discount_amount" BIGINT NOT NULL,
    "tax_amount" BIGINT NOT NULL,
    "shipping_amount" BIGINT NOT NULL,
    "total_amount" BIGINT NOT NULL,
    "tax_rate_bp" INTEGER NOT NULL,
    "tax_inclusive" BOOLEAN NOT NULL,
    "weight_g" INTEGER NOT NULL,
    "length_mm" INTEGER NOT NULL,
    "width_mm" INTEGER NOT NULL,
    "height_mm" INTEGER NOT NULL,
    "capacity_units" INTEGER NOT NULL,
    "backorderable" BOOLEAN NOT NULL,
    "unallocated" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "picked" INTEGER NOT NULL DEFAULT 0,
    "in_transit" INTEGER NOT NULL DEFAULT 0,
    "delivered" INTEGER NOT NULL DEFAULT 0,
    "lost" INTEGER NOT NULL DEFAULT 0,
    "backordered" INTEGER NOT NULL DEFAULT 0,
    "cancelled" INTEGER NOT NULL DEFAULT 0,
    "returned" INTEGER NOT NULL DEFAULT 0,
    "ever_allocated" INTEGER NOT NULL DEFAULT 0,
    "ever_picked" INTEGER NOT NULL DEFAULT 0,
    "ever_shipped" INTEGER NOT NULL DEFAULT 0,
    "ever_delivered" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_runs" (
    "order_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_runs_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "order_audit" (
    "id" BIGSERIAL NOT NULL,
    "order_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "sub_order_id" TEXT,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fraud_assessments" (
    "order_id" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "verdict" TEXT NOT NULL,
    "parts" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fraud_assessments_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "reviews" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "reasons" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "note" TEXT,

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" TEXT NOT NULL,
    "order_id" TEXT,
    "kind" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "inputs" JSONB NOT NULL,
    "output" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payments" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT,
    "purpose" TEXT NOT NULL,
    "replaces" TEXT,
    "idempotency_key" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "captured_amount" BIGINT NOT NULL DEFAULT 0,
    "refunded_amount" BIGINT NOT NULL DEFAULT 0,
    "capture_before" TIMESTAMPTZ(3),
    "multicapture" BOOLEAN NOT NULL DEFAULT false,
    "saved_method" TEXT,
    "client_secret" TEXT,
    "decline_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "captures" (
    "id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "sub_order_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "captures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_calls" (
    "key" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "params_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "ref" TEXT,
    "attempts" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_calls_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "stock" (
    "warehouse_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "on_hand" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL,
    "in_transit" INTEGER NOT NULL,
    "safety_stock" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_pkey" PRIMARY KEY ("warehouse_id","sku")
);

-- CreateTable
CREATE TABLE "stock_bins" (
    "warehouse_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "bin" TEXT NOT NULL,
    "on_hand" INTEGER NOT NULL,
    "assigned" INTEGER NOT NULL,

    CONSTRAINT "stock_bins_pkey" PRIMARY KEY ("warehouse_id","sku","bin")
);

-- CreateTable
CREATE TABLE "stock_moves" (
    "id" BIGSERIAL NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "bin" TEXT,
    "kind" TEXT NOT NULL,
    "d_on_hand" INTEGER NOT NULL,
    "d_reserved" INTEGER NOT NULL,
    "d_in_transit" INTEGER NOT NULL,
    "order_id" TEXT,
    "line_id" TEXT,
    "cause" TEXT NOT NULL,
    "reference" TEXT,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_moves_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservations" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "sub_order_id" TEXT,
    "warehouse_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sub_orders" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "source_kind" TEXT,
    "source_id" TEXT,
    "stage" TEXT NOT NULL,
    "value_amount" BIGINT NOT NULL,
    "carrier" TEXT,
    "service" TEXT,
    "estimated_pickup" TIMESTAMPTZ(3),
    "estimated_delivery" TIMESTAMPTZ(3),
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sub_orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sub_order_lines" (
    "sub_order_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "picked" INTEGER NOT NULL DEFAULT 0,
    "shipped" INTEGER NOT NULL DEFAULT 0,
    "delivered" INTEGER NOT NULL DEFAULT 0,
    "lost" INTEGER NOT NULL DEFAULT 0,
    "cancelled" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sub_order_lines_pkey" PRIMARY KEY ("sub_order_id","line_id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "sub_order_id" TEXT NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "claimed_by" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_stops" (
    "id" TEXT NOT NULL,
    "task_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "bin" TEXT NOT NULL,
    "aisle" TEXT NOT NULL,
    "rack" TEXT NOT NULL,
    "shelf" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "barcode" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "picked" INTEGER NOT NULL DEFAULT 0,
    "short" INTEGER NOT NULL DEFAULT 0,
    "opened" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "task_stops_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scans" (
    "operation_id" TEXT NOT NULL,
    "order_id" TEXT,
    "task_id" TEXT,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "qty" INTEGER,
    "actor" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "answer" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scans_pkey" PRIMARY KEY ("operation_id")
);

-- CreateTable
CREATE TABLE "parcels" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "sub_order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "box_id" TEXT,
    "weight_g" INTEGER,
    "length_mm" INTEGER,
    "width_mm" INTEGER,
    "height_mm" INTEGER,
    "expected_g" INTEGER NOT NULL,
    "suggested_box" TEXT,
    "carrier" TEXT,
    "service" TEXT,
    "tracking_number" TEXT,
    "shipment_ref" TEXT,
    "tracker_ref" TEXT,
    "label_state" TEXT NOT NULL,
    "label_url" TEXT,
    "cost_amount" BIGINT,
    "cost_currency" TEXT,
    "reprints" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "status_at" TIMESTAMPTZ(3),
    "eta_from" TIMESTAMPTZ(3),
    "eta_to" TIMESTAMPTZ(3),
    "packed_at" TIMESTAMPTZ(3),
    "dispatched_at" TIMESTAMPTZ(3),
    "handed_over_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "parcels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parcel_items" (
    "parcel_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,

    CONSTRAINT "parcel_items_pkey" PRIMARY KEY ("parcel_id","line_id")
);

-- CreateTable
CREATE TABLE "parcel_events" (
    "parcel_id" TEXT NOT NULL,
    "event_key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "applied" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "parcel_events_pkey" PRIMARY KEY ("parcel_id","event_key")
);

-- CreateTable
CREATE TABLE "webhook_inbox" (
    "id" BIGSERIAL NOT NULL,
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "processed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_signals" (
    "id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,

    CONSTRAINT "workflow_signals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys"("key_hash");

-- CreateIndex
CREATE UNIQUE INDEX "customers_external_ref_key" ON "customers"("external_ref");

-- CreateIndex
CREATE INDEX "personal_data_customer_id_idx" ON "personal_data"("customer_id");

-- CreateIndex
CREATE INDEX "blind_index_order_id_idx" ON "blind_index"("order_id");

-- CreateIndex
CREATE INDEX "blind_index_customer_id_idx" ON "blind_index"("customer_id");

-- CreateIndex
CREATE INDEX "products_barcode_idx" ON "products"("barcode");

-- CreateIndex
CREATE INDEX "policies_name_idx" ON "policies"("name");

-- CreateIndex
CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");

-- CreateIndex
CREATE UNIQUE INDEX "orders_tracking_token_key" ON "orders"("tracking_token");

-- CreateIndex
CREATE INDEX "orders_status_placed_at_idx" ON "orders"("status", "placed_at");

-- CreateIndex
CREATE INDEX "orders_waiting_on_waiting_deadline_idx" ON "orders"("waiting_on", "waiting_deadline");

-- CreateIndex
CREATE INDEX "orders_customer_id_placed_at_idx" ON "orders"("customer_id", "placed_at");

-- CreateIndex
CREATE INDEX "orders_device_hash_placed_at_idx" ON "orders"("device_hash", "placed_at");

-- CreateIndex
CREATE INDEX "orders_card_fingerprint_placed_at_idx" ON "orders"("card_fingerprint", "placed_at");

-- CreateIndex
CREATE INDEX "orders_address_hash_placed_at_idx" ON "orders"("address_hash", "placed_at");

-- CreateIndex
CREATE UNIQUE INDEX "order_lines_order_id_position_key" ON "order_lines"("order_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "order_runs_workflow_id_key" ON "order_runs"("workflow_id");

-- CreateIndex
CREATE INDEX "order_audit_order_id_id_idx" ON "order_audit"("order_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "events_order_id_seq_key" ON "events"("order_id", "seq");

-- CreateIndex
CREATE INDEX "messages_order_id_idx" ON "messages"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_event_id_template_channel_key" ON "messages"("event_id", "template", "channel");

-- CreateIndex
CREATE UNIQUE INDEX "reviews_order_id_key" ON "reviews"("order_id");

-- CreateIndex
CREATE INDEX "reviews_state_deadline_idx" ON "reviews"("state", "deadline");

-- CreateIndex
CREATE INDEX "decisions_order_id_idx" ON "decisions"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "payments_provider_ref_key" ON "payments"("provider_ref");

-- CreateIndex
CREATE UNIQUE INDEX "payments_idempotency_key_key" ON "payments"("idempotency_key");

-- CreateIndex
CREATE INDEX "payments_order_id_idx" ON "payments"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "captures_sub_order_id_key" ON "captures"("sub_order_id");

-- CreateIndex
CREATE UNIQUE INDEX "captures_idempotency_key_key" ON "captures"("idempotency_key");

-- CreateIndex
CREATE INDEX "captures_order_id_idx" ON "captures"("order_id");

-- CreateIndex
CREATE INDEX "captures_payment_id_idx" ON "captures"("payment_id");

-- CreateIndex
CREATE INDEX "provider_calls_order_id_idx" ON "provider_calls"("order_id");

-- CreateIndex
CREATE INDEX "provider_calls_state_last_at_idx" ON "provider_calls"("state", "last_at");

-- CreateIndex
CREATE INDEX "stock_sku_idx" ON "stock"("sku");

-- CreateIndex
CREATE UNIQUE INDEX "stock_moves_cause_key" ON "stock_moves"("cause");

-- CreateIndex
CREATE INDEX "stock_moves_warehouse_id_sku_idx" ON "stock_moves"("warehouse_id", "sku");

-- CreateIndex
CREATE INDEX "stock_moves_order_id_idx" ON "stock_moves"("order_id");

-- CreateIndex
CREATE INDEX "reservations_order_id_idx" ON "reservations"("order_id");

-- CreateIndex
CREATE INDEX "reservations_warehouse_id_sku_idx" ON "reservations"("warehouse_id", "sku");

-- CreateIndex
CREATE INDEX "reservations_sub_order_id_idx" ON "reservations"("sub_order_id");

-- CreateIndex
CREATE INDEX "sub_orders_source_id_stage_idx" ON "sub_orders"("source_id", "stage");

-- CreateIndex
CREATE UNIQUE INDEX "sub_orders_order_id_position_key" ON "sub_orders"("order_id", "position");

-- CreateIndex
CREATE INDEX "sub_order_lines_line_id_idx" ON "sub_order_lines"("line_id");

-- CreateIndex
CREATE INDEX "tasks_warehouse_id_state_created_at_idx" ON "tasks"("warehouse_id", "state", "created_at");

-- CreateIndex
CREATE INDEX "tasks_sub_order_id_idx" ON "tasks"("sub_order_id");

-- CreateIndex
CREATE INDEX "task_stops_line_id_idx" ON "task_stops"("line_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_stops_task_id_position_key" ON "task_stops"("task_id", "position");

-- CreateIndex
CREATE INDEX "scans_task_id_idx" ON "scans"("task_id");

-- CreateIndex
CREATE INDEX "scans_order_id_idx" ON "scans"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "parcels_tracking_number_key" ON "parcels"("tracking_number");

-- CreateIndex
CREATE UNIQUE INDEX "parcels_shipment_ref_key" ON "parcels"("shipment_ref");

-- CreateIndex
CREATE INDEX "parcels_order_id_idx" ON "parcels"("order_id");

-- CreateIndex
CREATE INDEX "parcels_status_status_at_idx" ON "parcels"("status", "status_at");

-- CreateIndex
CREATE UNIQUE INDEX "parcels_sub_order_id_position_key" ON "parcels"("sub_order_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_inbox_provider_event_id_key" ON "webhook_inbox"("provider", "event_id");

-- Order numbers: unique for ever, gaps are fine.
CREATE SEQUENCE order_number_seq;

-- Stock can never be promised twice: every reservation is one conditional UPDATE under these checks.
ALTER TABLE stock ADD CONSTRAINT stock_sane CHECK (0 <= reserved AND reserved <= on_hand AND in_transit >= 0 AND safety_stock >= 0);
ALTER TABLE stock_bins ADD CONSTRAINT stock_bins_sane CHECK (0 <= assigned AND assigned <= on_hand);
ALTER TABLE reservations ADD CONSTRAINT reservations_sane CHECK (qty >= 0 AND state IN ('open', 'committed', 'released'));

-- Every unit of a line is in exactly one place.
ALTER TABLE order_lines ADD CONSTRAINT order_lines_units CHECK (
  qty > 0 AND unallocated >= 0 AND reserved >= 0 AND picked >= 0 AND in_transit >= 0 AND delivered >= 0 AND lost >= 0
  AND backordered >= 0 AND cancelled >= 0 AND returned >= 0 AND returned <= delivered
  AND unallocated + reserved + picked + in_transit + delivered + lost + backordered + cancelled = qty
);
ALTER TABLE sub_order_lines ADD CONSTRAINT sub_order_lines_units CHECK (
  picked >= 0 AND shipped >= 0 AND delivered >= 0 AND lost >= 0 AND cancelled >= 0
  AND picked <= qty - cancelled AND shipped <= picked AND delivered + lost <= shipped AND amount >= 0
);
ALTER TABLE task_stops ADD CONSTRAINT task_stops_units CHECK (qty >= 0 AND picked >= 0 AND short >= 0 AND picked + short <= qty);

ALTER TABLE orders ADD CONSTRAINT orders_status CHECK (status IN (
  'pending', 'payment_processing', 'paid', 'awaiting_fulfillment', 'partially_fulfilled', 'fulfilled', 'delivered',
  'cancelled', 'refunded'));
ALTER TABLE payments ADD CONSTRAINT payments_money CHECK (
  amount > 0 AND captured_amount >= 0 AND captured_amount <= amount AND refunded_amount >= 0 AND refunded_amount <= captured_amount);
ALTER TABLE captures ADD CONSTRAINT captures_money CHECK (amount > 0);

-- Work queues: only what is still to be done is indexed.
CREATE INDEX events_unpublished ON events (order_id, seq) WHERE published_at IS NULL;
CREATE INDEX webhook_inbox_open ON webhook_inbox (id) WHERE processed_at IS NULL;
CREATE INDEX workflow_signals_open ON workflow_signals (created_at) WHERE sent_at IS NULL;
CREATE INDEX orders_open ON orders (placed_at) WHERE status NOT IN ('delivered', 'cancelled', 'refunded');
CREATE INDEX parcels_on_the_road ON parcels (status_at) WHERE handed_over_at IS NOT NULL AND ended_at IS NULL;

-- History is only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'P0001';
END $$;
CREATE TRIGGER order_audit_append_only BEFORE UPDATE OR DELETE ON order_audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stock_moves_append_only BEFORE UPDATE OR DELETE ON stock_moves FOR EACH ROW EXECUTE FUNCTION refuse_change();
