-- Mails of one order that wait to be told together: the first of them takes the others in, and there is one such at a time.
CREATE UNIQUE INDEX "messages_open_digest" ON "messages"("order_id", "template")
    WHERE "channel" = 'email' AND "state" = 'waiting' AND "told_by" IS NULL;
CREATE INDEX "messages_digests_due" ON "messages"("due_at")
    WHERE "channel" = 'email' AND "state" IN ('waiting', 'sending') AND "told_by" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "messages_told_by" ON "messages"("told_by") WHERE "told_by" IS NOT NULL;
