import type {OrderBody} from '../api-types.ts';
import {type Random, randomStream} from '../random.ts';
import {type InventedCatalogue, inventedCatalogue, placesOf} from './invented-catalogue.ts';
import {linesOf} from './invented-lines.ts';
import {inventedShopper} from './invented-places.ts';
import {dealKinds, type Kind, TAKES_DAYS} from './kinds.ts';
import {payerTurn} from './payer-story.ts';
import {DAY, HOUR, type OrderPlan, type World} from './plan.ts';
import {GOOD_CODE} from './quote-story.ts';

/** An invented shop: about sixty products, five warehouses, and a mixture of everything that can happen to an order. */
export function inventedWorld(options: {
  orders: number;
  seed: number;
  rate: number;
  speed: number;
  lossPossible: boolean;
}): World {
  const {orders, seed, rate, speed, lossPossible} = options;
  const catalogue = inventedCatalogue(randomStream(seed, 'catalogue'), orders);
  const left: Kind[] = lossPossible ? [] : ['lost', 'lost_half', 'disputed_won', 'disputed_lost', ...TAKES_DAYS];
  const kinds = dealKinds(orders, randomStream(seed, 'kinds'), new Set(left));
  const between = (1_000 / rate) * speed;
  const plans = kinds.map((kind, i) =>
    planOf(kind, i, catalogue, randomStream(seed, `order ${i}`), Math.round(i * between)),
  );
  const notes = lossPossible
    ? []
    : ['the clock is too slow for lost parcels and disputes: none are played (--speed 20000 or more)'];
  return {
    title: `${orders} orders in an invented shop`,
    layout: catalogue.layout,
    plans,
    notes,
    placeable: orders,
    exact: true,
  };
}

/** What the shopper's bank makes of it. */
const CARDS: Partial<Record<Kind, string>> = {
  declined: 'pm_card_chargeDeclined',
  refund_failed: 'pm_card_refundFailOnce',
  disputed_won: 'pm_card_createDisputeProductNotReceived',
  disputed_lost: 'pm_card_createDispute',
};

function planOf(kind: Kind, index: number, catalogue: InventedCatalogue, random: Random, at: number): OrderPlan {
  const pick = random.whole(2, 10) * HOUR;
  const hand_over = pick + random.whole(4, 20) * HOUR;
  const arrive = hand_over + random.whole(20, 110) * HOUR;
  const {ship_to, ...shopper} = inventedShopper(random, index);
  const body: OrderBody = {
    ...shopper,
    ship_to,
    lines: linesOf(kind, catalogue, random),
    payment_method: CARDS[kind] ?? 'pm_card_visa',
    delivery_sla: 'STANDARD',
  };
  const plan: OrderPlan = {
    name: `n${index}`,
    kind,
    at,
    body,
    ending: 'delivered',
    journey: {pick, hand_over, arrive, lost: 'none'},
    restock: {after: 3 * DAY, warehouse: catalogue.warehouses[index % catalogue.warehouses.length] as string},
  };
  const change = changeOf(kind, catalogue, random, index);
  return {...plan, ...turnOf(kind, plan), ...stockOf(kind, catalogue, index), ...(change && {change})};
}

/** Where the goods lie, or come to, of orders whose stock changes under them. */
function stockOf(kind: Kind, catalogue: InventedCatalogue, index: number): Pick<OrderPlan, 'stock'> {
  const {layout, warehouses, coming, counted, sided} = catalogue;
  const docks = [0, 1].map((i) => ({warehouse: warehouses[(index + i) % warehouses.length] as string, bin: 'RECV'}));
  switch (kind) {
    case 'backorder_filled':
    case 'backorder_partly':
      return {stock: {turn: kind, sku: coming, places: docks}};
    case 'count_breaks_promise':
      return {stock: {turn: kind, sku: counted, places: placesOf(layout, counted)}};
    case 'warehouse_off':
    case 'transfer':
      return {stock: {turn: kind, sku: sided, places: placesOf(layout, sided)}};
    default:
      return {};
  }
}

/** What support changes of such an order. */
function changeOf(
  kind: Kind,
  catalogue: InventedCatalogue,
  random: Random,
  index: number,
): OrderPlan['change'] | undefined {
  switch (kind) {
    case 'change_quantity_down':
    case 'change_quantity_up':
    case 'hold_release':
    case 'cancel_packed':
      return {turn: kind};
    case 'change_add_line':
      return {turn: kind, add: random.pick(catalogue.east)};
    case 'change_address':
    case 'change_address_labelled':
      return {turn: kind, ship_to: inventedShopper(random, index).ship_to};
    default:
      return undefined;
  }
}

/** How the kind's story differs from the plain one. */
function turnOf(kind: Kind, plan: OrderPlan): Partial<OrderPlan> {
  const {journey, body} = plan;
  switch (kind) {
    case 'cancel_order_at_once':
      return {ending: 'cancelled', cancel: {when: 'placed', after: 0}};
    case 'cancel_order':
      return {ending: 'cancelled', cancel: {when: 'accepted', after: journey.pick / 2}};
    case 'cancel_line':
      return {cancel: {when: 'accepted', after: journey.pick / 2, lines: [0]}};
    case 'cancel_too_late':
      return {cancel: {when: 'handed_over', after: 0}};
    case 'declined':
      return {ending: 'declined'};
    case 'out_of_stock':
      return {ending: 'out_of_stock'};
    case 'review_approved':
      return {review: 'approve'};
    case 'review_rejected':
      return {review: 'reject', ending: 'cancelled'};
    case 'lost':
      return {ending: 'refunded', journey: {...journey, lost: 'all'}};
    case 'lost_half':
      return {journey: {...journey, lost: 'first'}};
    case 'short_pick':
      return {short: 1};
    case 'wrong_item':
      return {wrongItem: true};
    case 'refund_all':
    case 'refund_goodwill':
    case 'refund_failed':
    case 'refund_by_hand':
    case 'disputed_won':
    case 'disputed_lost':
      return {afterwards: kind};
    case 'returned':
      return {ending: 'refunded', back: 'everything'};
    case 'exchanged':
      return {back: 'exchange'};
    case 'return_refused':
      return {back: 'refused'};
    case 'quote_redeemed':
      return {before: 'quote'};
    case 'quote_expired':
      return {before: 'quote_too_late'};
    case 'promo_used':
      return {body: {...body, promo_codes: [GOOD_CODE]}};
    case 'promo_refused':
      return {before: 'code_refused'};
    case 'come_back':
      return {ending: 'refunded', journey: {...journey, undelivered: true}};
    case 'three_d_secure_done':
    case 'three_d_secure_abandoned':
    case 'second_method':
    case 'second_method_never':
    case 'shop_authorised':
    case 'renewal_asks_customer':
      return payerTurn(kind, plan);
    case 'review_escalated':
      return {review: 'approve', lateReview: true, ending: 'settled'};
    case 'plain':
    case 'split':
    case 'drop_ship':
    case 'drop_ship_partial':
    case 'drop_ship_silent':
    case 'drop_ship_refused':
    case 'backorder_filled':
    case 'backorder_partly':
    case 'count_breaks_promise':
    case 'warehouse_off':
    case 'transfer':
    case 'change_quantity_down':
    case 'change_quantity_up':
    case 'change_add_line':
    case 'change_address':
    case 'change_address_labelled':
    case 'hold_release':
      return {};
    case 'backorder':
    case 'cancel_packed':
      return {ending: 'settled'};
  }
}
