import type {ParcelView} from '../../../simulation/api-types.ts';
import {until} from '../../support/until.ts';
import {type Bought, claim, type ProviderCell, type Scene} from './scene.ts';

const HTML = '<html><body>Bad gateway</body></html>';
const refusal = (code: string) => JSON.stringify({error: {code, message: 'Injected.', errors: []}});

/** Each way of failing, as the emulator is told. */
export const FAILURES: Readonly<Record<string, object>> = {
  'F26 slower than the step may take': {mode: 'delay', when: 'before', delay_ms: 3_000},
  'F26 500': {mode: 'error_after', count: 2},
  'F26 503': {mode: 'status', status: 503, count: 3},
  'F26 throttled with 429': {mode: 'status', status: 429, retry_after: 1, count: 2},
  'F26 an HTML page': {mode: 'garbage', when: 'after', status: 502, body: HTML},
  'F26 JSON cut off': {mode: 'garbage', when: 'after'},
  'F26 another schema': {mode: 'garbage', when: 'after', body: '{"object": "Shipment", "rates": "none"}'},
  'F26 no answer': {mode: 'drop', when: 'after'},
};

/** Packed under the fault; then one label, and to the door. */
async function labelled(scene: Scene, bought: Bought, atNeighbour: () => Promise<void>): Promise<void> {
  await scene.floor.pick(bought.east);
  await atNeighbour();
  await scene.floor.pack(bought.id, bought.east);
  const many = await scene.labelsOf(bought.id);
  claim(many === 1, `${many} labels were bought for one parcel`);
  await scene.floor.carry(bought.id, bought.east);
  await scene.paid(bought);
}

const struckOnce = async (scene: Scene, spec: object): Promise<void> => {
  const bought = await scene.buy();
  await labelled(scene, bought, () => scene.fault('carrier', spec));
  claim((await scene.struck('carrier')) > 0, 'the fault never struck');
};

const failures: ProviderCell[] = ['address.create', 'shipment.create', 'shipment.buy'].flatMap((operation) =>
  Object.entries(FAILURES).map(([name, failure]) => ({
    id: `${name} (${operation})`,
    run: (scene) => struckOnce(scene, {operation, ...failure}),
  })),
);

const UNKNOWN = ['SHIPMENT.POSTAGE.TIMED_OUT', 'SHIPMENT.POSTAGE.NO_RESPONSE', 'SHIPMENT.PURCHASE.IN_PROGRESS'];

const purchases: ProviderCell[] = [
  ...UNKNOWN.flatMap((code) =>
    (['before', 'after'] as const).map(
      (when): ProviderCell => ({
        id: `F27 ${code} ${when === 'after' ? 'and the label is bought' : 'and nothing is bought'}`,
        run: (scene) =>
          struckOnce(scene, {operation: 'shipment.buy', mode: 'status', status: 422, when, body: refusal(code)}),
      }),
    ),
  ),
  {
    id: 'F27 POSTAGE.EXISTS: bought meanwhile',
    run: async (scene) => {
      const bought = await scene.buy();
      // slow: the attempt after it buys, and this one then finds postage there
      await labelled(scene, bought, () =>
        scene.fault('carrier', {operation: 'shipment.buy', mode: 'delay', when: 'before', delay_ms: 2_600}),
      );
      claim((await scene.struck('carrier')) > 0, 'the fault never struck');
    },
  },
  {
    id: 'F26 the rate expires before it is bought: new prices are asked for',
    run: async (scene) => {
      const bought = await scene.buy();
      await scene.floor.pick(bought.east);
      await scene.fault('carrier', {operation: 'shipment.buy', mode: 'delay', when: 'before', delay_ms: 1_500});
      const rerated = rerateSoon(scene, bought.id);
      await scene.scanPack(bought.east);
      await rerated;
      await scene.floor.carry(bought.id, bought.east);
      await scene.paid(bought);
      claim((await scene.struck('carrier')) > 0, 'the fault never struck');
      claim((await scene.labelsOf(bought.id)) === 1, 'not exactly one label was bought');
    },
  },
];

