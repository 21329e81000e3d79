-- Finding an order by what a caller says of it: keyed forms of names and places, and numbers from their end.
CREATE TABLE "search_forms" (
    "order_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "tokens" BIGINT[],

    CONSTRAINT "search_forms_pkey" PRIMARY KEY ("order_id")
);

CREATE INDEX "search_forms_customer_id_idx" ON "search_forms"("customer_id");

CREATE INDEX "search_forms_tokens_idx" ON "search_forms" USING GIN ("tokens");

CREATE INDEX "orders_number_from_end" ON "orders" (reverse(replace("number", '-', '')) text_pattern_ops);

CREATE INDEX "parcels_tracking_from_end" ON "parcels" (reverse(upper("tracking_number")) text_pattern_ops);

-- Who of the office looked at whose order, and by what it was found: never the words themselves.
CREATE TABLE "desk_reads" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "asked_hash" TEXT,
    "kinds" TEXT[],
    "order_ids" TEXT[],
    "request_id" TEXT NOT NULL,

    CONSTRAINT "desk_reads_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "desk_reads_at_idx" ON "desk_reads"("at");

CREATE INDEX "desk_reads_actor_at_idx" ON "desk_reads"("actor", "at");

CREATE INDEX "desk_reads_order_ids_idx" ON "desk_reads" USING GIN ("order_ids");

-- Who changed an order on what they saw of it: one for each version, so that two people cannot change the same one.
CREATE TABLE "order_edits" (
    "order_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "request_id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_edits_pkey" PRIMARY KEY ("order_id", "version")
);
