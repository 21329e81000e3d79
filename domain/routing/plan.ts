import {chooseSuppliers, splitLeftOver, type SupplierOffer} from '../suppliers/choose.ts';
import type {SupplierTerms} from '../suppliers/terms.ts';
import {at, nearestFirst, serveSku} from './evaluate.ts';
import {compareText, problemOf, queueCost} from './problem.ts';
import type {Place, Problem} from './problem.ts';
import {bestCandidate} from './search.ts';
import type {AllocationPlan, PlannedShipment, PlannedUnits, PlanRequest, ShipmentCost} from './types.ts';

export type {
  AllocationPlan,
  PlanLine,
  PlannedShipment,
  PlannedUnits,
  PlanRequest,
  PlanSource,
  RoutingWeights,
  ShipmentCost,
} from './types.ts';

/**
 * Chooses the places an order leaves from: one if it can, several if that is cheaper by the weights or the only way.
 * Serves as many units as the places together hold (within `max_shipments`) before it looks at cost; for each line
 * shipments + backordered + missing = qty. Same request, same plan, whatever the order of the sources.
 */
export function planAllocation(request: PlanRequest): AllocationPlan {
  const problem = problemOf(request);
  const {best, considered} = bestCandidate(problem, request.max_shipments);
  const units = handOut(problem, best.places);
  const shipments = best.places
    .map((index) => shipmentOf(problem, at(problem.places, index), units.get(index) ?? new Map<string, number>()))
    .sort((a, b) => unitsOf(b) - unitsOf(a) || compareText(a.warehouse_id, b.warehouse_id));
  const parts = partsOf(shipments, request.weights.split);
  return {
    shipments,
    ...leftOver(request, shipments),
    score: parts.reduce((sum, part) => sum + part.value, 0),
    parts,
    considered,
  };
}

/** Is anything left that the warehouses do not have? */
export const isShort = (plan: AllocationPlan): boolean => plan.backordered.length + plan.missing.length > 0;

/** The same plan with the units that no warehouse has given to suppliers, as far as they go. */
export function withSuppliers(
  plan: AllocationPlan,
  request: PlanRequest,
  offers: readonly SupplierOffer[],
  terms: SupplierTerms,
): AllocationPlan {
  const wanted = request.lines.flatMap(({line_id, sku}) =>
    [...plan.missing, ...plan.backordered].filter((units) => units.line_id === line_id && units.sku === sku),
  );
  const {supplied, left} = chooseSuppliers(wanted, offers, request.sla_days, terms);
  if (supplied.length === 0) return plan;
  const value = supplied.reduce((sum, {cost}) => sum + cost, 0);
  return {
    ...plan,
    supplied,
    ...splitLeftOver(left, request.lines, request.allow_backorder),
    score: plan.score + value,
    parts: [...plan.parts, {name: 'suppliers', value}],
  };
}

/** Units by place and line id. */
function handOut(problem: Problem, places: readonly number[]): Map<number, Map<string, number>> {
  const taken = new Map<number, Map<string, number>>();
  const ordered = nearestFirst(problem, places);
  problem.skus.forEach((demand, sku) => {
    serveSku(problem, ordered, sku, (place, line, qty) => {
      const own = taken.get(place) ?? new Map<string, number>();
      const {line_id} = at(demand.lines, line);
      taken.set(place, own.set(line_id, (own.get(line_id) ?? 0) + qty));
    });
  });
  return taken;
}

function shipmentOf({request}: Problem, place: Place, units: ReadonlyMap<string, number>): PlannedShipment {
  const served = request.lines.filter((line) => units.has(line.line_id));
  const kg = served.reduce((sum, line) => sum + (line.weight_g * (units.get(line.line_id) ?? 0)) / 1000, 0);
  return {
    warehouse_id: place.source.warehouse_id,
    lines: served.map(({line_id, sku}) => ({line_id, sku, qty: units.get(line_id) ?? 0})),
    distance_km: place.distance_km,
    eta_days: place.eta_days,
    cost: costOf(request, place, kg),
  };
}

function costOf({weights, destination}: PlanRequest, place: Place, kg: number): ShipmentCost {
  const kg100km = (kg * place.distance_km) / 100;
  const border = place.source.country === destination.country ? 0 : weights.cross_border;
  const shipping = weights.shipping_base + border + weights.shipping_per_kg_100km * kg100km;
  const carbon = weights.carbon_per_kg_100km * kg100km;
  const queue = queueCost(weights, place.source);
  const priority = weights.priority * place.source.priority;
  const {lateness} = place;
  return {shipping, lateness, queue, priority, carbon, total: shipping + lateness + queue + priority + carbon};
}

function leftOver(
  request: PlanRequest,
  shipments: readonly PlannedShipment[],
): {backordered: PlannedUnits[]; missing: PlannedUnits[]} {
  const [backordered, missing]: [PlannedUnits[], PlannedUnits[]] = [[], []];
  for (const {line_id, sku, qty, backorderable} of request.lines) {
    const shipped = shipments.flatMap((s) => s.lines).reduce((sum, l) => sum + (l.line_id === line_id ? l.qty : 0), 0);
    if (shipped === qty) continue;
    (backorderable && request.allow_backorder ? backordered : missing).push({line_id, sku, qty: qty - shipped});
  }
  return {backordered, missing};
}

function partsOf(shipments: readonly PlannedShipment[], split: number): {name: string; value: number}[] {
  const names = ['shipping', 'lateness', 'queue', 'priority', 'carbon'] as const;
  const sums = names.map((name) => ({name, value: shipments.reduce((sum, {cost}) => sum + cost[name], 0)}));
  return [...sums, {name: 'split', value: split * Math.max(0, shipments.length - 1)}];
}

function unitsOf(shipment: PlannedShipment): number {
  return shipment.lines.reduce((sum, line) => sum + line.qty, 0);
}
