import type {Random} from '../random.ts';

/** What an order of the invented world is an example of; how many of each in a thousand orders. */
export const SHARES = {
  split: 100,
  cancel_order_at_once: 25,
  cancel_order: 25,
  cancel_line: 40,
  cancel_too_late: 10,
  declined: 25,
  out_of_stock: 25,
  review_approved: 15,
  review_rejected: 10,
  lost: 20,
  lost_half: 20,
  short_pick: 25,
  wrong_item: 40,
  backorder: 30,
  backorder_filled: 15,
  backorder_partly: 15,
  count_breaks_promise: 12,
  warehouse_off: 8,
  transfer: 10,
  refund_all: 10,
  refund_goodwill: 10,
  refund_failed: 6,
  refund_by_hand: 6,
  disputed_won: 6,
  disputed_lost: 6,
  drop_ship: 30,
  drop_ship_partial: 15,
  drop_ship_silent: 15,
  drop_ship_refused: 15,
  returned: 25,
  exchanged: 15,
  return_refused: 10,
  come_back: 15,
  three_d_secure_done: 20,
  three_d_secure_abandoned: 5,
  second_method: 20,
  second_method_never: 5,
  shop_authorised: 20,
  renewal_asks_customer: 10,
  review_escalated: 5,
  quote_redeemed: 20,
  quote_expired: 8,
  promo_used: 25,
  promo_refused: 8,
  change_quantity_down: 20,
  change_quantity_up: 15,
  change_add_line: 10,
  change_address: 12,
  change_address_labelled: 12,
  hold_release: 12,
  cancel_packed: 15,
} as const;
export type Kind = keyof typeof SHARES | 'plain';

const SLOW: ReadonlySet<Kind> = new Set(['lost', 'lost_half']);

/** Somebody must let days pass: not played where the clock is slow. */
export const TAKES_DAYS: readonly Kind[] = [
  'three_d_secure_abandoned',
  'second_method_never',
  'renewal_asks_customer',
  'review_escalated',
];

/** From so many orders on every kind is there at least once; below, the rare ones are left to their share. */
const ALL_KINDS_FROM = Object.keys(SHARES).length;

/** A kind for each order: shares as above, in seeded order, refused kinds never above a tenth. */
export function dealKinds(orders: number, random: Random, without: ReadonlySet<Kind> = new Set()): Kind[] {
  const kinds = (Object.keys(SHARES) as (keyof typeof SHARES)[]).filter((kind) => !without.has(kind));
  const once: Kind[] = orders >= ALL_KINDS_FROM ? kinds : [];
  const further = kinds.flatMap((kind) => {
    const share = Math.round((orders * SHARES[kind]) / 1_000) - (once.length > 0 ? 1 : 0);
    return Array.from({length: Math.max(0, share)}, (): Kind => kind);
  });
  const plain = Array.from({length: Math.max(0, orders - once.length - further.length)}, (): Kind => 'plain');
  const all = random.shuffle([...once, ...random.shuffle([...further, ...plain])].slice(0, orders));
  // A lost parcel is given up a month later: the sooner it is sent, the sooner the run ends.
  return [...all.filter((kind) => SLOW.has(kind)), ...all.filter((kind) => !SLOW.has(kind))];
}
