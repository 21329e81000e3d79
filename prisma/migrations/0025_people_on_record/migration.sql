-- People who were hired before it was kept who changes them: how they stand now is where their record begins.
INSERT INTO "decisions" ("id", "order_id", "kind", "policy_version", "inputs", "output", "at")
SELECT 'dec_staff_' || s."id", NULL, 'put_staff', 0, jsonb_build_object('staff_id', s."id", 'by', 'waybill'),
    jsonb_build_object('warehouse_id', s."warehouse_id", 'roles', to_jsonb(s."roles"), 'active', s."active"), s."updated_at"
  FROM "staff" s;
INSERT INTO "decisions" ("id", "order_id", "kind", "policy_version", "inputs", "output", "at")
SELECT 'dec_staff_secrets_' || s."id", NULL, 'give_credentials', 0, jsonb_build_object('staff_id', s."id", 'by', 'waybill'),
    jsonb_build_object('badge', s."badge_hash" IS NOT NULL, 'pin', s."pin_hash" IS NOT NULL), s."updated_at"
  FROM "staff" s WHERE s."badge_hash" IS NOT NULL OR s."pin_hash" IS NOT NULL;

-- Whoever is not active any more is signed in nowhere.
UPDATE "floor_sessions" f SET "ended_at" = f."seen_at" FROM "staff" s
 WHERE s."id" = f."staff_id" AND NOT s."active" AND f."ended_at" IS NULL;