/** New prices as soon as there is a shipment: the ones it was offered at are worth nothing any more. */
async function rerateSoon(scene: Scene, orderId: string): Promise<void> {
  const {prisma} = scene.world.api.store;
  const ref = await until(
    'a shipment',
    async () => (await prisma.parcels.findFirst({where: {order_id: orderId}}))?.shipment_ref,
  );
  const headers = {Authorization: `Basic ${Buffer.from('EZTKtest:').toString('base64')}`};
  const answer = await fetch(`${scene.world.carrierUrl}/v2/shipments/${ref}/rerate`, {method: 'POST', headers});
  claim(answer.ok, `the shipment could not be priced again: ${answer.status}`);
}

const AT_HOME = {
  name: 'Ann Example',
  city: 'New York',
  region: 'NY',
  postal_code: '10007',
  country: 'US',
  lat: 40.71,
  lng: -74,
};

const addresses: ProviderCell[] = [
  {
    id: 'F26 the address is unverifiable: a named wait, and another address',
    run: async (scene) => {
      const {floor} = scene;
      const bought = await scene.buy({ship_to: {...AT_HOME, line1: '1 Unfindable Road'}});
      await floor.pick(bought.east);
      await scene.scanPack(bought.east);
      await floor.waitsOn(bought.id, 'ops');
      claim((await scene.labelsOf(bought.id)) === 0, 'a label was bought for nowhere');
      const other = {...AT_HOME, line1: '2 Findable Road'};
      await floor.change(bought.id, {kind: 'address', ship_to: other}).expect(200);
      await floor.reaches(bought.id, bought.east.sub_order_id, 'PACKED');
      claim((await scene.labelsOf(bought.id)) === 1, 'not exactly one label was bought');
      await floor.carry(bought.id, bought.east);
      await scene.paid(bought);
    },
  },
];

async function arrives(scene: Scene, tell: (parcel: ParcelView) => Promise<unknown>): Promise<void> {
  const road = await scene.onTheRoad();
  await tell(road.parcel);
  await scene.paid(road);
  const {sub_orders} = await scene.floor.order(road.id);
  claim(sub_orders[0]?.parcels[0]?.status === 'delivered', `the parcel is ${sub_orders[0]?.parcels[0]?.status}`);
}

const tracking: ProviderCell[] = [
  {
    id: 'F28 out of order',
    run: (scene) =>
      arrives(scene, async (parcel) => {
        for (const status of ['delivered', 'in_transit', 'out_for_delivery', 'pre_transit'] as const) {
          await scene.floor.say(parcel, status);
        }
      }),
  },
  {
    id: 'F28 three times',
    run: async (scene) => {
      await scene.fault('carrier', {operation: 'webhook', mode: 'duplicate', count: 20});
      await arrives(scene, (parcel) => scene.floor.say(parcel, 'in_transit', 'delivered', 'delivered'));
      claim((await scene.struck('carrier')) > 0, 'no webhook was struck');
    },
  },
  {
    id: 'F28 delivered, then in transit',
    run: (scene) => arrives(scene, (parcel) => scene.floor.say(parcel, 'delivered', 'in_transit')),
  },
  {
    id: 'F28 an unknown word, and a time to come',
    run: (scene) =>
      arrives(scene, async (parcel) => {
        const at = new Date(Date.now() + 10 * 86_400_000).toISOString();
        const tracking_code = parcel.tracking_number;
        const detail = (status: string) => ({tracking_code, status, tracking_details: [{status, datetime: at}]});
        await scene.carrierSays(detail('teleported'), `evt_word_${tracking_code}`);
        await scene.carrierSays(detail('out_for_delivery'), `evt_future_${tracking_code}`);
        await scene.floor.say(parcel, 'delivered');
      }),
  },
  {
    id: 'F28 of a parcel that is not ours',
    run: (scene) =>
      arrives(scene, async (parcel) => {
        const foreign = {tracking_code: 'FOREIGN0001', status: 'delivered', tracking_details: []};
        await scene.carrierSays(foreign, `evt_foreign_${parcel.parcel_id}`);
        await scene.floor.say(parcel, 'delivered');
      }),
  },
  {
    id: 'F28 never told: the tracker is asked',
    run: async (scene) => {
      await scene.fault('carrier', {operation: 'webhook', mode: 'drop', count: 50});
      await arrives(scene, (parcel) => scene.floor.say(parcel, 'in_transit', 'delivered'));
      await scene.struck('carrier');
    },
  },
];

export const CARRIER_CELLS: readonly ProviderCell[] = [...failures, ...purchases, ...addresses, ...tracking];
