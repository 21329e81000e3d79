-- What a person took back out of a wave is not released by the rule at once.
ALTER TABLE "tasks" ADD COLUMN "taken_back_at" TIMESTAMPTZ(3);
