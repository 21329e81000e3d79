-- Stock that changes: what is due to waiting orders, bins to be counted, transfers, sites switched off.
ALTER TABLE "stock" ADD COLUMN "earmarked" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "stock_bins" ADD COLUMN "quarantined" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "warehouses" ADD COLUMN "switch_reason" TEXT;
ALTER TABLE "warehouses" ADD COLUMN "switch_until" TIMESTAMPTZ(3);

CREATE TABLE "backorder_moves" (
    "id" BIGINT NOT NULL,
    "sku" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "backorder_moves_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "transfers" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "from_warehouse" TEXT NOT NULL,
    "from_bin" TEXT NOT NULL,
    "to_warehouse" TEXT NOT NULL,
    "to_bin" TEXT,
    "arrived" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "arrived_at" TIMESTAMPTZ(3),

    CONSTRAINT "transfers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "count_tasks" (
    "id" TEXT NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "bin" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "counted" INTEGER,

    CONSTRAINT "count_tasks_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "backorder_moves_cause_key" ON "backorder_moves"("cause");
CREATE INDEX "backorder_moves_line_id_idx" ON "backorder_moves"("line_id");
CREATE UNIQUE INDEX "transfers_reference_key" ON "transfers"("reference");
CREATE INDEX "transfers_state_sku_idx" ON "transfers"("state", "sku");
CREATE INDEX "count_tasks_warehouse_id_state_created_at_idx" ON "count_tasks"("warehouse_id", "state", "created_at");

-- The queue of a product is found without reading every line that was ever sold.
CREATE INDEX order_lines_waiting ON order_lines (sku) WHERE backordered > 0;
CREATE INDEX stock_earmarked ON stock (sku) WHERE earmarked > 0;
CREATE UNIQUE INDEX count_tasks_one_open ON count_tasks (warehouse_id, sku, bin) WHERE state = 'open';

ALTER TABLE stock ADD CONSTRAINT stock_earmarked_sane CHECK (0 <= earmarked AND reserved + earmarked <= on_hand);
ALTER TABLE transfers ADD CONSTRAINT transfers_sane CHECK (qty > 0 AND 0 <= arrived AND arrived <= qty);

-- Units that waited before there were earmarks are in the ledger of waiting from here on.
INSERT INTO backorder_moves (id, sku, order_id, line_id, units, cause, at)
  SELECT nextval('stock_moves_id_seq'), sku, order_id, id, backordered, 'opening:' || id, now() FROM order_lines WHERE backordered > 0;

-- What may be promised to new orders, wherever it is asked.
CREATE VIEW stock_free AS
  SELECT s.warehouse_id, s.sku, s.on_hand - s.reserved - s.safety_stock - s.earmarked - coalesce((
    SELECT sum(b.on_hand - b.assigned)::int FROM stock_bins b
    WHERE b.warehouse_id = s.warehouse_id AND b.sku = s.sku AND b.quarantined), 0) AS available
  FROM stock s;

-- What became of the open work of a site that was switched off.
CREATE TABLE "site_moves" (
    "sub_order_id" TEXT NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "site_moves_pkey" PRIMARY KEY ("sub_order_id")
);

CREATE INDEX "site_moves_warehouse_id_idx" ON "site_moves"("warehouse_id");
CREATE INDEX stock_bins_quarantined ON stock_bins (warehouse_id, sku, bin) WHERE quarantined;
