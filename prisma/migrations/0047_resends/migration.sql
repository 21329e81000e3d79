-- A message that somebody sent again, to the same person or to an address they were told on the telephone (which is sealed
-- in personal_data). The mail itself is a message of its own, about this fact.
CREATE TABLE "message_resends" (
    "id" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "corrected" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_resends_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "message_resends_request_id_key" ON "message_resends"("request_id");
CREATE INDEX "message_resends_order_id_idx" ON "message_resends"("order_id");
