-- People of the floor, the devices they share, and who is signed in on which.
CREATE TABLE "staff" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "warehouse_id" TEXT NOT NULL,
    "roles" TEXT[],
    "badge_hash" TEXT,
    "pin_hash" TEXT,
    "pin_failures" INTEGER NOT NULL DEFAULT 0,
    "active" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "staff_roles_check" CHECK (cardinality("roles") > 0 AND
        "roles" <@ ARRAY['picker', 'packer', 'receiver', 'warehouse_lead']::TEXT[])
);

CREATE INDEX "staff_warehouse_id_idx" ON "staff"("warehouse_id");

CREATE TABLE "floor_devices" (
    "client_id" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "floor_devices_pkey" PRIMARY KEY ("client_id")
);

CREATE TABLE "floor_sessions" (
    "token_hash" TEXT NOT NULL,
    "staff_id" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "floor_sessions_pkey" PRIMARY KEY ("token_hash")
);

-- one person at a time on a device
CREATE UNIQUE INDEX "floor_sessions_one_live" ON "floor_sessions"("device") WHERE "ended_at" IS NULL;
CREATE INDEX "floor_sessions_staff_id_idx" ON "floor_sessions"("staff_id");
