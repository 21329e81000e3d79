import {checkOrder, type IntakeFaults, type IntakeProduct} from '../domain/intake/check-order.ts';
import type {PromoCode} from '../domain/pricing/promo.ts';
import {greatCircleKm} from '../domain/routing/distance.ts';
import type {PolicyVersion} from '../store/policies.ts';
import {type CatalogueFacts, readCatalogueFacts} from '../store/views/intake-facts.ts';
import {readPromoFacts} from '../store/views/promo-facts.ts';
import {type ReadQuote, readQuoteFacts} from '../store/views/quote-facts.ts';
import type {ReadRequest} from './read-order.ts';
import type {Call} from './route.ts';

export interface Judged extends IntakeFaults {
  policy: PolicyVersion;
  catalogue: CatalogueFacts;
  promos: Map<string, PromoCode>;
  /** the client's quote that the request names, also when it cannot be used */
  quote: ReadQuote | null;
}

/** Everything that speaks against a request for an order or a quote, together with what was found wrong in reading it. */
export async function judgeOrder(call: Call, read: ReadRequest): Promise<Judged> {
  const {deps, caller} = call;
  const {faults, request, customer_id} = read;
  const [policy, catalogue, promos, quote] = await Promise.all([
    deps.policy(),
    readCatalogueFacts(
      deps.store,
      request.lines.map((line) => line.sku),
    ),
    readPromoFacts(deps.store, request.promo_codes, customer_id),
    readQuoteFacts(deps.store, {...request, client_id: caller.client_id, customer_id, ship_to: read.ship_to}),
  ]);
  const {address} = request;
  const found = checkOrder(request, {
    products: new Map([...catalogue.products].map(([sku, row]): [string, IntakeProduct] => [sku, productOf(row)])),
    available: catalogue.available,
    distances_km: address === null ? [] : catalogue.places.map((place) => greatCircleKm(place, address)),
    reach: policy.policy.routing.reach_km,
    promos,
    quote: quote?.facts ?? null,
    now: deps.store.now().getTime(),
  });
  const told = new Set(faults.map((fault) => fault.pointer));
  const fresh = found.faults.filter((fault) => !told.has(fault.pointer));
  const everything = faults.length > 0 ? [...fresh, ...found.shortages] : fresh;
  return {policy, catalogue, promos, quote, faults: everything, shortages: found.shortages};
}

const productOf = (row: {currency: string; backorderable: boolean; price_amount: bigint}): IntakeProduct => ({
  ...row,
  unit_amount: Number(row.price_amount),
});
