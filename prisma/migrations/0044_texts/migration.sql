-- Texts on phones: each has a link of its own, by which it is found again at the provider, and how often and when it was
-- asked for last. `delivery` is the provider's last word of it.
ALTER TABLE "messages"
    ADD COLUMN "link" TEXT,
    ADD COLUMN "asked_at" TIMESTAMPTZ(3),
    ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "segments" INTEGER,
    ADD COLUMN "delivery" TEXT;

CREATE UNIQUE INDEX "messages_link_key" ON "messages"("link");
CREATE INDEX "messages_texts_open" ON "messages"("due_at") WHERE "channel" = 'sms' AND "state" IN ('waiting', 'sending');

ALTER TABLE messages ADD CONSTRAINT messages_text_has_link CHECK (channel <> 'sms' OR state = 'dropped' OR link IS NOT NULL);
ALTER TABLE messages ADD CONSTRAINT messages_dropped_has_reason CHECK (state <> 'dropped' OR reason IS NOT NULL) NOT VALID;
