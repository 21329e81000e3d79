-- A return that somebody must look at by a time: when it entered its state, and when it went to a person as overdue.
ALTER TABLE "returns" ADD COLUMN "state_since" TIMESTAMPTZ(3);
ALTER TABLE "returns" ADD COLUMN "overdue_at" TIMESTAMPTZ(3);
