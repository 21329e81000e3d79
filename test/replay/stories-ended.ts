import {DEFAULT_POLICY, OPEN_POLICY} from '../../domain/policy/policy.ts';
import {offer} from '../support/shop.ts';
import {arrives, buy, DAY, decide, onTheRoad, type Story, story} from './story.ts';

/** Ways that end before the door. */
export const ENDED: readonly Story[] = [
  story('cancelled-by-decline', async (floor, world) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const {body} = await floor.place({lines: [{sku, qty: 1}], payment_method: 'pm_card_chargeDeclined'}).expect(402);
    await floor.ends(body.order_id as string, 'cancelled');
    return body.order_id as string;
  }),
  story('cancelled-by-unknown-method', async (floor, world) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const {body} = await floor.place({lines: [{sku, qty: 1}], payment_method: 'pm_never_seen'}).expect(402);
    await floor.ends(body.order_id as string, 'cancelled');
    return body.order_id as string;
  }),
  story('cancelled-by-shopper', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1, WEST: 1}, 2);
    await floor.cancel(order.order_id).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    return order.order_id;
  }),
  story('cancelled-twice-at-once', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2}, 2);
    const id = order.order_id;
    const lines = [{line_id: order.lines[0]?.line_id ?? '', qty: 1}];
    await Promise.all([1, 2, 3, 4].map(() => floor.cancel(id, {lines}).then((answer) => answer)));
    await floor.ends(id, 'cancelled');
    return id;
  }),
  story('cancelled-by-review', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1, {price: 400_000});
    await decide(world, 'reject');
    await floor.ends(order.order_id, 'cancelled');
    return order.order_id;
  }),
  story(
    'cancelled-by-nobody-looking',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1, {price: 400_000});
      await floor.ends(order.order_id, 'cancelled');
      return order.order_id;
    },
    {fraud: {...OPEN_POLICY.fraud, review_window: 300}},
  ),
  story('cancelled-in-review', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1, {price: 400_000});
    await floor.cancel(order.order_id).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    return order.order_id;
  }),
  story(
    'cancelled-for-fraud',
    async (floor, world) => {
      const sku = await offer(world.api, {at: {EAST: 1}, price: 400_000});
      const {body} = await floor.place({lines: [{sku, qty: 1}]}).expect(402);
      await floor.ends(body.order_id as string, 'cancelled');
      return body.order_id as string;
    },
    {fraud: {...OPEN_POLICY.fraud, review_above: 0.01, reject_above: 0.02}},
  ),
  story('cancelled-by-a-faster-buyer', async (floor, world) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    // both pass the first look at the stock while the bank thinks
    const slow = {operation: 'payment_intents.create', mode: 'delay', delay_ms: 1_000, count: 2};
    await floor.control(world.stripeUrl, 'faults', slow);
    const answers = await Promise.all([1, 2].map(() => floor.place({lines: [{sku, qty: 1}]})));
    const id = String(answers.find((a) => a.status === 409)?.body.order_id);
    await floor.ends(id, 'cancelled');
    return id;
  }),
  story('cancelled-sold-out-before-the-plan', async (floor, world) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    // the edge still saw the unit, the plan does not
    const hide = () => world.api.store.prisma.stock.updateMany({where: {sku}, data: {safety_stock: 1}});
    const key = 'sold-out-before-the-plan';
    await world.api.store.pool.query(`CREATE FUNCTION hide_stock() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      UPDATE stock SET safety_stock = 1 WHERE sku = '${sku}'; RETURN NEW; END $$`);
    await world.api.store.pool.query(
      'CREATE TRIGGER hide_stock AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION hide_stock()',
    );
    await floor.place({lines: [{sku, qty: 1}]}, key).expect(409);
    await hide();
    const {id} = await world.api.store.prisma.orders.findFirstOrThrow();
    await floor.ends(id, 'cancelled');
    return id;
  }),
  story('cancelled-with-its-backorder', async (floor, world) => {
    const order = await buy(floor, world, {}, 2, {backorderable: true});
    await floor.cancel(order.order_id).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    return order.order_id;
  }),
  story('cancelled-for-empty-shelves', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2}, 2);
    await floor.pick(floor.partFrom(order, 'EAST'), {missing: 2});
    await floor.ends(order.order_id, 'cancelled');
    return order.order_id;
  }),
  story('cancelled-in-temporal', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1);
    await world.client.workflow.getHandle(`order:${order.order_id}`).cancel();
    await floor.ends(order.order_id, 'cancelled');
    return order.order_id;
  }),
  story('cancelled-in-temporal-too-late', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1);
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await onTheRoad(floor, order);
    await world.client.workflow.getHandle(`order:${id}`).cancel();
    await world.client.workflow.getHandle(`sub-order:${east.sub_order_id}`).cancel();
    await arrives(floor, id);
    return id;
  }),
  story(
    'cancelled-while-money-is-awaited',
    async (floor, world) => {
      const payment_method = 'pm_card_declineOffSession';
      const order = await buy(floor, world, {EAST: 1, WEST: 1}, 2, {payment_method});
      const id = order.order_id;
      await floor.deliver(id, floor.partFrom(order, 'WEST'));
      await floor.waitsOn(id, 'payment_renewal');
      await floor.cancel(id).expect(200);
      await floor.ends(id, 'delivered');
      return id;
    },
    {payment: {...DEFAULT_POLICY.payment, renew_retry: 400, renew_attempts: 2}},
  ),
  story(
    'cancelled-after-a-lost-hold',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1, {payment_method: 'pm_card_declineOffSession'});
      const id = order.order_id;
      await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * DAY});
      await floor.waitsOn(id, 'payment_renewal');
      await floor.cancel(id).expect(200);
      await floor.ends(id, 'cancelled');
      return id;
    },
    {payment: {...DEFAULT_POLICY.payment, renew_retry: 400, renew_attempts: 2}},
  ),
  story(
    'refunded-by-loss',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1);
      await onTheRoad(floor, order);
      await floor.ends(order.order_id, 'refunded');
      return order.order_id;
    },
    {shipping: {...DEFAULT_POLICY.shipping, lost_after: 1_500}},
  ),
];
