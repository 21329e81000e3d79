-- End-of-day manifests: one form for what a carrier takes from a warehouse. A parcel is on one at most.
CREATE TABLE "manifests" (
    "id" TEXT NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "platform_ref" TEXT,
    "form_url" TEXT,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "made_at" TIMESTAMPTZ(3),

    CONSTRAINT "manifests_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "manifests_state" CHECK ("state" IN ('open', 'asked', 'made', 'failed')),
    CONSTRAINT "manifests_made" CHECK (("state" = 'made') = ("made_at" IS NOT NULL) AND ("state" = 'made') = ("platform_ref" IS NOT NULL)),
    CONSTRAINT "manifests_failed" CHECK (("state" = 'failed') = ("failure" IS NOT NULL))
);

CREATE UNIQUE INDEX "manifests_request_id_key" ON "manifests"("request_id");
CREATE INDEX "manifests_warehouse_id_created_at_idx" ON "manifests"("warehouse_id", "created_at");
CREATE INDEX "manifests_state_due_at_idx" ON "manifests"("state", "due_at");

CREATE TABLE "manifest_parcels" (
    "parcel_id" TEXT NOT NULL,
    "manifest_id" TEXT NOT NULL,

    CONSTRAINT "manifest_parcels_pkey" PRIMARY KEY ("parcel_id")
);

CREATE INDEX "manifest_parcels_manifest_id_idx" ON "manifest_parcels"("manifest_id");
