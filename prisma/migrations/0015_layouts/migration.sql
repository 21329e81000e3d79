-- Floors of warehouses: aisles, cross aisles, depot, as domain/picking/layout.ts has them.
CREATE TABLE "layouts" (
    "warehouse_id" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "layouts_pkey" PRIMARY KEY ("warehouse_id")
);
