-- What the customer is given on paper: a receipt for each capture, a credit note for each refund, numbered without gaps.
CREATE TABLE "documents" (
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "serial" INTEGER NOT NULL,
    "order_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "sub_order_id" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "documents_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "documents_kind" CHECK ("kind" IN ('receipt', 'credit_note')),
    CONSTRAINT "documents_amount" CHECK ("amount" > 0)
);
CREATE UNIQUE INDEX "documents_kind_serial_key" ON "documents"("kind", "serial");
CREATE UNIQUE INDEX "documents_kind_subject_id_key" ON "documents"("kind", "subject_id");
CREATE INDEX "documents_order_id_idx" ON "documents"("order_id");

-- The last number of each kind, and the first since which there are no gaps.
CREATE TABLE "document_serials" (
    "kind" TEXT NOT NULL,
    "first" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "document_serials_pkey" PRIMARY KEY ("kind")
);

-- What was charged and given back before: credit notes keep their numbers, receipts get theirs in order of time.
INSERT INTO "documents" ("number", "kind", "serial", "order_id", "subject_id", "sub_order_id", "amount", "currency", "lines", "made_at")
SELECT 'RC-' || lpad(c."n"::text, 6, '0'), 'receipt', c."n", c."order_id", c."id", c."sub_order_id", c."amount", c."currency", '[]', c."updated_at"
  FROM (SELECT k.*, o."currency", row_number() OVER (ORDER BY k."updated_at", k."id")::int AS "n"
          FROM "captures" k JOIN "orders" o ON o."id" = k."order_id" WHERE k."state" = 'done' AND k."amount" > 0) c;
INSERT INTO "documents" ("number", "kind", "serial", "order_id", "subject_id", "sub_order_id", "amount", "currency", "lines", "made_at")
SELECT "credit_note", 'credit_note', substr("credit_note", 4)::int, "order_id", "id", "sub_order_id", "amount", "currency", "lines", "updated_at"
  FROM "refunds" WHERE "credit_note" IS NOT NULL;
INSERT INTO "document_serials" ("kind", "first", "last")
SELECT k."kind", CASE k."kind" WHEN 'receipt' THEN 1 ELSE COALESCE(max(d."serial"), 0) + 1 END, COALESCE(max(d."serial"), 0)
  FROM (VALUES ('receipt'), ('credit_note')) AS k("kind") LEFT JOIN "documents" d ON d."kind" = k."kind" GROUP BY k."kind";
DROP SEQUENCE "credit_note_seq";

-- Where a tracker saw a parcel, as far as it said so.
ALTER TABLE "parcel_events" ADD COLUMN "city" TEXT, ADD COLUMN "region" TEXT, ADD COLUMN "country" TEXT;
