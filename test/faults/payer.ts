import {priceOrder} from '../../domain/pricing/price-order.ts';
import {SHIPPING, TAX_BP, type Wish} from '../support/shop.ts';
import type {World} from '../support/world.ts';
import type {Twist} from './catalogue.ts';
import type {Front} from './fronts.ts';
import type {SeenOrder} from './lookout.ts';

/** How the order of such a story is paid; a shop that authorises by itself makes its intent first. */
export async function paidBy(
  world: World,
  twist: Twist,
  reference: string,
  {price, qty}: {price: number; qty: number},
): Promise<Partial<Wish>> {
  switch (twist) {
    case 'asked':
      return {payment_method: 'pm_card_authenticationRequired'};
    case 'second_method':
      return {payment_method: 'pm_card_chargeDeclined'};
    case 'shop':
    case 'shop_gone': {
      const product = {sku: 'any', unit_amount: price, capacity_units: 1};
      const {total} = priceOrder([{product, qty}], SHIPPING, {rate_bp: TAX_BP, inclusive: false});
      const made = await control(world, 'shop-intent', {amount: total, currency: 'usd', reference});
      return {payment_intent: String(made['payment_intent'])};
    }
    default:
      return {};
  }
}

interface Payer {
  world: World;
  front: Front;
  cellId: string;
  twist: Twist;
  cancel: () => Promise<boolean>;
}

/** What the payer does now, once; null when it is not their turn. */
export function payersMove(payer: Payer, seen: SeenOrder): {what: string; act: () => Promise<boolean>} | null {
  const {world, front, twist, cellId, cancel} = payer;
  const wait = `${twist} ${seen.waiting_on}`;
  switch (wait) {
    case 'asked customer_authentication':
      return {what: 'answer the bank', act: () => answerBank(world, seen.id)};
    case 'second_method payment_method':
      return {what: 'give another method', act: () => giveMethod(front, seen.id, `${cellId}-pay`)};
    case 'shop payment_method':
      return {what: 'authorise', act: () => authorise(world, seen.id)};
    case 'shop_gone payment_method':
      return {what: 'cancel', act: cancel};
    default:
      return null;
  }
}

async function answerBank({api, stripeUrl}: World, order_id: string): Promise<boolean> {
  const payment = await api.store.prisma.payments.findFirst({where: {order_id, state: 'requires_action'}});
  const body = JSON.stringify({payment_intent: payment?.provider_ref, outcome: 'succeed'});
  const init = {method: 'POST', body};
  return (await fetch(`${stripeUrl}/_control/authentication`, init)).ok;
}

async function giveMethod(front: Front, orderId: string, key: string): Promise<boolean> {
  const method = {payment_method: 'pm_card_visa'};
  const {status} = await front.as('support').post(`/v1/orders/${orderId}/payment`, method, key);
  return status < 500;
}

async function authorise(world: World, order_id: string): Promise<boolean> {
  const hold = await world.api.store.prisma.shop_holds.findUniqueOrThrow({where: {order_id}});
  const done = await control(world, 'shop-intent', {payment_intent: hold.intent});
  return done['status'] === 'requires_capture';
}

async function control({stripeUrl}: World, path: string, body: object): Promise<Record<string, unknown>> {
  const init = {method: 'POST', body: JSON.stringify(body)};
  return (await (await fetch(`${stripeUrl}/_control/${path}`, init)).json()) as Record<string, unknown>;
}
