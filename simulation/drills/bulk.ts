import type {OrderBody} from '../api-types.ts';
import {checkWhenQuiet} from '../check.ts';
import {send} from '../http.ts';
import {randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {layOut} from '../world/lay-out.ts';
import type {DrillResult} from './main.ts';
import {countBy, type Ground, liveHolds, numberOf, onOwnGround, settled, shopWith} from './support.ts';

interface Wanted {
  orders: number;
  /** the worker is killed whenever so many more orders were shown or acted on; 0 is never */
  killEvery: number;
  seed: number;
}

interface Bulk {
  bulk_id: string;
  state: string;
  shown: number;
  possible: number | null;
  counts: Record<'waiting' | 'done' | 'refused' | 'skipped', number>;
  refusals: {code: string; orders: number}[];
}

const SKU = 'DRILL-BULK';
const AT_ONCE = 8;
/** Real milliseconds for an act on all of them, and for one order to be taken. */
const PATIENCE = 900_000;
const SETTLING = 60_000;

/** Many orders are held back, released and cancelled at once while the worker is killed in the middle of each. */
export function bulk(args: readonly string[]): Promise<DrillResult> {
  const wanted: Wanted = {
    orders: numberOf(args, 'orders', 500),
    killEvery: numberOf(args, 'kill-every', 125, 0),
    seed: numberOf(args, 'seed', 1),
  };
  return onOwnGround(async (ground) => {
    const {client, progress, system} = ground;
    await layOut(client, shopWith([{sku: SKU, units: wanted.orders}]), 'drill', () => undefined);
    const ids = await placeAll(ground, wanted);
    progress.say(`  ${ids.length} orders; the worker is killed after each ${wanted.killEvery}`);
    const killing = killAsItGoes(() => system.own?.kill('worker-1'), wanted.killEvery);
    const acts = await actThrice(ground, ids, killing);
    const held = await settled(
      () => liveHolds(system),
      (holds) => holds.length === 0,
      120_000,
    );
    const report = await checkWhenQuiet(system);
    const seconds = Object.fromEntries(acts.map(({name, seconds: s}) => [`${name}_s`, s]));
    return {
      seen: {orders: ids.length, kills: killing.kills(), ...seconds, live_holds: held.length},
      failures: [
        ...acts.flatMap(({failures}) => failures),
        ...(held.length === 0 ? [] : [`${held.length} holds of cancelled orders are alive`]),
        ...report.violations.map(({id, sentence}) => `${id}: ${sentence}`),
      ],
    };
  });
}

async function placeAll({client}: Ground, {orders, seed}: Wanted): Promise<string[]> {
  const ids: string[] = [];
  let next = 0;
  const hand = async () => {
    while (next < orders) {
      next += 1;
      const key = `drill-bulk-${next}`;
      const body: OrderBody = {
        ...inventedShopper(randomStream(seed, key), next),
        lines: [{sku: SKU, qty: 1}],
        payment_method: 'pm_card_visa',
        delivery_sla: 'STANDARD',
      };
      const answer = await client.placeOrder(body, key);
      if (answer.kind === 'refused') throw new Error(`an order was refused: ${JSON.stringify(answer.problem)}`);
      await waitsForPicker(client, answer.order.order_id);
      ids.push(answer.order.order_id);
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, hand));
  return ids;
}

/** Until nothing goes on with an order by itself: whoever is shown it sees what they will act on. */
async function waitsForPicker(client: Ground['client'], id: string): Promise<void> {
  const look = () => client.order(id);
  const {waiting_on} = await settled(look, (order) => order.waiting_on?.name === 'pick', SETTLING);
  if (waiting_on?.name !== 'pick') throw new Error(`order ${id} waits for ${waiting_on?.name}`);
}

type Killing = ReturnType<typeof killAsItGoes>;

/** Each life of the worker comes to something: it would never be done if the clock alone said when it ends. */
function killAsItGoes(kill: () => void, every: number) {
  let kills = 0;
  let next = every;
  return {
    kills: () => kills,
    anew: () => {
      next = every;
    },
    see: ({shown, counts: {done, refused}}: Bulk) => {
      const progress = shown + done + refused;
      if (every === 0 || progress < next) return;
      next = progress + every;
      kills += 1;
      kill();
    },
  };
}

interface Acted {
  name: string;
  seconds: number;
  failures: string[];
}

/** What was held is released by undoing it; nothing of it is refused, since nobody else touches these orders. */
async function actThrice(ground: Ground, ids: readonly string[], killing: Killing): Promise<Acted[]> {
  const act = (name: string, begin: () => Promise<Bulk>) => actOn(ground, killing, name, begin);
  const hold = await act('hold', () => post(ground, '/v1/ops/bulk', bodyOf('hold', ids), 'drill-hold'));
  const undone = await act('undo', () =>
    post(ground, `/v1/ops/bulk/${hold.bulk_id}/undo`, {reason: 'the drill goes on'}, 'drill-undo'),
  );
  const cancel = await act('cancel', () => post(ground, '/v1/ops/bulk', bodyOf('cancel', ids), 'drill-cancel'));
  return [hold, undone, cancel];
}

const bodyOf = (kind: string, orders: readonly string[]) => ({kind, orders, reason: 'a drill'});

async function actOn(
  ground: Ground,
  killing: Killing,
  name: string,
  begin: () => Promise<Bulk>,
): Promise<Acted & Pick<Bulk, 'bulk_id'>> {
  const began = Date.now();
  killing.anew();
  const {bulk_id} = await begin();
  const path = `/v1/ops/bulk/${bulk_id}`;
  const look = async () => {
    const bulk = await get(ground, path);
    killing.see(bulk);
    return bulk;
  };
  const shown = await settled(look, ({state}) => state !== 'previewing', PATIENCE);
  if (shown.state === 'ready') await post(ground, `${path}/confirm`, {orders: shown.possible}, `drill-go-${bulk_id}`);
  const {state, counts, refusals} = await settled(look, (one) => ENDED.includes(one.state), PATIENCE);
  const seconds = Math.round((Date.now() - began) / 1_000);
  ground.progress.say(`  ${name}: ${state} after ${seconds} s ${JSON.stringify(counts)}`);
  const fine = state === 'done' && counts.waiting + counts.refused + counts.skipped === 0;
  const told = countBy(refusals.flatMap(({code, orders}) => Array.from({length: orders}, () => code)));
  return {
    name,
    bulk_id,
    seconds,
    failures: fine ? [] : [`${name} is ${state}: ${JSON.stringify({...counts, ...told})}`],
  };
}

const ENDED: readonly string[] = ['done', 'stopped', 'dropped'];

const post = (ground: Ground, path: string, body: object, key: string) => ask(ground, 'POST', path, body, key);
const get = (ground: Ground, path: string) => ask(ground, 'GET', path);

/** Asks until the interface has an answer. */
async function ask({system}: Ground, method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Bulk> {
  const headers = {authorization: `Bearer ${system.keys['ops']}`, ...(key && {'idempotency-key': key})};
  for (;;) {
    const reply = await send({method, url: `${system.urls.api}${path}`, headers, ...(body && {body})}).catch(
      () => null,
    );
    if (reply?.status === 200) return reply.body as Bulk;
    const isBusy = !reply || reply.status >= 500 || reply.status === 429;
    if (!isBusy) throw new Error(`${path} was answered ${reply.status} ${JSON.stringify(reply.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
