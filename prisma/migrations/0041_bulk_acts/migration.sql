-- Acts on many orders: what was shown before they were confirmed, and what each order's own answer was.
ALTER TABLE "bulk_jobs" DROP CONSTRAINT "bulk_jobs_state";
ALTER TABLE "bulk_jobs" DROP CONSTRAINT "bulk_jobs_end";
DROP INDEX "bulk_jobs_undoes_key";
DROP INDEX "bulk_jobs_running_idx";

ALTER TABLE "bulk_jobs"
    ADD COLUMN "orders" INTEGER NOT NULL,
    ADD COLUMN "possible" INTEGER,
    ADD COLUMN "effect" JSONB,
    ADD COLUMN "unpick" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "away_from" TEXT,
    ADD COLUMN "shown_at" TIMESTAMPTZ(3),
    ADD COLUMN "expires_at" TIMESTAMPTZ(3),
    ADD COLUMN "confirmed_at" TIMESTAMPTZ(3),
    ADD COLUMN "confirmed_by" TEXT,
    ADD COLUMN "confirmed_role" TEXT,
    ADD CONSTRAINT "bulk_jobs_state" CHECK ("state" IN ('previewing', 'ready', 'running', 'done', 'stopped', 'dropped')),
    ADD CONSTRAINT "bulk_jobs_end" CHECK (("state" IN ('previewing', 'ready', 'running')) = ("ended_at" IS NULL)),
    ADD CONSTRAINT "bulk_jobs_confirmed" CHECK (("confirmed_at" IS NULL) = ("confirmed_by" IS NULL)
        AND ("confirmed_at" IS NULL) = ("confirmed_role" IS NULL)
        AND ("state" NOT IN ('running', 'done', 'stopped') OR "confirmed_at" IS NOT NULL)),
    ADD CONSTRAINT "bulk_jobs_away" CHECK (("kind" = 'reallocate') = ("away_from" IS NOT NULL));
CREATE INDEX "bulk_jobs_undoes_idx" ON "bulk_jobs"("undoes");

ALTER TABLE "bulk_items" DROP COLUMN "parts";
ALTER TABLE "bulk_items"
    ADD COLUMN "version" INTEGER,
    ADD COLUMN "effect" JSONB,
    ADD COLUMN "asked_at" TIMESTAMPTZ(3),
    ADD CONSTRAINT "bulk_items_refused" CHECK ("state" <> 'refused' OR "code" IS NOT NULL),
    ADD CONSTRAINT "bulk_items_asked" CHECK ("state" <> 'done' OR "asked_at" IS NOT NULL),
    ADD CONSTRAINT "bulk_items_skipped" CHECK ("state" <> 'skipped' OR "asked_at" IS NULL);
