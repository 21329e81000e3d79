import type {OrderView, SubOrderView} from '../../simulation/api-types.ts';
import {freshKey} from '../support/api.ts';
import {BOSTON, offer, orderOf, type Wish} from '../support/shop.ts';
import {openSupplier} from '../support/suppliers.ts';
import {until} from '../support/until.ts';
import {openOffice} from './desk-suite.ts';

type Office = Awaited<ReturnType<typeof openOffice>>;

const REFUSED = {mode: 'status', status: 422, body: '{"error":{"code":"SCAN_FORM.NO","message":"no","errors":[]}}'};

/** A shop whose neighbours said no to something, so that a person has to: an address, a price, a word, a driver, a form. */
export async function openTroubleShop() {
  const office = await openOffice();
  const address = await unfindable(office);
  const supplier = await dearer(office);
  const spoken = await unreadCode(office);
  const {carrier} = await atTheDoor(office);
  await refusedBy(office, carrier, 'pickups', `pickup.rates.${carrier}`, {mode: 'drop'});
  await refusedBy(office, carrier, 'manifests', 'scan_form.create', REFUSED);
  return {...office, address, supplier, spoken, carrier};
}

/** An order whose part at EAST, or at a supplier, is there, however slow the machine is. */
async function buy({api}: Office, wish: Wish): Promise<{id: string; part: SubOrderView}> {
  const {order_id} = (await api.as('checkout').post('/v1/orders', orderOf(wish), freshKey())).body as OrderView;
  const part = await until(`order ${order_id} to have its part`, async () => {
    const {status, body} = await api.as('support').get(`/v1/orders/${order_id}`);
    return status === 200 && (body as OrderView).sub_orders[0];
  });
  return {id: order_id, part};
}

async function atTheDoor(office: Office) {
  const {api, floor} = office;
  const {id, part} = await buy(office, {lines: [{sku: await offer(api, {at: {EAST: 1}}), qty: 1}]});
  await floor.pick(part);
  const [parcel] = await floor.pack(id, part);
  if (!parcel) throw new Error('nothing was packed');
  return {id, part, parcel, carrier: parcel.carrier ?? ''};
}

/** An order to where no carrier finds anybody. */
async function unfindable(office: Office): Promise<string> {
  const {api, floor} = office;
  const sku = await offer(api, {at: {EAST: 1}});
  const {id, part} = await buy(office, {lines: [{sku, qty: 1}], ship_to: {...BOSTON, line1: '1 Unfindable Road'}});
  await floor.pick(part);
  const {task_id, parcels} = await floor.openTask(part, 'pack');
  for (const {expected_g: weight_g, suggested_box: box} of parcels)
    await floor.scan({task_id, kind: 'pack', code: task_id, weight_g, ...(box ? {box} : {})}, 'packer');
  await floor.waitsOn(id, 'ops');
  return id;
}

/** An order whose supplier wants more than it said. */
async function dearer(office: Office): Promise<string> {
  const {world, api, floor} = office;
  const sku = await offer(api, {});
  await openSupplier(world, {character: 'dear', offers: {[sku]: {cost: 1_000}}});
  const {id} = await buy(office, {lines: [{sku, qty: 1}]});
  await floor.waitsOn(id, 'ops');
  return id;
}

/** An order of whose parcel the carrier says what nobody has heard before. */
async function unreadCode(office: Office): Promise<string> {
  const {world, api, floor} = office;
  const {id, part, parcel} = await atTheDoor(office);
  await floor.dispatch(id, part);
  const events = [{status: 'unknown', carrier_code: 'OUT 9'}];
  await floor.control(world.carrierUrl, 'trackers', {tracking_code: parcel.tracking_number, events});
  const {parcel_events} = api.store.prisma;
  await until('the word to be stored', () => parcel_events.findFirst({where: {carrier_code: 'OUT 9'}}));
  return id;
}

/** The carriers' platform says no, once, to what is wanted of this carrier. */
async function refusedBy(
  {world, api, floor}: Office,
  carrier: string,
  what: 'pickups' | 'manifests',
  operation: string,
  spec: object,
): Promise<void> {
  await floor.control(world.carrierUrl, 'faults', {operation, ...spec});
  const path = `/v1/warehouses/EAST/${what}`;
  await api.as('ops').post(path, {carrier}, freshKey()).expect(200);
  const failed = async () =>
    ((await api.as('ops').get(path).expect(200)).body as {failure: string | null}[]).some(({failure}) => failure);
  await until(`one of the ${what} to be refused`, failed);
}
