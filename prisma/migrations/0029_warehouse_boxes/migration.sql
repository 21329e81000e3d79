-- Which boxes a warehouse has, how many, and what they cost there; one that lists none has all of the catalogue.
CREATE TABLE "warehouse_boxes" (
    "warehouse_id" TEXT NOT NULL,
    "box_id" TEXT NOT NULL,
    "on_hand" INTEGER,
    "cost_amount" BIGINT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "warehouse_boxes_pkey" PRIMARY KEY ("warehouse_id", "box_id"),
    CONSTRAINT "warehouse_boxes_not_negative" CHECK ("on_hand" >= 0 AND "cost_amount" >= 0)
);
