import {dayIn, orderNumber} from '../domain/order/order-number.ts';
import type {LinePrice, OrderPrice, TaxRule} from '../domain/pricing/price-order.ts';
import {searchTokens} from '../domain/text/search-tokens.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_lines, orders, products} from './generated/client.ts';
import {newId, newToken} from './ids.ts';
import {keepCustomer, sealPersonal} from './keep-customer.ts';
import type {CustomerProfile, ShipTo} from './personal-data.ts';
import {type Actor, recordCreation} from './record-change.ts';
import {redeemQuote} from './redeem-quote.ts';
import {type RequestKey, takeKey} from './request-keys.ts';
import {keepForms} from './search-forms.ts';
import {keepShopHold} from './shop-hold.ts';
import {transact} from './transact.ts';
import {usePromoCodes} from './use-promo-codes.ts';

export interface AcceptedLine {
  product: products;
  qty: number;
}

export interface OrderToAccept {
  request: RequestKey;
  by: Actor;
  channel: string;
  customer: CustomerProfile;
  ship_to: ShipTo;
  lines: AcceptedLine[];
  price: OrderPrice;
  tax: TaxRule;
  currency: string;
  payment_method: string;
  /** the intent of a shop that authorises by itself */
  payment_intent?: string;
  delivery_sla: string;
  deadline: Date | null;
  device_fingerprint: string | null;
  allow_backorder: boolean;
  /** codes that the price was made with, and what each takes off */
  promos?: readonly {code: string; amount: number}[];
  /** the quote that the price comes from, and the stock it holds */
  quote_id?: string | null;
  policy_version: number;
  /** the merchant's, IANA */
  timezone: string;
}

/**
 * Writes a checked and priced order: key, customer, sealed personal data, search tokens, order, lines, first event.
 * Null when the client's key is taken: another request with it was faster. Throws IntentUsedError, PromoUsedUpError or
 * QuoteGoneError, and
 * leaves nothing behind, when what the price depends on went to another order.
 */
export function acceptOrder(context: StoreContext, input: OrderToAccept): Promise<orders | null> {
  const id = newId('ord', context.now());
  return transact(context, async (tx) => {
    if (!(await takeKey(context, tx, input.request, id))) return null;
    if (input.quote_id) await redeemQuote(context, tx, input.quote_id, id);
    const customer = await keepCustomer(context, tx, input.customer);
    await sealPersonal(context, tx, customer, {subject: `order:${id}`, field: 'ship_to', value: input.ship_to});
    await indexOrder(context, tx, id, customer.id, input);
    const order = await tx.orders.create({data: await orderRow(context, tx, id, customer.id, input)});
    const {payment_intent: intent, request} = input;
    if (intent) await keepShopHold(context, tx, {intent, order_id: id, reference: request.key});
    const lines = input.lines.map((line, i) => {
      const price = input.price.lines[i];
      if (!price) throw new Error(`line ${i} of ${id} has no price`);
      return lineRow({id: newId('lin', context.now()), order_id: id, position: i + 1}, line, price, input.tax);
    });
    await tx.order_lines.createMany({data: lines});
    await recordCreation(tx, order, input.by, {
      lines: lines.map(({id: line_id, sku, qty, total_amount}) => ({line_id, sku, qty, total: total_amount})),
      ...(input.promos?.length ? {promos: input.promos} : {}),
    });
    await usePromoCodes(context, tx, order, input.promos ?? []);
    return order;
  });
}

async function orderRow(
  context: StoreContext,
  tx: Tx,
  id: string,
  customerId: string,
  input: OrderToAccept,
): Promise<orders> {
  const at = context.now();
  const {price, device_fingerprint: device} = input;
  return {
    id,
    number: await nextNumber(tx, dayIn(input.timezone, at)),
    client_id: input.request.client_id,
    channel: input.channel,
    customer_id: customerId,
    status: 'pending',
    waiting_on: null,
    waiting_since: null,
    waiting_deadline: null,
    waiting_owner: null,
    currency: input.currency,
    items_amount: BigInt(price.items),
    discount_amount: BigInt(price.discount),
    shipping_amount: BigInt(price.shipping),
    tax_amount: BigInt(price.tax),
    total_amount: BigInt(price.total),
    total_capacity: price.capacity,
    delivery_sla: input.delivery_sla,
    deadline: input.deadline,
    allow_backorder: input.allow_backorder,
    ship_country: input.ship_to.country,
    payment_method: input.payment_method,
    device_hash: device === null ? null : context.vault.hash('device', device),
    address_hash: context.vault.hash('address', addressKey(input.ship_to)),
    card_fingerprint: null,
    fraud_score: null,
    cancel_reason: null,
    tracking_token: newToken(),
    policy_version: input.policy_version,
    quote_id: input.quote_id ?? null,
    placed_at: at,
    updated_at: at,
    last_seq: 1,
    held_since: null,
    held_until: null,
    held_reason: null,
  };
}

async function nextNumber(tx: Tx, day: string): Promise<string> {
  const [row] = await tx.$queryRaw<{n: number}[]>`SELECT nextval('order_number_seq')::float8 AS n`;
  return orderNumber(day, row?.n ?? 0);
}

/** The same door, however it was typed. */
export function addressKey({line1, line2, postal_code, city, country}: ShipTo): string {
  const parts = [line1, line2 ?? '', postal_code ?? '', city, country];
  return JSON.stringify(
    parts.map((part) =>
      part
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ''),
    ),
  );
}

/** A line at the price it is sold for; nothing of it has a place yet. */
export function lineRow(
  ids: {id: string; order_id: string; position: number},
  {product, qty}: AcceptedLine,
  price: LinePrice,
  tax: TaxRule,
) {
  return {
    ...ids,
    sku: product.sku,
    name: product.name,
    qty,
    unit_amount: product.price_amount,
    items_amount: BigInt(price.items),
    discount_amount: BigInt(price.discount),
    tax_amount: BigInt(price.tax),
    shipping_amount: BigInt(price.shipping),
    total_amount: BigInt(price.total),
    tax_rate_bp: tax.rate_bp,
    tax_inclusive: tax.inclusive,
    weight_g: product.weight_g,
    length_mm: product.length_mm,
    width_mm: product.width_mm,
    height_mm: product.height_mm,
    capacity_units: product.capacity_units,
    backorderable: product.backorderable,
    unallocated: qty,
  } satisfies Partial<order_lines>;
}

/** Makes the order findable by the names, e-mail and phone on it, without storing them in the open. */
async function indexOrder(
  context: StoreContext,
  tx: Tx,
  orderId: string,
  customerId: string,
  input: OrderToAccept,
): Promise<void> {
  const {customer, ship_to} = input;
  const {name, email, phone} = customer;
  const tokens = [...searchTokens({name, email, phone}), ...searchTokens({name: ship_to.name})];
  const order = {id: orderId, customer_id: customerId, placed_at: context.now()};
  await keepTokens(context, tx, order, tokens);
  await keepForms(context, tx, order, customer, ship_to);
}

/** Adds search words to an order; those it has stay. */
export async function keepTokens(
  context: StoreContext,
  tx: Tx,
  order: {id: string; customer_id: string},
  tokens: ReturnType<typeof searchTokens>,
): Promise<void> {
  const rows = tokens.map(({kind, value}) => ({
    token: context.vault.index(kind, value),
    kind,
    order_id: order.id,
    customer_id: order.customer_id,
  }));
  await tx.blind_index.createMany({data: rows, skipDuplicates: true});
}
