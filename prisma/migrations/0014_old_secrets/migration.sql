-- Signing secrets of suppliers before the last rotation: they sign as well until they are ended.
CREATE TABLE "supplier_old_secrets" (
    "id" TEXT NOT NULL,
    "supplier_id" TEXT NOT NULL,
    "secret_key" BYTEA NOT NULL,
    "secret_iv" BYTEA NOT NULL,
    "secret_text" BYTEA NOT NULL,
    "secret_tag" BYTEA NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supplier_old_secrets_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "supplier_old_secrets_supplier_id_idx" ON "supplier_old_secrets"("supplier_id");
