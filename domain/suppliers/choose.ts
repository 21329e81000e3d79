import type {PlannedUnits, PlanLine} from '../routing/types.ts';
import type {SupplierTerms} from './terms.ts';

/** What one supplier asks and gives for one product; amounts are minor units of the order's currency. */
export interface SupplierOffer {
  supplier_id: string;
  sku: string;
  unit_cost: number;
  /** days from the purchase order to the customer's door */
  lead_time_days: number;
  /** units it can still promise; null: as many as are wanted */
  available: number | null;
  /** fewer units of a line than this it does not send */
  min_qty: number;
  /** orders kept in full and in time, of 100 */
  rating: number;
}

export interface SuppliedUnits extends PlannedUnits {
  unit_cost: number;
}

/** What one supplier is to send, as one shipment. */
export interface SuppliedShipment {
  supplier_id: string;
  lines: SuppliedUnits[];
  /** of its slowest line */
  eta_days: number;
  /** the scores of its units added up, minor units */
  cost: number;
}

export interface SupplierScore {
  /** of one unit, minor units; the lowest wins */
  total: number;
  cost: number;
  lateness: number;
  risk: number;
}

interface Choice {
  supplied: SuppliedShipment[];
  /** units that no supplier sends */
  left: PlannedUnits[];
}

/**
 * What a unit of an offer costs us, all in all: its price, each day it comes after the promise, and the share of orders
 * that the supplier does not keep. `sla_days` null: no promise, never late.
 */
export function scoreOf(offer: SupplierOffer, sla_days: number | null, terms: SupplierTerms): SupplierScore {
  const late = sla_days === null ? offer.lead_time_days : Math.max(0, offer.lead_time_days - sla_days);
  const lateness = late * (sla_days === null ? terms.waiting_per_day : terms.lateness_per_day);
  const risk = ((100 - offer.rating) / 100) * terms.failure_cost;
  return {total: offer.unit_cost + lateness + risk, cost: offer.unit_cost, lateness, risk};
}

/**
 * Chooses, line by line, the best supplier for units that no warehouse has: the lowest score first, by id where two are
 * equal; what one cannot give goes to the next. Units of one offer that several lines want are given out in their order.
 */
export function chooseSuppliers(
  wanted: readonly PlannedUnits[],
  offers: readonly SupplierOffer[],
  sla_days: number | null,
  terms: SupplierTerms,
): Choice {
  const left = new Map(offers.map((offer) => [offer, offer.available ?? Number.POSITIVE_INFINITY]));
  const taken = new Map<string, SuppliedShipment>();
  const rest: PlannedUnits[] = [];
  for (const line of wanted) {
    let open = line.qty;
    for (const offer of ranked(offers, line.sku, sla_days, terms)) {
      const units = Math.min(open, left.get(offer) ?? 0);
      if (units < offer.min_qty || units === 0) continue;
      take(taken, offer, {...line, qty: units, unit_cost: offer.unit_cost}, scoreOf(offer, sla_days, terms).total);
      left.set(offer, (left.get(offer) ?? 0) - units);
      open -= units;
    }
    if (open > 0) rest.push({line_id: line.line_id, sku: line.sku, qty: open});
  }
  const supplied = [...taken.values()].sort((a, b) => (a.supplier_id < b.supplier_id ? -1 : 1));
  return {supplied, left: rest};
}

function ranked(
  offers: readonly SupplierOffer[],
  sku: string,
  sla_days: number | null,
  terms: SupplierTerms,
): SupplierOffer[] {
  return offers
    .filter((offer) => offer.sku === sku)
    .map((offer) => ({offer, score: scoreOf(offer, sla_days, terms).total}))
    .sort((a, b) => a.score - b.score || (a.offer.supplier_id < b.offer.supplier_id ? -1 : 1))
    .map(({offer}) => offer);
}

function take(taken: Map<string, SuppliedShipment>, offer: SupplierOffer, line: SuppliedUnits, score: number): void {
  const {supplier_id, lead_time_days} = offer;
  const own = taken.get(supplier_id) ?? {supplier_id, lines: [], eta_days: 0, cost: 0};
  own.lines.push(line);
  own.eta_days = Math.max(own.eta_days, lead_time_days);
  own.cost += score * line.qty;
  taken.set(supplier_id, own);
}

/** Which of the units left over may wait, and which are to be had nowhere. */
export function splitLeftOver(
  left: readonly PlannedUnits[],
  lines: readonly Pick<PlanLine, 'line_id' | 'backorderable'>[],
  allow_backorder: boolean,
): {backordered: PlannedUnits[]; missing: PlannedUnits[]} {
  const mayWait = new Set(lines.filter((line) => line.backorderable && allow_backorder).map((line) => line.line_id));
  return {
    backordered: left.filter((units) => mayWait.has(units.line_id)),
    missing: left.filter((units) => !mayWait.has(units.line_id)),
  };
}
