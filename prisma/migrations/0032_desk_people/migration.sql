-- People of the office sign in as those of the floor do, by a password and at no shared device: one kind of session for both.
ALTER TABLE "staff" ALTER COLUMN "warehouse_id" DROP NOT NULL;
ALTER TABLE "staff" ADD COLUMN "password_hash" TEXT;
ALTER TABLE "staff" ADD COLUMN "language" TEXT;
ALTER TABLE "staff" ADD COLUMN "theme" TEXT;
ALTER TABLE "staff" DROP CONSTRAINT "staff_roles_check";
ALTER TABLE "staff" ADD CONSTRAINT "staff_roles_check" CHECK (cardinality("roles") > 0 AND "roles" <@ ARRAY[
    'picker', 'packer', 'receiver', 'warehouse_lead', 'support', 'finance', 'ops', 'analyst', 'admin']);
-- whoever works on the floor works somewhere
ALTER TABLE "staff" ADD CONSTRAINT "staff_floor_somewhere"
    CHECK ("warehouse_id" IS NOT NULL OR NOT "roles" && ARRAY['picker', 'packer', 'receiver', 'warehouse_lead']);

ALTER TABLE "floor_sessions" RENAME TO "sessions";
ALTER TABLE "sessions" RENAME CONSTRAINT "floor_sessions_pkey" TO "sessions_pkey";
ALTER INDEX "floor_sessions_one_live" RENAME TO "sessions_one_live";
ALTER INDEX "floor_sessions_staff_id_idx" RENAME TO "sessions_staff_id_idx";
ALTER TABLE "sessions" ALTER COLUMN "device" DROP NOT NULL;

ALTER TABLE "floor_devices" RENAME TO "sign_in_tries";
ALTER TABLE "sign_in_tries" RENAME CONSTRAINT "floor_devices_pkey" TO "sign_in_tries_pkey";
ALTER TABLE "sign_in_tries" RENAME COLUMN "client_id" TO "subject";
ALTER TABLE "sign_in_tries" ADD COLUMN "tried_at" TIMESTAMPTZ(3);
CREATE INDEX "sign_in_tries_tried_at_idx" ON "sign_in_tries"("tried_at");
