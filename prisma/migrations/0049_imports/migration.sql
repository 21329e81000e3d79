-- Files of what is set up: what would come of one, who made it come true, and what was refused.
CREATE TABLE "imports" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "text" TEXT,
    "state" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "report" JSONB NOT NULL,
    "refused" TEXT,
    "lines" INTEGER NOT NULL,
    "written" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_by" TEXT,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "imports_state" CHECK ("state" IN ('judged', 'done'))
);

CREATE INDEX "imports_created_at" ON "imports"("created_at");
