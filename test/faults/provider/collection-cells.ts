import {freshKey} from '../../support/api.ts';
import {until} from '../../support/until.ts';
import {FAILURES} from './carrier-cells.ts';
import {type Bought, claim, type ProviderCell, type Scene} from './scene.ts';

interface Books {
  scan_forms: {tracking_codes: string[]}[];
  pickups: {reference: string; status: string}[];
}
interface Pickup {
  pickup_id: string;
  state: string;
  failure: string | null;
}

const books = async ({world}: Scene): Promise<Books> =>
  (await (await fetch(`${world.carrierUrl}/_control/ledger`)).json()) as Books;
const lead = ({world}: Scene) => world.api.as('warehouse_lead');
const EAST = '/v1/warehouses/EAST';

/** A parcel with its label at the door. */
async function atTheDoor(scene: Scene): Promise<Bought & {carrier: string; tracking: string}> {
  const bought = await scene.buy();
  await scene.floor.pick(bought.east);
  const [parcel] = await scene.floor.pack(bought.id, bought.east);
  claim(parcel?.tracking_number !== undefined, 'nothing is at the door');
  return {...bought, carrier: parcel.carrier ?? '', tracking: parcel.tracking_number ?? ''};
}

async function toTheDoor(scene: Scene, bought: Bought): Promise<void> {
  await scene.floor.carry(bought.id, bought.east);
  await scene.paid(bought);
}

async function formed(scene: Scene, failure: object): Promise<void> {
  const ready = await atTheDoor(scene);
  await scene.fault('carrier', {operation: 'scan_form.create', ...failure});
  const {body} = await lead(scene).post(`${EAST}/manifests`, {carrier: ready.carrier}, freshKey()).expect(200);
  const {prisma} = scene.world.api.store;
  const look = () => prisma.manifests.findUnique({where: {id: (body as {manifest_id: string}).manifest_id}});
  await until('the form to be made', async () => (await look())?.state === 'made', look);
  const {scan_forms} = await books(scene);
  const many = scan_forms.filter(({tracking_codes}) => tracking_codes.includes(ready.tracking)).length;
  claim(many === 1, `the parcel is on ${many} forms`);
  claim((await scene.struck('carrier')) > 0, 'the fault never struck');
  await toTheDoor(scene, ready);
}

const coming = async (scene: Scene, id: string): Promise<number> =>
  (await books(scene)).pickups.filter(({reference, status}) => reference.startsWith(id) && status === 'scheduled')
    .length;

const becomes = (scene: Scene, id: string, state: string): Promise<Pickup> => {
  const look = async () =>
    ((await lead(scene).get(`${EAST}/pickups?limit=100`).expect(200)).body as Pickup[]).find(
      (one) => one.pickup_id === id,
    );
  const ready = async () => {
    const found = await look();
    return found?.state === state && found;
  };
  return until(`pickup ${id} to be ${state}`, ready, look);
};

const want = async (scene: Scene, carrier: string): Promise<string> =>
  ((await lead(scene).post(`${EAST}/pickups`, {carrier}, freshKey()).expect(200)).body as Pickup).pickup_id;

async function callOff(scene: Scene, id: string): Promise<void> {
  await lead(scene).post(`/v1/pickups/${id}/cancel`, {}).expect(200);
  await becomes(scene, id, 'cancelled');
  const left = await coming(scene, id);
  claim(left === 0, `${left} drivers come for a pickup that was called off`);
}

/** Booked under the fault, or called off under it: one driver, then none. */
async function fetched(scene: Scene, operation: string, failure: object): Promise<void> {
  const ready = await atTheDoor(scene);
  const fault = () => scene.fault('carrier', {operation, ...failure});
  if (operation !== 'pickup.cancel') await fault();
  const id = await want(scene, ready.carrier);
  await becomes(scene, id, 'booked');
  const many = await coming(scene, id);
  claim(many === 1, `${many} drivers come for one pickup`);
  if (operation === 'pickup.cancel') await fault();
  await callOff(scene, id);
  claim((await scene.struck('carrier')) > 0, 'the fault never struck');
  await toTheDoor(scene, ready);
}

const named = (operation: string, run: (scene: Scene, failure: object) => Promise<void>): ProviderCell[] =>
  Object.entries(FAILURES).map(([name, failure]) => ({
    id: `${name} (${operation})`,
    run: (scene) => run(scene, failure),
  }));

export const COLLECTION_CELLS: readonly ProviderCell[] = [
  ...named('scan_form.create', formed),
  ...['pickup.create', 'pickup.buy', 'pickup.cancel'].flatMap((operation) =>
    named(operation, (scene, failure) => fetched(scene, operation, failure)),
  ),
  {
    id: 'F26 a carrier offers no pickup: it is told, and asked again',
    run: async (scene) => {
      const ready = await atTheDoor(scene);
      await scene.fault('carrier', {operation: `pickup.rates.${ready.carrier}`, mode: 'drop'});
      const id = await want(scene, ready.carrier);
      const {failure} = await becomes(scene, id, 'refused');
      claim(failure === 'no_pickups', `it was refused for ${failure}`);
      claim((await coming(scene, id)) === 0, 'a driver comes all the same');
      await want(scene, ready.carrier);
      await becomes(scene, id, 'booked');
      await callOff(scene, id);
      await toTheDoor(scene, ready);
    },
  },
  {
    id: 'F29 a pickup is called off while it is booked',
    run: async (scene) => {
      const ready = await atTheDoor(scene);
      await scene.fault('carrier', {operation: 'pickup.buy', mode: 'delay', when: 'after', delay_ms: 2_000});
      const id = await want(scene, ready.carrier);
      await until('it to be booked there', async () => (await coming(scene, id)) === 1);
      await callOff(scene, id);
      await toTheDoor(scene, ready);
    },
  },
];
