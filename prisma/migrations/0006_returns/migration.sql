-- What customers send back, and parcels that come back undelivered.
CREATE TABLE "returns" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "resolution" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "parcel_id" TEXT,
    "warehouse_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "expected_amount" BIGINT NOT NULL,
    "refund_amount" BIGINT,
    "refund_at" TIMESTAMPTZ(3),
    "reasons" JSONB NOT NULL,
    "requested_by" TEXT NOT NULL,
    "decided_by" TEXT,
    "note" TEXT,
    "shipment_ref" TEXT,
    "label_state" TEXT NOT NULL,
    "carrier" TEXT,
    "service" TEXT,
    "tracking_number" TEXT,
    "tracker_ref" TEXT,
    "label_url" TEXT,
    "cost_amount" BIGINT,
    "cost_currency" TEXT,
    "tracking_status" TEXT NOT NULL DEFAULT 'unknown',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "send_by" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3),
    "inspected_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "returns_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "return_lines" (
    "return_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "value_line_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "paid_back" INTEGER NOT NULL DEFAULT 0,
    "refund_amount" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "return_lines_pkey" PRIMARY KEY ("return_id","line_id")
);

CREATE TABLE "return_findings" (
    "return_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "disposition" TEXT NOT NULL,
    "bin" TEXT,

    CONSTRAINT "return_findings_pkey" PRIMARY KEY ("return_id","line_id","grade")
);

CREATE UNIQUE INDEX "returns_request_id_key" ON "returns"("request_id");
CREATE UNIQUE INDEX "returns_parcel_id_key" ON "returns"("parcel_id");
CREATE UNIQUE INDEX "returns_shipment_ref_key" ON "returns"("shipment_ref");
CREATE UNIQUE INDEX "returns_tracking_number_key" ON "returns"("tracking_number");
CREATE INDEX "returns_order_id_idx" ON "returns"("order_id");
CREATE INDEX "returns_state_requested_at_idx" ON "returns"("state", "requested_at");
CREATE INDEX "return_lines_line_id_idx" ON "return_lines"("line_id");
CREATE INDEX "return_lines_value_line_id_idx" ON "return_lines"("value_line_id");

ALTER TABLE returns ADD CONSTRAINT returns_sane CHECK (
  kind IN ('customer', 'come_back') AND resolution IN ('refund', 'exchange') AND expected_amount >= 0
  AND (refund_amount IS NULL OR refund_amount >= 0)
  AND state IN ('requested', 'in_review', 'approved', 'label_ready', 'in_transit', 'received', 'inspected', 'closed', 'refused',
    'expired', 'cancelled'));
ALTER TABLE return_lines ADD CONSTRAINT return_lines_units CHECK (
  qty > 0 AND accepted >= 0 AND accepted <= qty AND paid_back >= 0 AND paid_back <= accepted AND refund_amount >= 0);
ALTER TABLE return_findings ADD CONSTRAINT return_findings_units CHECK (qty > 0);

-- Units that came back without ever having been delivered, and what is sent in exchange for others.
ALTER TABLE "order_lines" ADD COLUMN "came_back" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "order_lines" ADD COLUMN "return_id" TEXT;
ALTER TABLE "order_lines" ADD COLUMN "value_line_id" TEXT;
ALTER TABLE "sub_order_lines" ADD COLUMN "came_back" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "sub_orders" ADD COLUMN "return_id" TEXT;
ALTER TABLE "parcels" ADD COLUMN "came_back_at" TIMESTAMPTZ(3);

ALTER TABLE order_lines DROP CONSTRAINT order_lines_units;
ALTER TABLE order_lines ADD CONSTRAINT order_lines_units CHECK (
  qty > 0 AND unallocated >= 0 AND reserved >= 0 AND picked >= 0 AND in_transit >= 0 AND delivered >= 0 AND lost >= 0
  AND came_back >= 0 AND backordered >= 0 AND cancelled >= 0 AND returned >= 0 AND returned <= delivered
  AND unallocated + reserved + picked + in_transit + delivered + lost + came_back + backordered + cancelled = qty
);
ALTER TABLE sub_order_lines DROP CONSTRAINT sub_order_lines_units;
ALTER TABLE sub_order_lines ADD CONSTRAINT sub_order_lines_units CHECK (
  picked >= 0 AND shipped >= 0 AND delivered >= 0 AND lost >= 0 AND came_back >= 0 AND cancelled >= 0
  AND picked <= qty - cancelled AND shipped <= picked AND delivered + lost + came_back <= shipped AND amount >= 0
);
