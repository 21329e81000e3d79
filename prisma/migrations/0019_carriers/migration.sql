-- Which carriers are asked for labels: a breaker for each, and the switch that people have.
CREATE TABLE "carrier_health" (
    "carrier" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "strain" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3),
    "probe_at" TIMESTAMPTZ(3),
    "probe_by" TEXT,
    "probes_failed" INTEGER NOT NULL DEFAULT 0,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "switch_reason" TEXT,
    "switch_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_health_pkey" PRIMARY KEY ("carrier")
);

ALTER TABLE "carrier_health" ADD CONSTRAINT "carrier_health_state" CHECK ("state" IN ('closed', 'open', 'half_open'));
ALTER TABLE "carrier_health" ADD CONSTRAINT "carrier_health_probe" CHECK (("state" = 'half_open') = ("probe_by" IS NOT NULL));
ALTER TABLE "carrier_health" ADD CONSTRAINT "carrier_health_open" CHECK ("state" = 'closed' OR ("opened_at" IS NOT NULL AND "probe_at" IS NOT NULL));
