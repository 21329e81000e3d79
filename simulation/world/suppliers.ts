import type {Client} from '../client.ts';
import {send} from '../http.ts';
import {DAY, HOUR} from './plan.ts';
import type {Layout, SupplierPlan} from './plan.ts';

const CURRENCY = 'USD';
/** Real milliseconds that a supplier's ways may take at the most, however slow the clock. */
const PATIENT_MS = 5_000;

/** What the invented shop does not keep itself, by who sends it: `first` is asked first, and `good` when it fails. */
export interface DropShipped {
  /** sent by a supplier that does all it says, and by one that says more than it is asked */
  good: string[];
  partial: string;
  silent: string;
  refused: string;
}

/** Suppliers and products of the invented shop's drop-shipments. The dearest offer of each is of the one that keeps its word. */
export function addSuppliers(layout: Layout, skus: DropShipped): void {
  const everything = [...skus.good, skus.partial, skus.silent, skus.refused];
  const offers = (list: readonly string[], amount: number) => list.map((sku) => ({sku, amount}));
  layout.suppliers = [
    supplier('SIM-SUP-GOOD', 'good', offers(everything, 900)),
    supplier('SIM-SUP-KEEN', 'over', offers(skus.good.slice(1), 500)),
    supplier('SIM-SUP-PART', 'partial', offers([skus.partial], 500)),
    supplier('SIM-SUP-MUTE', 'silent', offers([skus.silent], 500)),
    supplier('SIM-SUP-DENY', 'refusing', offers([skus.refused], 500)),
  ];
}

function supplier(id: string, character: SupplierPlan['character'], offers: SupplierPlan['offers']): SupplierPlan {
  return {id, character, offers, answer_within: character === 'silent' ? 2 * DAY : 30 * DAY};
}

/** Tells the service who the suppliers are and what they offer, and the suppliers who they are to play. */
export async function engageSuppliers(
  client: Client,
  layout: Layout,
  {control, api, speed}: {control: string | null | undefined; api: string; speed: number},
): Promise<void> {
  const suppliers = layout.suppliers ?? [];
  if (suppliers.length === 0) return;
  if (!control) throw new Error('this system has no emulated suppliers');
  for (const {id, character, offers, answer_within} of suppliers) {
    // who never answers need not be waited for any longer on a slow clock
    const longest = character === 'silent' ? PATIENT_MS * speed : answer_within;
    const seconds = Math.max(60, Math.round(Math.min(answer_within, longest) / 1_000));
    const made = await client.putSupplier(id, {
      name: `Supplier ${id}`,
      currency: CURRENCY,
      active: true,
      rating: 90,
      acknowledge_seconds: seconds,
      country: 'US',
      webhook_url: `${control}/hooks/${encodeURIComponent(id)}`,
    });
    for (const {sku, amount} of offers) {
      const cost = {amount, currency: CURRENCY};
      await client.putOffer(id, sku, {cost, lead_time_days: 20, available: null});
    }
    // shown with the first call only: a shop that is laid out again gets another
    const secret = made.signing_secret ?? (await client.renewSupplierSecret(id)).signing_secret;
    const {key} = await client.createSupplierKey(id);
    const capped = (ms: number) => Math.min(ms, PATIENT_MS * speed);
    const body = {
      id,
      secret,
      api,
      key,
      character,
      answer_after_ms: capped(2 * HOUR),
      ship_after_ms: capped(8 * HOUR),
      arrive_after_ms: capped(30 * HOUR),
    };
    const reply = await send({method: 'POST', url: `${control}/_control/suppliers`, body});
    if (reply.status !== 200) throw new Error(`the suppliers do not take ${id}: ${JSON.stringify(reply.body)}`);
  }
}
