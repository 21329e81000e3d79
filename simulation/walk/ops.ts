import {send} from '../http.ts';
import {advancePart} from '../world/move-along.ts';
import {signIn} from './doors.ts';
import {buy} from './shop.ts';
import {until, type Walk} from './walk.ts';
import type {Window} from './window.ts';

const LINES = [{sku: 'NOTEBOOK-A5', qty: 1}];
/** Parcels that are packed at most until a breaker has opened, or closed again. */
const PARCELS = 8;

interface Scene {
  walk: Walk;
  window: Window;
  carrier: string;
}

/** A carrier goes down in the middle of the day, is worked around, and comes back. */
export async function ops(walk: Walk): Promise<void> {
  const {step, doors} = walk;
  const window = await walk.open('desktop');
  const scene = {walk, window} as Scene;
  await step('ops: signs in and sees where the work of the day stands', async () => {
    await signIn(window, doors.office['ops'], '/desk/ops');
    await window.sees('Where the work stands');
    await window.look('ops-today');
  });
  await goDown(scene);
  await comeBack(scene);
  await lookAround(scene);
  await window.close();
}

/** Sends a parcel as far as its label; the carrier that sold it. */
async function pack({crew}: Walk): Promise<string> {
  const {order_id, sub_orders} = await buy(crew, {name: 'Pat Parcel', lines: LINES});
  for (const part of sub_orders) await advancePart(crew, order_id, part, 'packed');
  return (await crew.client.order(order_id)).sub_orders[0]?.parcels[0]?.carrier ?? '';
}

/** Packs until one carrier, or any but one, has sold a label. */
async function packUntil(walk: Walk, what: string, done: (carrier: string) => boolean): Promise<void> {
  for (let n = 0; n < PARCELS; n += 1) if (done(await pack(walk))) return;
  throw new Error(`${PARCELS} parcels were packed, and ${what}`);
}

const card = ({window, carrier}: Scene) => window.page.getByRole('region', {name: carrier});
const sees = (scene: Scene, words: string | RegExp) => card(scene).getByText(words).first().waitFor();
const faults = ({walk: {system}}: Scene) => `${system.urls.carrier}/_control/faults`;

async function goDown(scene: Scene): Promise<void> {
  const {walk, window} = scene;
  await walk.step('ops: sees a carrier go down', async () => {
    scene.carrier = await pack(walk);
    await window.go('/desk/ops/carriers');
    await sees(scene, 'Well');
    const operation = `shipment.buy.${scene.carrier}`;
    const reply = await send({
      ...{method: 'POST', url: faults(scene)},
      body: {operation, mode: 'status', status: 503, count: 1_000},
    });
    if (reply.status >= 300) throw new Error(`the carrier's control answered ${reply.status}`);
    const page = window.page.getByRole('region', {name: scene.carrier}).getByText('Down, routed around').first();
    await packUntil(walk, 'its breaker is not open', (sold) => sold !== scene.carrier);
    for (let n = 0; n < PARCELS && !(await page.isVisible()); n += 1) await pack(walk);
    await sees(scene, 'Down, routed around');
  });
  await walk.step('ops: sees who has its parcels now', async () => {
    await pack(walk);
    await sees(scene, /\d+ to /);
    await window.look('ops-carrier-down');
  });
  await walk.step('ops: is told so by the wallboard', async () => {
    await window.go('/desk/ops/wall');
    await window.sees(`${scene.carrier} is down`);
    await window.look('ops-wall-down');
  });
}

async function comeBack(scene: Scene): Promise<void> {
  const {walk, window} = scene;
  await walk.step('ops: sees the carrier tried out by one parcel, and come back', async () => {
    await send({method: 'DELETE', url: faults(scene)});
    await window.go('/desk/ops/carriers');
    await sees(scene, 'Down, routed around');
    await until('the next parcel to try it out', () =>
      card(scene).getByText('The next parcel that would take it tries it out').isVisible(),
    );
    await packUntil(walk, `none went with ${scene.carrier}`, (sold) => sold === scene.carrier);
    await sees(scene, 'Well again');
    await window.look('ops-carrier-back');
  });
}

const PAGES = ['risk', 'exceptions', 'many', 'figures', 'switches'] as const;

async function lookAround({walk, window}: Scene): Promise<void> {
  await walk.step('ops: looks at the wallboard again, and all is well', async () => {
    await window.go('/desk/ops/wall');
    await window.sees('All on, all carriers well');
    await window.look('ops-wall');
  });
  for (const page of PAGES) {
    await walk.step(`ops: looks at ${page}`, async () => {
      await window.go(`/desk/ops/${page}`);
      await window.page.getByRole('heading', {level: 1}).first().waitFor();
      await window.page.locator('.ui-skeleton').first().waitFor({state: 'detached'});
      await window.look(`ops-${page}`);
    });
  }
}
