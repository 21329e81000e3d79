-- Orders that change their minds: what was asked of a placed order, and what came of it.
CREATE TABLE "order_changes" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "extra_amount" BIGINT NOT NULL DEFAULT 0,
    "outcome" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "order_changes_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "order_changes_request_id_key" ON "order_changes"("request_id");
CREATE INDEX "order_changes_order_id_idx" ON "order_changes"("order_id");
ALTER TABLE order_changes ADD CONSTRAINT order_changes_sane CHECK (
  kind IN ('quantity', 'add_lines', 'address', 'hold', 'release') AND state IN ('asked', 'begun', 'applied', 'refused')
  AND extra_amount >= 0 AND actor <> '' AND role <> '' AND reason <> ''
  AND (state IN ('applied', 'refused')) = (decided_at IS NOT NULL));

-- An order that somebody holds back: since when, until when at the latest, and why.
ALTER TABLE "orders" ADD COLUMN "held_since" TIMESTAMPTZ(3), ADD COLUMN "held_until" TIMESTAMPTZ(3), ADD COLUMN "held_reason" TEXT;
ALTER TABLE orders ADD CONSTRAINT orders_held CHECK (
  (held_since IS NULL) = (held_until IS NULL) AND (held_since IS NULL) = (held_reason IS NULL));
CREATE INDEX orders_held_until ON orders (held_until) WHERE held_until IS NOT NULL;

-- The money for a label that is not used: asked back, given back or refused by the carrier.
ALTER TABLE "parcels" ADD COLUMN "void_state" TEXT, ADD COLUMN "void_asked" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE parcels ADD CONSTRAINT parcels_void CHECK (
  void_state IS NULL OR (label_state = 'voided'
    AND void_state IN ('wanted', 'submitted', 'refunded', 'rejected', 'nothing_bought')));
