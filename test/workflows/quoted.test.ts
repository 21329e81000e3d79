import {QUOTES} from '../../domain/policy/policy.ts';
import {capturesOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, orderOf, type Wish} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const HOUR = 3_600_000;

/** Quotes and codes on the way to the door. */
describe('an order by a quote, or with a promo code', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({policy: {quotes: QUOTES}});
    floor = openFloor(world);
    await openShop(world.api);
    await world.api
      .as('finance')
      .put('/v1/promo-codes/SPRING', {percent_bp: 1_000, max_uses: 2, combinable: false})
      .expect(200);
  });
  afterAll(() => world.close());

  const stockOf = async (sku: string) =>
    (await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body.warehouses as {
      warehouse: string;
      available: number;
      reserved: number;
    }[];
  const promiseOf = async (id: string) =>
    (await world.api.as('checkout').get(`/v1/orders/${id}/promise`).expect(200)).body;

  /** A quote that holds its stock, and the order to redeem it by. */
  async function quoted(wish: Wish) {
    const {payment_method, ...body} = orderOf(wish);
    const quote = (
      await world.api
        .as('checkout')
        .post('/v1/quotes', {...body, hold_stock: true})
        .expect(200)
    ).body;
    return {quote, order: {...body, payment_method, quote_id: quote.quote_id}};
  }

  /** An order that goes no further here: with its pick task everything is told that there is to tell. */
  const opened = async (id: string) => floor.openTask(floor.partFrom(await floor.order(id), 'EAST'), 'pick');

  it('gets exactly the units that were held, while others take all the rest, and keeps its promise on record', async () => {
    const sku = await offer(world.api, {price: 1_001, at: {EAST: 2, WEST: 3}});
    const {quote, order} = await quoted({lines: [{sku, qty: 4}]});
    expect(quote).toMatchObject({split: true, holds_stock: true});
    await floor.buy({lines: [{sku, qty: 1}]});
    await floor.place({lines: [{sku, qty: 1}]}).expect(409);

    const placed = await world.api.as('checkout').post('/v1/orders', order).expect(201);
    const id = placed.body.order_id as string;
    expect(placed.body.totals).toEqual(quote.totals);
    const view = await floor.order(id);
    const places = (parts: {source: {id: string | null}; lines: {qty: number}[]}[]) =>
      parts.map((part) => `${part.source.id} ${part.lines[0]?.qty}`).sort();
    expect(places(view.sub_orders)).toEqual(places(quote.shipments));
    expect((await stockOf(sku)).map((s) => s.available)).toEqual([0, 0]);

    const promise = await promiseOf(id);
    const last = quote.shipments
      .map((s: {eta_to: string}) => s.eta_to)
      .sort()
      .at(-1);
    expect(promise).toMatchObject({
      quote_id: quote.quote_id,
      promised: {to: last},
      outcome: null,
      basis: {rule: 'quote'},
    });
    expect(promise.sub_orders.map((s: {basis: object}) => s.basis)).toEqual([
      expect.objectContaining({rule: 'calendar', delivery_sla: 'STANDARD', handling_days: 1}),
      expect.objectContaining({rule: 'calendar'}),
    ]);

    await floor.deliver(id, floor.partFrom(view, 'EAST'));
    await floor.deliver(id, floor.partFrom(view, 'WEST'));
    await floor.ends(id, 'delivered');
    const kept = await promiseOf(id);
    expect(kept).toMatchObject({outcome: 'on_time', late_by_s: 0, delivered_at: expect.any(String)});
    expect(kept.sub_orders.map((s: {outcome: string}) => s.outcome)).toEqual(['on_time', 'on_time']);
  });

  it('gives the held units back when the card is declined', async () => {
    const sku = await offer(world.api, {at: {EAST: 2}});
    const {order} = await quoted({lines: [{sku, qty: 2}], payment_method: 'pm_card_chargeDeclined'});
    await world.api.as('checkout').post('/v1/orders', order).expect(402);
    expect(await stockOf(sku)).toEqual([expect.objectContaining({available: 2, reserved: 0})]);
  });

  it('pays for what was delivered less its discount, to the cent, and says so when it came late', async () => {
    const sku = await offer(world.api, {price: 1_003, at: {EAST: 2, WEST: 1}});
    const placed = await world.api
      .as('checkout')
      .post('/v1/orders', {...orderOf({lines: [{sku, qty: 3}]}), promo_codes: ['SPRING']})
      .expect(201);
    const {order_id: id, totals} = placed.body;
    // a tenth of 30.09, 8.88 % of the 27.08 that are left, and the shipping
    expect(totals).toMatchObject({discount: {amount: 301}, tax: {amount: 240}, total: {amount: 2_708 + 240 + 499}});
    const view = await floor.order(id);
    await floor.deliver(id, floor.partFrom(view, 'EAST'));
    await floor.pick(floor.partFrom(view, 'WEST'));
    await floor.pack(id, floor.partFrom(view, 'WEST'));
    await world.advance(30 * 24 * HOUR);
    await floor.carry(id, floor.partFrom(view, 'WEST'));
    await floor.ends(id, 'delivered');
    const captured = (await capturesOf(world, id)).reduce((sum, {amount}) => sum + amount, 0);
    expect(captured).toBe(totals.total.amount);
    const promise = await promiseOf(id);
    expect(promise).toMatchObject({outcome: 'late', basis: {rule: 'parts', parts: 2}});
    expect(promise.late_by_s).toBeGreaterThan(10 * 86_400);
    expect(promise.sub_orders.map((s: {outcome: string}) => s.outcome).sort()).toEqual(['late', 'on_time']);
  });

  it('gives the use of a code back when it is cancelled before anything was shipped', async () => {
    const sku = await offer(world.api, {at: {EAST: 4}});
    const buy = () =>
      world.api.as('checkout').post('/v1/orders', {...orderOf({lines: [{sku, qty: 1}]}), promo_codes: ['SPRING']});
    const first = await buy().expect(201);
    await buy().expect(422);
    await floor.cancel(first.body.order_id).expect(200);
    await floor.becomes(first.body.order_id, 'cancelled');
    await opened((await buy().expect(201)).body.order_id);
  });

  it('finds the stock of a quote that nobody took free again', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const {order} = await quoted({lines: [{sku, qty: 1}]});
    await floor.place({lines: [{sku, qty: 1}]}).expect(409);
    await world.advance(HOUR);
    await until('the stock to be free again', async () => (await stockOf(sku)).every((s) => s.available === 1));
    const {body} = await world.api.as('checkout').post('/v1/orders', order).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({pointer: '/quote_id', code: 'quote_expired'})]);
    await opened((await floor.buy({lines: [{sku, qty: 1}]})).order_id);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
