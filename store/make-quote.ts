import type {OrderPrice, TaxRule} from '../domain/pricing/price-order.ts';
import type {QuotedRequest} from '../domain/quoting/check-quote.ts';
import {type Offer, type Warning, warningsOf} from '../domain/quoting/warnings.ts';
import {QUOTES, type Sla} from '../domain/policy/policy.ts';
import {type AllocationPlan, isShort, planAllocation, withSuppliers} from '../domain/routing/plan.ts';
import {SUPPLIER_TERMS} from '../domain/suppliers/terms.ts';
import type {AcceptedLine} from './accept-order.ts';
import type {StoreContext, Tx} from './context.ts';
import type {quotes} from './generated/client.ts';
import {newId} from './ids.ts';
import {loadOffers} from './load-offers.ts';
import type {ShipTo} from './personal-data.ts';
import {StockLostError} from './place-units.ts';
import {loadSources} from './load-sources.ts';
import type {PolicyVersion} from './policies.ts';
import {leadTimeWindow, type PromisedWindow, promiseWindows} from './promise-windows.ts';
import {customerHash, doorHash} from './quote-hashes.ts';
import {holdUnits} from './quote-holds.ts';
import {toJson} from './record-change.ts';
import {transact} from './transact.ts';

/** The price that an order by this quote will have. */
export interface QuotedPrice {
  price: OrderPrice;
  tax: TaxRule;
  /** of each line */
  unit_amounts: number[];
  promos: {code: string; amount: number}[];
}

/** What was offered: the plan with lines named by their place, and a window for each of its shipments and suppliers. */
export interface QuotedPlan {
  allocation: AllocationPlan;
  windows: {pickup_at: number; from: number; to: number}[];
  warnings: Warning[];
}

export interface QuoteToMake {
  /** the same request makes one quote */
  request_id: string;
  client_id: string;
  /** of the client; null: for nobody in particular */
  customer_id: string | null;
  ship_to: ShipTo;
  asked: QuotedRequest & {allow_backorder: boolean};
  deadline: Date | null;
  lines: AcceptedLine[];
  quoted: QuotedPrice;
  currency: string;
  hold_stock: boolean;
  policy: PolicyVersion;
}

export type QuoteMade = {outcome: 'made'; quote: quotes} | {outcome: 'out_of_stock'; skus: string[]};

const ATTEMPTS = 5;

/** Plans as an order would be planned now, and, when asked to, reserves the units until the quote ends. */
export async function makeQuote(context: StoreContext, input: QuoteToMake): Promise<QuoteMade> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(context, (tx) => offer(context, tx, input));
    } catch (error) {
      if (!(error instanceof StockLostError)) throw error;
      if (attempt >= ATTEMPTS) return {outcome: 'out_of_stock', skus: [error.sku]};
    }
  }
}

async function offer(context: StoreContext, tx: Tx, input: QuoteToMake): Promise<QuoteMade> {
  const known = await tx.quotes.findUnique({where: {request_id: input.request_id}});
  if (known) return {outcome: 'made', quote: known};
  const allocation = await plan(context, tx, input);
  if (allocation.missing.length > 0)
    return {outcome: 'out_of_stock', skus: [...new Set(allocation.missing.map((unit) => unit.sku))]};
  const now = context.now();
  const windows = await windowsOf(tx, allocation, input, now.getTime());
  const {valid, hold} = input.policy.policy.quotes ?? QUOTES;
  const made: QuotedPlan = {
    allocation,
    windows: windows.map(({pickup_at, from, to}) => ({pickup_at, from, to})),
    warnings: warningsOf(offerOf(allocation, windows, input)),
  };
  const quote = await tx.quotes.create({
    data: {
      id: newId('quo', now),
      request_id: input.request_id,
      client_id: input.client_id,
      state: 'open',
      customer_hash: customerHash(context, input.customer_id),
      address_hash: doorHash(context, input.ship_to),
      holds_stock: input.hold_stock,
      currency: input.currency,
      asked: json(input.asked),
      price: json(input.quoted),
      plan: json(made),
      policy_version: input.policy.version,
      created_at: now,
      expires_at: new Date(now.getTime() + (input.hold_stock ? hold : valid)),
    },
  });
  if (input.hold_stock) await holdUnits(context, tx, quote.id, allocation);
  return {outcome: 'made', quote};
}

const json = (value: unknown) => JSON.parse(toJson(value));

async function plan(context: StoreContext, tx: Tx, input: QuoteToMake): Promise<AllocationPlan> {
  const {lines, asked, currency} = input;
  const {policy} = input.policy;
  const {country, lat, lng} = input.ship_to;
  const skus = [...new Set(lines.map(({product}) => product.sku))];
  const request = {
    lines: lines.map(({product, qty}, i) => ({
      ...{line_id: String(i), sku: product.sku, qty, weight_g: product.weight_g},
      ...{backorderable: product.backorderable, unit_amount: Number(product.price_amount)},
    })),
    sources: await loadSources(context, tx, skus),
    destination: {country, lat, lng},
    allow_backorder: asked.allow_backorder,
    sla_days: policy.shipping.sla_days[asked.delivery_sla as Sla],
    weights: policy.routing.weights,
    max_shipments: policy.routing.max_shipments,
  };
  const own = planAllocation(request);
  const offers = isShort(own) ? await loadOffers(context, tx, {id: '', currency}, skus) : [];
  return offers.length === 0 ? own : withSuppliers(own, request, offers, policy.suppliers ?? SUPPLIER_TERMS);
}

async function windowsOf(tx: Tx, {shipments, supplied = []}: AllocationPlan, input: QuoteToMake, now: number) {
  const ids = shipments.map(({warehouse_id}) => warehouse_id);
  const {policy} = input.policy;
  const sla = input.asked.delivery_sla as Sla;
  const windows = await promiseWindows(tx, ids, {ordered_at: now, now, sla, door: input.ship_to, policy});
  const own = ids.map((id) => windows.get(id) as PromisedWindow);
  return [...own, ...supplied.map(({eta_days}) => leadTimeWindow(now, eta_days))];
}

function offerOf(plan: AllocationPlan, windows: PromisedWindow[], input: QuoteToMake): Offer {
  const {shipments, supplied = [], backordered} = plan;
  const sources = [...shipments.map((s) => s.warehouse_id), ...supplied.map((s) => s.supplier_id)];
  return {
    shipments: sources.flatMap((from, i) => {
      const window = windows[i];
      return window ? [{...window, source: from, eta_to: window.to}] : [];
    }),
    backordered,
    delivery_sla: input.asked.delivery_sla,
    deadline: input.deadline?.getTime() ?? null,
  };
}
