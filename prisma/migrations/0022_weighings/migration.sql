-- What accepted parcels weighed, product by product, and weights that a second person let pass.
CREATE TABLE "weighings" (
    "parcel_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,
    "weight_g" INTEGER NOT NULL,
    "residual_mg" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "weighings_pkey" PRIMARY KEY ("parcel_id", "sku"),
    CONSTRAINT "weighings_qty_check" CHECK ("qty" > 0)
);

CREATE INDEX "weighings_sku_weight_g_at_idx" ON "weighings"("sku", "weight_g", "at");

CREATE TABLE "weight_approvals" (
    "parcel_id" TEXT NOT NULL,
    "weight_g" INTEGER NOT NULL,
    "scan_operation_id" TEXT NOT NULL,
    "refused_actor" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "weight_approvals_pkey" PRIMARY KEY ("parcel_id", "weight_g"),
    CONSTRAINT "weight_approvals_second_person" CHECK ("actor" <> "refused_actor")
);
