import type {ParcelView} from '../../../../simulation/api-types.ts';
import {freshKey} from '../../../support/api.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, type Story} from '../story.ts';

interface Pickup {
  pickup_id: string;
  day: string;
  state: string;
  parcels: number | null;
  confirmation: string | null;
  cost: {amount: number} | null;
  failure: string | null;
  instead: string[];
}
interface Manifest {
  manifest_id: string;
  state: string;
  parcels: {parcel_id: string; voided: boolean}[];
}
interface Ready {
  id: string;
  parcel: ParcelView;
  carrier: string;
}

/** Nothing else leaves from here. */
const SITE = 'LAKE';
const PATH = `/v1/warehouses/${SITE}`;
const lead = ({world}: Net) => world.api.as('warehouse_lead');

/** One more parcel with its label at the door. */
async function atTheDoor(net: Net): Promise<Ready> {
  const {floor} = net;
  const order = await buyNew(net, 1, {at: {[SITE]: 1}});
  const part = floor.partFrom(order, SITE);
  await floor.pick(part);
  const [parcel] = await floor.pack(order.order_id, part);
  expect('something is at the door', parcel !== undefined);
  return {id: order.order_id, parcel, carrier: parcel.carrier ?? ''};
}

async function toTheDoor({floor}: Net, ready: readonly Ready[]): Promise<void> {
  for (const {id} of ready) {
    await floor.carry(id, floor.partFrom(await floor.order(id), SITE));
    await floor.ends(id, 'delivered');
  }
}

const struck = (net: Net, spec: object) => net.floor.control(net.world.carrierUrl, 'faults', spec);

async function pickupIs(net: Net, id: string, what: string, holds: (pickup: Pickup) => boolean): Promise<Pickup> {
  const look = async () =>
    ((await lead(net).get(`${PATH}/pickups?limit=100`).expect(200)).body as Pickup[]).find(
      ({pickup_id}) => pickup_id === id,
    );
  const ready = async () => {
    const found = await look();
    return found && holds(found) && found;
  };
  return until(`the pickup to be ${what}`, ready, look);
}

const want = async (net: Net, carrier: string): Promise<Pickup> =>
  (await lead(net).post(`${PATH}/pickups`, {carrier}, freshKey()).expect(200)).body as Pickup;
const booked = (net: Net, {pickup_id}: Pickup, parcels: number) =>
  pickupIs(net, pickup_id, `booked for ${parcels}`, (one) => one.state === 'booked' && one.parcels === parcels);
const callOff = (net: Net, {pickup_id}: Pickup) => lead(net).post(`/v1/pickups/${pickup_id}/cancel`, {}).expect(200);

/** How many drivers the carrier sends for it. */
async function coming({world}: Net, {pickup_id}: Pickup): Promise<number> {
  const {pickups} = (await (await fetch(`${world.carrierUrl}/_control/ledger`)).json()) as {
    pickups: {reference: string; status: string}[];
  };
  return pickups.filter(({reference, status}) => reference.startsWith(pickup_id) && status === 'scheduled').length;
}

async function manifestIs(net: Net, id: string, what: string, holds: (manifest: Manifest) => boolean) {
  const look = async () =>
    ((await lead(net).get(`${PATH}/manifests?limit=100`).expect(200)).body as Manifest[]).find(
      ({manifest_id}) => manifest_id === id,
    );
  await until(
    `the manifest to be ${what}`,
    async () => {
      const found = await look();
      return found !== undefined && holds(found);
    },
    look,
  );
}

const form = async (net: Net, carrier: string): Promise<Manifest> =>
  (await lead(net).post(`${PATH}/manifests`, {carrier}, freshKey()).expect(200)).body as Manifest;

const NO = JSON.stringify({error: {code: 'PICKUP.NO', message: 'no', errors: []}});

/** One story: a warehouse has one pickup of a carrier and day. */
async function drivers(net: Net): Promise<void> {
  const ready = [await atTheDoor(net)];
  const {carrier} = ready[0] as Ready;
  // bought, and nobody hears of it
  await struck(net, {operation: 'pickup.buy', mode: 'drop', when: 'after'});
  const first = await booked(net, await want(net, carrier), 1);
  expect('the cheapest driver comes', first.cost?.amount === 450, first);
  expect('one driver comes', (await coming(net, first)) === 1);
  ready.push(await atTheDoor(net));
  await booked(net, first, 2);
  expect('one driver comes for more', (await coming(net, first)) === 1);
  // nobody tells us of that
  const {confirmation} = await booked(net, first, 2);
  await net.floor.control(net.world.carrierUrl, 'pickups', {confirmation});
  await pickupIs(
    net,
    first.pickup_id,
    'another driver’s',
    (one) => one.state === 'booked' && one.confirmation !== confirmation,
  );
  expect('another driver comes', (await coming(net, first)) === 1);
  // the driver is under way
  await struck(net, {operation: 'pickup.cancel', mode: 'status', status: 422, body: NO});
  await callOff(net, first);
  const stays = await pickupIs(net, first.pickup_id, 'told of', ({failure}) => failure !== null);
  expect('a driver who cannot be called off is told of', stays.state === 'booked' && stays.instead.length > 0, stays);
  await callOff(net, first);
  await pickupIs(net, first.pickup_id, 'called off', ({state}) => state === 'cancelled');
  expect('nobody comes who was called off', (await coming(net, first)) === 0);
  // slow, and called off meanwhile
  await struck(net, {operation: 'pickup.buy', mode: 'delay', when: 'after', delay_ms: 1_500});
  await want(net, carrier);
  await until('a driver to be booked', async () => (await coming(net, first)) > 0);
  await callOff(net, first);
  await pickupIs(net, first.pickup_id, 'called off', ({state}) => state === 'cancelled');
  expect('nobody comes who was called off while being asked', (await coming(net, first)) === 0);
  await toTheDoor(net, ready);
}

async function forms(net: Net): Promise<void> {
  const ready = [await atTheDoor(net)];
  const {carrier} = ready[0] as Ready;
  await struck(net, {operation: 'scan_form.create', mode: 'status', status: 422, body: NO});
  const refused = await form(net, carrier);
  await manifestIs(net, refused.manifest_id, 'refused', ({state}) => state === 'failed');
  await struck(net, {operation: 'scan_form.create', mode: 'drop', when: 'after'});
  const made = await form(net, carrier);
  await manifestIs(net, made.manifest_id, 'made', ({state, parcels}) => state === 'made' && parcels.length === 1);
  const other = await atTheDoor(net);
  const last = await form(net, carrier);
  await manifestIs(net, last.manifest_id, 'made', ({state, parcels}) => state === 'made' && parcels.length === 1);
  await net.world.api
    .as('support')
    .post(`/v1/orders/${other.id}/cancel`, {reason: 'changed my mind', unpick: true}, freshKey())
    .expect(200);
  await manifestIs(net, last.manifest_id, 'told of', ({parcels}) => parcels.some(({voided}) => voided));
  await toTheDoor(net, ready);
}

export const COLLECTION: readonly Story[] = [
  {
    name: 'what a carrier fetches: one form for each parcel, and one driver who comes or is called off',
    // one after the other: a parcel that is ready is on the form and the pickup of both
    play: async (net) => {
      await drivers(net);
      await forms(net);
    },
  },
];
