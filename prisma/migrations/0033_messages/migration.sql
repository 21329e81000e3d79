-- Messages are written down with the event they tell of, and sent when they are due. Rows of before are due at once.
ALTER TABLE "messages"
    ADD COLUMN "due_at" TIMESTAMPTZ(3),
    ADD COLUMN "attempted_at" TIMESTAMPTZ(3),
    ADD COLUMN "taken_until" TIMESTAMPTZ(3),
    ADD COLUMN "told_by" TEXT,
    ADD COLUMN "provider_ref" TEXT,
    ADD COLUMN "reason" TEXT;

CREATE INDEX "messages_open" ON "messages"("order_id") WHERE "state" IN ('waiting', 'sending');

-- What customers want to be told and how: rows are only added, the newest of a channel and kind counts.
CREATE TABLE "message_choices" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "wanted" BOOLEAN NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_choices_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "message_choices_customer_id_idx" ON "message_choices"("customer_id");

-- The unguessable end of the link under every mail.
CREATE TABLE "message_links" (
    "customer_id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_links_pkey" PRIMARY KEY ("customer_id")
);

CREATE UNIQUE INDEX "message_links_token_key" ON "message_links"("token");
