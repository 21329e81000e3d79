import {OPEN_POLICY, type Policy, withoutWindows} from '../../domain/policy/policy.ts';
import {priceOrder} from '../../domain/pricing/price-order.ts';
import {acceptOrder} from '../../store/accept-order.ts';
import type {StoreContext} from '../../store/context.ts';
import {keepPolicy} from '../../store/policies.ts';
import {orderOf, type Wish} from './shop.ts';

let keys = 0;

/** Stores an accepted order as the API does, and starts nothing; returns its id. */
export async function storeOrder(
  store: StoreContext,
  wish: Wish,
  policy: Policy = withoutWindows(OPEN_POLICY),
): Promise<string> {
  keys += 1;
  const key = `stored-${keys}`;
  const {ship_to, customer, payment_method = '', lines} = orderOf(wish);
  const {id: external_id, ...profile} = customer;
  const products = await store.prisma.products.findMany({where: {sku: {in: lines.map((l) => l.sku)}}});
  const accepted = lines.map(({sku, qty}) => {
    const product = products.find((p) => p.sku === sku);
    if (!product) throw new Error(`there is no ${sku}`);
    return {product, qty};
  });
  const tax = {rate_bp: 0, inclusive: false};
  const priced = accepted.map(({product, qty}) => ({
    product: {...product, unit_amount: Number(product.price_amount)},
    qty,
  }));
  const order = await acceptOrder(store, {
    request: {client_id: 'dev-checkout', key, operation: 'orders', request_hash: key},
    by: {actor: 'dev-checkout', role: 'checkout'},
    channel: 'default',
    customer: {external_id, ...profile},
    ship_to,
    lines: accepted,
    price: priceOrder(priced, 499, tax),
    tax,
    currency: 'USD',
    payment_method,
    delivery_sla: 'STANDARD',
    deadline: null,
    device_fingerprint: null,
    allow_backorder: wish.allow_backorder ?? true,
    policy_version: (await keepPolicy(store, policy)).version,
    timezone: 'UTC',
  });
  if (!order) throw new Error('the key of the order was taken');
  return order.id;
}
