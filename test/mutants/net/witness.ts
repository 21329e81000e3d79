import type {Violation} from '../../../simulation/invariants/index.ts';
import {SHIPPING, TAX_BP} from '../../support/shop.ts';
import type {Net} from './net-world.ts';

/**
 * What only the callers can tell, and no database: what was answered.
 * The identifiers are those of docs/invariants.md.
 */
export async function witness(net: Net): Promise<Violation[]> {
  return [...answers(net), ...(await deliveredIsPaid(net))];
}

/** The part of it that needs no rest. */
export function answers(net: Net): Violation[] {
  return [...answersAgree(net), ...pricesAddUp(net)];
}

/** I1: all good answers to one key and body are equal. */
function answersAgree({journal}: Net): Violation[] {
  const placed = journal.filter((e) => e.path === '/v1/orders' && e.status < 300);
  const first = new Map<string, string>();
  const findings: Violation[] = [];
  for (const {key, body, answer} of placed) {
    const asked = `${key} ${JSON.stringify(body)}`;
    const said = JSON.stringify(answer);
    const before = first.get(asked) ?? said;
    first.set(asked, before);
    if (before !== said) {
      findings.push({id: 'I1', subject: key, sentence: `Key ${key} was answered by ${before} and by ${said}.`});
    }
  }
  return findings;
}

interface Totals {
  items: {amount: number};
  discount: {amount: number};
  shipping: {amount: number};
  tax: {amount: number};
  total: {amount: number};
}

const percent = (amount: number, bp: number) => Math.floor((amount * bp + 5_000) / 10_000);

/** M3: what the shopper was told is the price list's price, less its promo code, with its tax and its one shipping charge. */
function pricesAddUp({journal, prices, codes}: Net): Violation[] {
  return journal.flatMap(({path, status, body, answer}) => {
    // what was cancelled meanwhile costs less
    if (path !== '/v1/orders' || status !== 201 || answer['status'] === 'cancelled') return [];
    const {items, discount, shipping, tax, total} = answer['totals'] as Totals;
    const lines = body['lines'] as {sku: string; qty: number}[];
    const [code] = (body['promo_codes'] as string[] | undefined) ?? [];
    const goods = lines.map(({sku, qty}) => (prices.get(sku) ?? 0) * qty);
    // whoever has a code buys one thing
    const off = goods.map((amount) => (code === undefined ? 0 : percent(amount, codes.get(code) ?? 0)));
    const taxes = goods.map((amount, i) => percent(amount - (off[i] ?? 0), TAX_BP));
    const sum = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0);
    const right =
      items.amount === sum(goods) &&
      discount.amount === sum(off) &&
      shipping.amount === SHIPPING &&
      tax.amount === sum(taxes) &&
      total.amount === sum(goods) - sum(off) + SHIPPING + sum(taxes);
    const subject = String(answer['number']);
    return right ? [] : [{id: 'M3', subject, sentence: `${subject} costs ${JSON.stringify(answer['totals'])}.`}];
  });
}

/** M3: an order that arrived whole, cancelled units aside, costs what was taken for it. */
async function deliveredIsPaid({world}: Net): Promise<Violation[]> {
  const {rows} = await world.api.store.pool.query<{number: string; total: number; taken: number}>(
    `SELECT o.number, o.total_amount::float8 AS total, coalesce((SELECT sum(captured_amount) FROM payments p WHERE p.order_id = o.id), 0)::float8 AS taken
       FROM orders o WHERE o.status = 'delivered' AND NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.lost > 0)`,
  );
  return rows
    .filter(({total, taken}) => total !== taken)
    .map(({number, total, taken}) => ({
      id: 'M3',
      subject: number,
      sentence: `${number} is delivered and costs ${total}, but ${taken} was taken.`,
    }));
}
