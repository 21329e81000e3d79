import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {readPrint} from '../../store/views/print-view.ts';
import {freshKey} from '../support/api.ts';
import {eventsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, orderOf} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

describe('the address of a parcel', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    // what does not answer is given up while one looks on
    const engine = {outside_timeout: 2_000, step_timeout: 10_000, retry_first: 50, retry_max: 500};
    world = await startWorld({policy: {...OPEN_POLICY, engine}});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const shipTo = (line1: string) => ({...orderOf({lines: []}).ship_to, line1});
  const bought = async (line1: string) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const body = {...orderOf({lines: [{sku, qty: 1}]}), ship_to: shipTo(line1)};
    const {order_id: id} = (await world.api.as('checkout').post('/v1/orders', body, freshKey()).expect(201)).body;
    const east = floor.partFrom(await floor.order(id), 'EAST');
    await floor.pick(east);
    return {id: id as string, east};
  };
  const packScan = async (part: {sub_order_id: string}) => {
    const {task_id, parcels} = await floor.openTask(part as never, 'pack');
    for (const {expected_g: weight_g, suggested_box: box} of parcels)
      await floor.scan({task_id, kind: 'pack', code: task_id, weight_g, ...(box ? {box} : {})}, 'packer');
  };
  const checkOf = async (id: string) =>
    (await world.api.as('support').get(`/v1/orders/${id}/address-check`).expect(200)).body;
  const accept = (id: string) =>
    world.api.as('support').post(`/v1/orders/${id}/address-check/accept`, {note: 'the customer is sure'}, freshKey());
  const struck = async () => {
    const url = `${world.carrierUrl}/_control/faults`;
    const {faults} = (await (await fetch(url)).json()) as {faults: {fired: number}[]};
    await fetch(url, {method: 'DELETE'});
    return faults.reduce((sum, {fired}) => sum + fired, 0);
  };
  const linesOnLabel = async (id: string) => {
    const parcel = (await floor.order(id)).sub_orders[0]?.parcels.at(-1);
    return (await readPrint(world.api.store, parcel?.parcel_id ?? ''))?.to;
  };

  it('is asked about once, and goes as it was typed when the carriers know it', async () => {
    const {id, east} = await bought('5 Known Street');
    await floor.pack(id, east);
    expect(await checkOf(id)).toMatchObject({verdict: 'verified', codes: [], corrected: null});
    expect((await eventsOf(world, id)).map(({type}) => type)).not.toContain('order.address_checked');
    expect(await world.api.store.prisma.address_checks.findMany({where: {order_id: id}})).toMatchObject([{asked: 1}]);
    expect((await accept(id)).status).toBe(409);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
  });

  it('is corrected on the label, and what the customer typed stays', async () => {
    const {id, east} = await bought('7 Mispelt Stret');
    await floor.pack(id, east);
    expect(await checkOf(id)).toMatchObject({
      verdict: 'corrected',
      corrected: {line1: '7 Mispelt Street', country: 'US'},
    });
    expect(await linesOnLabel(id)).toContain('7 Mispelt Street');
    const {prisma} = world.api.store;
    const fields = await prisma.personal_data.findMany({where: {subject: `order:${id}`}, select: {field: true}});
    expect(fields.map(({field}) => field).sort()).toEqual(['ship_to', 'ship_to_corrected']);
    // codes and ids only: the address is nowhere else
    expect(JSON.stringify(await prisma.address_checks.findMany())).not.toMatch(/mispelt/i);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
  });

  it('that no carrier knows waits by name, and another one is the way out', async () => {
    const {id, east} = await bought('1 Unfindable Road');
    await packScan(east);
    await floor.waitsOn(id, 'ops');
    const {prisma} = world.api.store;
    expect(await prisma.stuck_steps.findMany({where: {order_id: id}})).toMatchObject([
      {step: 'buyLabels', code: 'address_unverifiable', sub_order_id: east.sub_order_id},
    ]);
    expect(await checkOf(id)).toMatchObject({verdict: 'unverifiable', codes: ['E.ADDRESS.NOT_FOUND']});
    await floor.change(id, {kind: 'address', ship_to: shipTo('2 Findable Stret')}).expect((answer) => {
      if (answer.status >= 300) throw new Error(answer.text);
    });
    await floor.reaches(id, east.sub_order_id, 'PACKED');
    expect(await checkOf(id)).toMatchObject({verdict: 'corrected', corrected: {line1: '2 Findable Street'}});
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
  });

  it('that no carrier knows goes all the same when a person says so', async () => {
    const {id, east} = await bought('3 Unfindable Road');
    await packScan(east);
    await floor.waitsOn(id, 'ops');
    expect((await accept(id).expect(200)).body).toMatchObject({verdict: 'accepted'});
    expect((await accept(id).expect(200)).body).toMatchObject({verdict: 'accepted'});
    await floor.reaches(id, east.sub_order_id, 'PACKED');
    expect(await linesOnLabel(id)).toContain('3 Unfindable Road');
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
  });

  it.each([
    ['does not answer in time', {mode: 'delay', delay_ms: 30_000}],
    ['fails inside', {mode: 'status', status: 503}],
    ['answers with garbage', {mode: 'garbage', when: 'after'}],
  ])('goes as it was typed when the platform %s', async (_, spec) => {
    const {id, east} = await bought('9 Unasked Street');
    await floor.control(world.carrierUrl, 'faults', {operation: 'address.create', count: 50, ...spec});
    await packScan(east);
    await until('a label', async () => (await floor.order(id)).sub_orders[0]?.parcels[0]?.tracking_number);
    expect(await struck()).toBe(2);
    expect(await checkOf(id)).toMatchObject({verdict: 'unchecked'});
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
  });

  it('leaves nothing behind that the audit does not know', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
