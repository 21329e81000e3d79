import {greatCircleKm} from './distance.ts';
import type {PlanLine, PlanRequest, PlanSource, RoutingWeights} from './types.ts';

/** What one place costs: a part per shipment and a part per kg. */
export interface Place {
  source: PlanSource;
  distance_km: number;
  eta_days: number;
  lateness: number;
  /** Minor units once per shipment. */
  fixed: number;
  /** Minor units per kg. */
  per_kg: number;
  /** Units by index into `Problem.skus`. */
  stock: number[];
}

/** All lines of one SKU share its stock; those that cannot wait are served first, then the heavy ones. */
export interface SkuDemand {
  sku: string;
  qty: number;
  /** Units of lines that may not wait. */
  strict: number;
  /** Weight of a unit; null when the lines disagree. */
  unit_kg: number | null;
  lines: PlanLine[];
}

export interface Problem {
  request: PlanRequest;
  skus: SkuDemand[];
  /** Places with at least one wanted unit, by id. */
  places: Place[];
}

export function problemOf(request: PlanRequest): Problem {
  const skus = demandBySku(request);
  const places = request.sources
    .map((source) => placeOf(source, request, skus))
    .filter((place) => place.stock.some((units) => units > 0))
    .sort((a, b) => compareText(a.source.warehouse_id, b.source.warehouse_id));
  return {request, skus, places};
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function demandBySku({lines, allow_backorder}: PlanRequest): SkuDemand[] {
  const bySku = new Map<string, PlanLine[]>();
  for (const line of lines) bySku.set(line.sku, [...(bySku.get(line.sku) ?? []), line]);
  const canWait = (line: PlanLine) => (allow_backorder && line.backorderable ? 1 : 0);
  return [...bySku].map(([sku, own]) => ({
    sku,
    qty: own.reduce((sum, line) => sum + line.qty, 0),
    strict: own.reduce((sum, line) => sum + (canWait(line) ? 0 : line.qty), 0),
    unit_kg: own.every((line) => line.weight_g === own[0]?.weight_g) ? (own[0]?.weight_g ?? 0) / 1000 : null,
    lines: own.sort((a, b) => canWait(a) - canWait(b) || b.weight_g - a.weight_g),
  }));
}

function placeOf(source: PlanSource, request: PlanRequest, skus: SkuDemand[]): Place {
  const {weights, destination, sla_days} = request;
  const distance_km = greatCircleKm(source, destination);
  const eta_days = weights.handling_days + distance_km / weights.speed_km_per_day;
  const late_days = sla_days === null ? 0 : Math.max(0, eta_days - sla_days);
  const lateness = weights.lateness_per_day * late_days;
  const border = source.country === destination.country ? 0 : weights.cross_border;
  return {
    source,
    distance_km,
    eta_days,
    lateness,
    fixed: weights.shipping_base + border + lateness + queueCost(weights, source) + weights.priority * source.priority,
    per_kg: ((weights.shipping_per_kg_100km + weights.carbon_per_kg_100km) * distance_km) / 100,
    stock: skus.map(({sku}) => (Object.hasOwn(source.available, sku) ? wholeUnits(source.available[sku]) : 0)),
  };
}

/** What it costs to stand in line there. A place where nothing was done in the last hour is taken to do one task an hour. */
export function queueCost({queue, queue_hour = 0}: RoutingWeights, place: PlanSource): number {
  return queue * place.queue + (queue_hour * place.queue) / Math.max(1, place.per_hour ?? 1);
}

function wholeUnits(units: number | undefined): number {
  return Math.max(0, Math.floor(units ?? 0));
}
