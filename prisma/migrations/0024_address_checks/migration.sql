-- What the carriers' platform knows of an order's address, before a label is bought for it. The address itself is sealed elsewhere.
CREATE TABLE "address_checks" (
    "order_id" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "verdict" TEXT,
    "asked" INTEGER NOT NULL DEFAULT 0,
    "codes" TEXT[] NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "judged_at" TIMESTAMPTZ(3),

    CONSTRAINT "address_checks_pkey" PRIMARY KEY ("order_id", "address_hash")
);

ALTER TABLE "address_checks" ADD CONSTRAINT "address_checks_verdict" CHECK ("verdict" IN ('verified', 'corrected', 'unverifiable', 'unchecked', 'accepted'));
ALTER TABLE "address_checks" ADD CONSTRAINT "address_checks_judged" CHECK (("verdict" IS NULL) = ("judged_at" IS NULL));
