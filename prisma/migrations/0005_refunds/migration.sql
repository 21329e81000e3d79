-- Money given back, money that a bank took back, and what that says about the order.
CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "capture_id" TEXT NOT NULL,
    "sub_order_id" TEXT,
    "kind" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "idempotency_key" TEXT NOT NULL,
    "provider_ref" TEXT,
    "failure_code" TEXT,
    "credit_note" TEXT,
    "reason" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_role" TEXT NOT NULL,
    "decided_by" TEXT,
    "decided_role" TEXT,
    "note" TEXT,
    "request_id" TEXT NOT NULL,
    "subject_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "refunds_idempotency_key_key" ON "refunds"("idempotency_key");
CREATE UNIQUE INDEX "refunds_provider_ref_key" ON "refunds"("provider_ref");
CREATE UNIQUE INDEX "refunds_credit_note_key" ON "refunds"("credit_note");
CREATE UNIQUE INDEX "refunds_request_id_kind_capture_id_key" ON "refunds"("request_id", "kind", "capture_id");
CREATE INDEX "refunds_order_id_idx" ON "refunds"("order_id");
CREATE INDEX "refunds_capture_id_idx" ON "refunds"("capture_id");
CREATE INDEX "refunds_state_created_at_idx" ON "refunds"("state", "created_at");

ALTER TABLE refunds ADD CONSTRAINT refunds_sane CHECK (
  amount > 0 AND attempt > 0
  AND kind IN ('line', 'shipping', 'goodwill', 'return', 'dispute')
  AND state IN ('awaiting_approval', 'requested', 'asked', 'pending', 'succeeded', 'failed', 'rejected')
  AND (provider_ref IS NOT NULL OR state IN ('awaiting_approval', 'requested', 'asked', 'failed', 'rejected'))
  AND (state <> 'succeeded' OR credit_note IS NOT NULL));

-- Credit notes: numbered as they are written, gaps are fine.
CREATE SEQUENCE credit_note_seq;

CREATE TABLE "disputes" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "provider_ref" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,
    "due_by" TIMESTAMPTZ(3),
    "evidence" JSONB,
    "submitted_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "disputes_provider_ref_key" ON "disputes"("provider_ref");
CREATE INDEX "disputes_order_id_idx" ON "disputes"("order_id");
CREATE INDEX "disputes_payment_id_idx" ON "disputes"("payment_id");
CREATE INDEX "disputes_state_due_by_idx" ON "disputes"("state", "due_by");

ALTER TABLE disputes ADD CONSTRAINT disputes_sane CHECK (
  amount > 0 AND state IN ('open', 'submitted', 'won', 'lost')
  AND (closed_at IS NULL OR state IN ('won', 'lost')) AND (closed_at IS NOT NULL OR state IN ('open', 'submitted')));

-- What a bank took back for good.
ALTER TABLE "payments" ADD COLUMN "disputed_amount" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payments ADD CONSTRAINT payments_disputed CHECK (disputed_amount >= 0 AND disputed_amount <= captured_amount);

-- What became of orders that were judged: the fraud rules and their successors learn from it.
CREATE TABLE "fraud_labels" (
    "source" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fraud_labels_pkey" PRIMARY KEY ("source", "subject_id")
);

CREATE INDEX "fraud_labels_order_id_idx" ON "fraud_labels"("order_id");
