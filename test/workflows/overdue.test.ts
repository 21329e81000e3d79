import {RETURNS} from '../../domain/returns/policy.ts';
import {SUPPLIER_TERMS} from '../../domain/suppliers/terms.ts';
import {eventsOf, violationsAtRest} from '../support/books.ts';
import {openReturns} from '../support/returns.ts';
import {offer, openShop} from '../support/shop.ts';
import {openSupplier, purchasesOf} from '../support/suppliers.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const SOON = 1_500;

let world: World;
let desk: ReturnType<typeof openReturns>;
beforeAll(async () => {
  const returns = {...RETURNS, arrive_within: SOON, review: {...RETURNS.review, decide_within: SOON}};
  world = await startWorld({policy: {returns, suppliers: {...SUPPLIER_TERMS, price_within: SOON}}});
  desk = openReturns(world);
  await openShop(world.api);
});
afterAll(() => world.close());

async function announced(reason: string) {
  const sku = await offer(world.api, {at: {EAST: 1}});
  const {order_id: id, lines} = await desk.delivered(sku, 1);
  const line_id = lines[0]?.line_id ?? '';
  const {return_id} = await desk.announce(id, [{line_id, qty: 1, reason}]);
  return {id, line_id, return_id};
}

/** A return that the carrier has. */
async function sent() {
  const made = await announced('changed_mind');
  const {label} = await desk.becomes(made.return_id, 'label_ready');
  const code = label?.tracking_number ?? '';
  await desk.floor.control(world.carrierUrl, 'trackers', {tracking_code: code, events: [{status: 'in_transit'}]});
  await desk.becomes(made.return_id, 'in_transit');
  return {...made, code};
}

const waitsForNobody = (id: string) =>
  until('nobody to be waited for', async () => (await desk.floor.order(id)).waiting_on === null);

const stuckSteps = async (order_id: string) =>
  (await world.api.store.prisma.stuck_steps.findMany({where: {order_id, resolved_at: null}})).map(({step, code}) => [
    step,
    code,
  ]);

describe('a return that stands still', () => {
  it('goes to ops when its parcel never arrives, and back when it comes after all', async () => {
    const {id, line_id, return_id, code} = await sent();
    await desk.floor.waitsOn(id, 'ops');
    expect(await stuckSteps(id)).toEqual([['return parcel', 'never_arrived']]);
    expect(await desk.look(return_id)).toMatchObject({
      state: 'in_transit',
      waiting_on: {name: 'carrier', owner: 'ops'},
      overdue_since: expect.any(String),
    });
    expect(await desk.scan(code)).toMatchObject({accepted: true});
    await waitsForNobody(id);
    expect(await desk.look(return_id)).toMatchObject({overdue_since: null});
    await desk.inspect(return_id, [{line_id, qty: 1, grade: 'as_new'}]).expect(200);
    await desk.ends(return_id, 'closed');
    expect((await eventsOf(world, id)).filter(({type}) => type === 'order.return_overdue')).toHaveLength(1);
  });

  it('is called off by the person who looked at it', async () => {
    const {id, return_id} = await sent();
    await desk.floor.waitsOn(id, 'ops');
    await world.api.as('support').post(`/v1/returns/${return_id}/cancel`, {}).expect(200);
    await desk.ends(return_id, 'cancelled');
    await waitsForNobody(id);
  });

  it('goes to ops when nobody decides it', async () => {
    const {id, return_id} = await announced('damaged');
    await desk.floor.waitsOn(id, 'ops');
    expect(await stuckSteps(id)).toEqual([['return review', 'not_decided']]);
    const path = `/v1/returns/${return_id}/decision`;
    await world.api.as('support').post(path, {decision: 'refuse', note: 'the picture shows another one'}).expect(200);
    await desk.ends(return_id, 'refused');
    await waitsForNobody(id);
  });
});

describe("a supplier's higher price that nobody decides on", () => {
  it('has its deadline shown, and is refused then: the next one sends the units', async () => {
    const sku = await offer(world.api, {});
    const dear = await openSupplier(world, {character: 'dear', offers: {[sku]: {cost: 500}}});
    const next = await openSupplier(world, {offers: {[sku]: {cost: 900}}});
    const {order_id: id} = await desk.floor.buy({lines: [{sku, qty: 1}]});
    await desk.floor.waitsOn(id, 'ops');
    expect((await desk.floor.order(id)).waiting_on).toMatchObject({name: 'ops', deadline: expect.any(String)});
    await desk.floor.ends(id, 'delivered');
    const purchases = await purchasesOf(world, id);
    expect(purchases.map((p) => [p.supplier_id, p.state, p.reason])).toEqual([
      [dear.id, 'refused', 'price'],
      [next.id, 'shipped', null],
    ]);
  });
});

it('leaves books that agree', async () => {
  expect(await violationsAtRest(world)).toEqual([]);
});
