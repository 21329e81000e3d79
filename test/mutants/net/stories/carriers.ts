import type supertest from 'supertest';
import type {OrderView, ParcelView} from '../../../../simulation/api-types.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, pause, type Story} from '../story.ts';

interface OnTheRoad {
  id: string;
  parcel: ParcelView;
  carrier: string;
}

async function onTheRoad(net: Net): Promise<OnTheRoad> {
  const {floor} = net;
  const order: OrderView = await buyNew(net, 1, {at: {EAST: 1}});
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  const [parcel] = await floor.pack(order.order_id, east);
  expect('something is packed', parcel !== undefined);
  await floor.dispatch(order.order_id, east);
  return {id: order.order_id, parcel, carrier: parcel.carrier ?? ''};
}

/** The carrier's own code is all that is said; where its webhook is lost, the tracker is asked. */
async function sayCode({floor, world}: Net, {parcel}: OnTheRoad, carrier_code: string): Promise<void> {
  const events = [{status: 'unknown', carrier_code}];
  await floor.control(world.carrierUrl, 'trackers', {tracking_code: parcel.tracking_number, events});
}

/** Asks again while the service cannot answer: connections are cut in the net, and that is no finding. */
async function answered(call: () => supertest.Test): Promise<supertest.Response> {
  const reply = await until('an answer that is not 503', async () => {
    const given = await call();
    return given.status === 503 ? null : given;
  });
  expect('it is answered 200', reply.status === 200, {status: reply.status, body: reply.body as unknown});
  return reply;
}

const put = ({world}: Net, codes: object[]) => answered(() => world.api.as('ops').put('/v1/carrier-codes', {codes}));

async function unread({world}: Net, {parcel}: OnTheRoad): Promise<{code: string; why: string}[]> {
  const {body} = await answered(() => world.api.as('support').get('/v1/carrier-codes/unread'));
  const {codes} = body as {codes: {code: string; why: string; parcels: string[]}[]};
  return codes.filter(({parcels}) => parcels.includes(parcel.parcel_id));
}

const flagged = (net: Net, road: OnTheRoad, why: string) =>
  until(`the code to be flagged as ${why}`, async () => (await unread(net, road)).some((code) => code.why === why));

const shown = async ({floor}: Net, {id}: OnTheRoad) => (await floor.order(id)).sub_orders[0]?.parcels[0]?.status;

const AT_HOME = {
  name: 'Ann Example',
  city: 'New York',
  region: 'NY',
  postal_code: '10007',
  country: 'US',
  lat: 40.71,
  lng: -74,
};

export const CARRIERS: readonly Story[] = [
  {
    name: 'an address that no carrier knows waits for another one, and is corrected on the label',
    play: async (net) => {
      const {floor, world} = net;
      const to = (line1: string) => ({...AT_HOME, line1});
      const order = await buyNew(net, 1, {at: {EAST: 1}}, {ship_to: to('1 Unfindable Road')});
      const id = order.order_id;
      const east = floor.partFrom(order, 'EAST');
      await floor.pick(east);
      const {task_id, parcels} = await floor.openTask(east, 'pack');
      for (const {expected_g: weight_g, suggested_box: box} of parcels)
        await floor.scan({task_id, kind: 'pack', code: task_id, weight_g, ...(box ? {box} : {})}, 'packer');
      const check = async () =>
        (await answered(() => world.api.as('support').get(`/v1/orders/${id}/address-check`))).body as {
          verdict: string;
          corrected: {line1: string} | null;
        };
      await until('it to be judged', async () => (await check()).verdict !== null);
      // a platform that did not answer is not waited for
      if ((await check()).verdict === 'unverifiable') {
        // looked at again and again meanwhile
        await pause(3_000);
        const [parcel] = floor.partFrom(await floor.order(id), 'EAST').parcels;
        expect('no label is bought for nowhere', !parcel?.tracking_number);
        const key = `found:${id}`;
        await answered(() => floor.change(id, {kind: 'address', ship_to: to('2 Findable Stret')}, key));
      }
      await floor.reaches(id, east.sub_order_id, 'PACKED');
      const {verdict, corrected} = await check();
      expect('the correction is kept', verdict !== 'corrected' || corrected?.line1 === '2 Findable Street', corrected);
      await floor.carry(id, east);
      await floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a code that nobody knows waits for a person, and is applied then',
    play: async (net) => {
      const road = await onTheRoad(net);
      const code = `X ${road.id}`;
      await sayCode(net, road, code);
      await flagged(net, road, 'unknown');
      expect('nothing is guessed', (await shown(net, road)) !== 'delivered');
      await put(net, [{carrier: `not ${road.carrier}`, code, status: 'return_to_sender'}]);
      await put(net, [{carrier: road.carrier, code, status: 'delivered'}]);
      await net.floor.ends(road.id, 'delivered');
    },
  },
  {
    name: 'a code with two meanings waits for a person',
    play: async (net) => {
      const road = await onTheRoad(net);
      const {carrier} = road;
      const code = `Y ${road.id}`;
      await put(net, [
        {carrier, code, status: 'delivered'},
        {carrier, code, status: 'return_to_sender'},
      ]);
      await sayCode(net, road, code);
      await flagged(net, road, 'ambiguous');
      await pause(1_500);
      expect('neither meaning is taken', (await shown(net, road)) !== 'delivered');
      await put(net, [{carrier, code, status: 'delivered'}]);
      await net.floor.ends(road.id, 'delivered');
    },
  },
  {
    name: 'a late explanation takes no parcel back',
    play: async (net) => {
      const road = await onTheRoad(net);
      const code = `Z ${road.id}`;
      await sayCode(net, road, code);
      await flagged(net, road, 'unknown');
      await net.floor.say(road.parcel, 'out_for_delivery');
      await until('it to be out', async () => (await shown(net, road)) === 'out_for_delivery');
      await put(net, [{carrier: road.carrier, code, status: 'in_transit'}]);
      await until('it to be understood', async () => (await unread(net, road)).length === 0);
      expect('it does not go back', (await shown(net, road)) === 'out_for_delivery');
      await net.floor.say(road.parcel, 'delivered');
      await net.floor.ends(road.id, 'delivered');
    },
  },
];
