import type {SuppliedShipment} from '../suppliers/choose.ts';

/** All money in minor units of the merchant's currency; fractions are kept, the edge that shows them rounds. */
export interface RoutingWeights {
  /** Per shipment. */
  shipping_base: number;
  shipping_per_kg_100km: number;
  /** Per shipment that leaves its country. */
  cross_border: number;
  /** Per shipment beyond the first. */
  split: number;
  /** Per day (or part) a shipment arrives after the promise. */
  lateness_per_day: number;
  /** Per open task at the warehouse, once per shipment. */
  queue: number;
  /** Per hour that the warehouse needs for its open tasks at the pace of the last one, once per shipment; none where left out. */
  queue_hour?: number;
  /** Times the warehouse's priority, once per shipment: priority is a rank, 1 before 2. */
  priority: number;
  carbon_per_kg_100km: number;
  speed_km_per_day: number;
  /** Days between order and hand-over. */
  handling_days: number;
}

export interface PlanLine {
  line_id: string;
  sku: string;
  qty: number;
  /** Per unit. */
  weight_g: number;
  backorderable: boolean;
  /** Minor units per unit; carried for explanations, no part of the cost. */
  unit_amount: number;
}

export interface PlanSource {
  warehouse_id: string;
  country: string;
  lat: number;
  lng: number;
  priority: number;
  /** Open tasks. */
  queue: number;
  /** Tasks done in the last hour; older requests do not know it. */
  per_hour?: number;
  /** Units by SKU that may be promised. */
  available: Record<string, number>;
}

export interface PlanRequest {
  lines: PlanLine[];
  sources: PlanSource[];
  destination: {country: string; lat: number; lng: number};
  allow_backorder: boolean;
  /** Days until the promise ends, fractions allowed; null = standard, never late. */
  sla_days: number | null;
  weights: RoutingWeights;
  max_shipments: number;
}

export interface PlannedUnits {
  line_id: string;
  sku: string;
  qty: number;
}

export interface ShipmentCost {
  shipping: number;
  lateness: number;
  queue: number;
  priority: number;
  carbon: number;
  total: number;
}

export interface PlannedShipment {
  warehouse_id: string;
  lines: PlannedUnits[];
  distance_km: number;
  eta_days: number;
  cost: ShipmentCost;
}

export interface AllocationPlan {
  /** The one with most units first, then by id. */
  shipments: PlannedShipment[];
  /** What suppliers send of the units that no warehouse has; absent where nothing was left for them. */
  supplied?: SuppliedShipment[];
  backordered: PlannedUnits[];
  /** Neither in stock nor to be backordered. */
  missing: PlannedUnits[];
  /** Cost of the plan: the sum of its parts. */
  score: number;
  parts: {name: string; value: number}[];
  /** Sets of places that were compared. */
  considered: number;
}
