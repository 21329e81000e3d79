import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {runCodes} from '../../api/codes-command.ts';
import type {ParcelView} from '../../simulation/api-types.ts';
import {violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

describe('codes of carriers', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const onTheRoad = async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    const [parcel] = await floor.pack(order.order_id, east);
    await floor.dispatch(order.order_id, east);
    if (!parcel) throw new Error('nothing was packed');
    return {id: order.order_id, parcel, carrier: parcel.carrier ?? ''};
  };
  /** A scan of which the platform knows no status, as it happens; its webhook is worked off. */
  const sayCode = async (parcel: ParcelView, carrier_code: string) => {
    const events = [{status: 'unknown', carrier_code}];
    await floor.control(world.carrierUrl, 'trackers', {tracking_code: parcel.tracking_number, events});
    const {parcel_events} = world.api.store.prisma;
    await until('the word to be stored', () =>
      parcel_events.findFirst({where: {parcel_id: parcel.parcel_id, carrier_code}}),
    );
  };
  const put = (codes: object[], more: object = {}) =>
    world.api
      .as('ops')
      .put('/v1/carrier-codes', {codes, ...more})
      .expect(200);
  const unread = async () =>
    (await world.api.as('support').get('/v1/carrier-codes/unread').expect(200)).body.codes as {
      code: string;
      why: string;
      parcels: string[];
    }[];
  const statusOf = async (id: string) => (await floor.order(id)).sub_orders[0]?.parcels[0]?.status;

  it('that nobody knows are flagged, move nothing, and are applied when somebody says what they mean', async () => {
    const {id, parcel, carrier} = await onTheRoad();
    await sayCode(parcel, 'OUT 9');
    await sayCode(parcel, 'DONE 1');
    expect((await unread()).filter(({parcels}) => parcels.includes(parcel.parcel_id))).toMatchObject([
      {code: 'OUT 9', why: 'unknown', words: 1},
      {code: 'DONE 1', why: 'unknown'},
    ]);
    expect(await statusOf(id)).not.toBe('delivered');
    // another carrier's code of the same letters says nothing
    await put([{carrier: 'somebody else', code: 'DONE 1', status: 'return_to_sender'}]);
    await put([{carrier: carrier.toUpperCase(), code: 'DONE 1', status: 'delivered'}]);
    await floor.ends(id, 'delivered');
    // it comes too late to change anything, and is understood all the same
    await put([{carrier, code: 'OUT 9', status: 'out_for_delivery'}]);
    await until('nothing to be unread', async () => (await unread()).every(({code}) => code !== 'OUT 9'));
    expect(await statusOf(id)).toBe('delivered');
  });

  it('with two meanings are flagged, until somebody decides', async () => {
    const {id, parcel, carrier} = await onTheRoad();
    const {body} = await put([
      {carrier, code: 'TWO', status: 'delivered'},
      {carrier, code: 'TWO', status: 'delivery_failed'},
    ]);
    expect(body).toMatchObject({codes: 1, ambiguous: [{code: 'TWO', statuses: ['delivered', 'delivery_failed']}]});
    await sayCode(parcel, 'TWO');
    expect(await unread()).toContainEqual(expect.objectContaining({code: 'TWO', why: 'ambiguous'}));
    expect(await statusOf(id)).not.toBe('delivered');
    // a list that is loaded decides nothing
    await put([{carrier, code: 'TWO', status: 'delivered'}], {replace: false});
    expect(await unread()).toContainEqual(expect.objectContaining({code: 'TWO', why: 'ambiguous'}));
    await put([{carrier, code: 'TWO', status: 'delivered'}]);
    await floor.ends(id, 'delivered');
  });

  it('that are known are read at once, with what is in the way', async () => {
    const {id, parcel, carrier} = await onTheRoad();
    await put([
      {carrier, code: 'CUS', status: 'delivery_failed', reason: 'consignee_not_home'},
      {carrier, code: 'DEL', status: 'delivered'},
    ]);
    await sayCode(parcel, 'CUS');
    await until('the failure to be shown', async () => (await statusOf(id)) === 'failure');
    const event = await world.api.store.prisma.events.findFirst({
      where: {order_id: id, type: 'sub_order.tracked'},
      orderBy: {seq: 'desc'},
    });
    expect(event?.data).toMatchObject({status: 'failure', reason: 'consignee_not_home'});
    await sayCode(parcel, 'DEL');
    await floor.ends(id, 'delivered');
  });

  it('are loaded from files, and listed page by page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-codes-'));
    const [statuses, reasons] = [join(folder, 'statuses.csv'), join(folder, 'reasons.csv')];
    writeFileSync(
      statuses,
      'carrier,code,unified\nteak_post,A1,in_transit\nteak_post,"A,2",on_hold\nteak_post,A1,delivered\n',
    );
    writeFileSync(reasons, 'carrier,code,unified\nteak_post,"A,2",customs_delay\n');
    const said: string[] = [];
    await runCodes(world.api.store, ['load', statuses, '--json'], (line) => said.push(line));
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({lines: 3, codes: 2, ambiguous: [{code: 'A1'}]});
    await runCodes(world.api.store, ['load', reasons, '--as', 'reason'], () => undefined);
    const first = await world.api.as('ops').get('/v1/carrier-codes?carrier=TeakPost&limit=1').expect(200);
    expect(first.body.codes).toMatchObject([{code: 'A,2', statuses: ['on_hold'], reasons: ['customs_delay']}]);
    const next = /<(.+)>/.exec(first.headers.link ?? '')?.[1] ?? '';
    expect((await world.api.as('ops').get(next).expect(200)).body.codes).toMatchObject([{code: 'A1'}]);
    writeFileSync(statuses, 'carrier,code,status\nteak_post,B,arrived\n');
    await expect(runCodes(world.api.store, ['load', statuses], () => undefined)).rejects.toThrow('line 2: status');
  });

  it('leave nothing behind that the audit does not know', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
