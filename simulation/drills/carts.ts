import {join} from 'node:path';
import type {OrderBody, OrderView} from '../api-types.ts';
import {checkWhenQuiet} from '../check.ts';
import {type Random, randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {inParallel, layOut} from '../world/lay-out.ts';
import type {Layout} from '../world/plan.ts';
import {type Cart, nameOf, reasonsOf, wrongDelay, wrongEnd} from './cart-answers.ts';
import type {InvariantReport} from '../invariants/index.ts';
import type {DrillResult} from './main.ts';
import {countBy, type Ground, numberOf, onOwnGround, shopWith} from './support.ts';

interface Wanted {
  carts: number;
  rounds: number;
  seed: number;
}

const SKUS = 10;
/** units of each product at each of two places; enough for most carts, not for all */
const UNITS = 40;
const AT_ONCE = 40;
/** Of a hundred carts so many are cancelled whole, and of so many one line. */
const CANCELLED = 15;
const LINE_CANCELLED = 10;
const COUNTS_AFTERWARDS = 10;
const BETWEEN_COUNTS_MS = 400;

/**
 * Bar R7: carts of one to five of ten products in any order, some twice in a cart, half to be backordered; meanwhile
 * carts are cancelled and bins are counted, up and down. Every cart ends with an order or with the lines that are sold
 * out; who comes while too many do is put off by 503 or 429 with Retry-After, never by a deadlock or a defect; and the
 * stock is exact: S1 to S8.
 */
export function carts(args: readonly string[]): Promise<DrillResult> {
  const wanted: Wanted = {
    carts: numberOf(args, 'carts', 300),
    rounds: numberOf(args, 'rounds', 2),
    seed: numberOf(args, 'seed', 1),
  };
  return onOwnGround(async (ground) => {
    const layout = cartShop();
    await layOut(ground.client, layout, 'carts', () => undefined);
    const rounds: Cart[][] = [];
    const seen = {moved: 0, cancelled: 0, counts_refused: 0};
    for (let round = 0; round < wanted.rounds; round += 1) {
      const played = await playRound(ground, wanted, layout, round, seen);
      rounds.push(played);
      ground.progress.say(`  round ${round + 1}: ${JSON.stringify(tell(played))}`);
    }
    return judge(ground, wanted, rounds, seen);
  });
}

const skuOf = (i: number) => `SIM-CART-${i + 1}`;

const skus = Array.from({length: SKUS}, (_, i) => skuOf(i));
/** The odd ones may be backordered. */
const mayWait = (sku: string) => skus.indexOf(sku) % 2 === 0;

function cartShop(): Layout {
  const extra = skus.map((sku) => ({sku, units: UNITS}));
  const layout = shopWith(extra);
  for (const product of layout.products) {
    if (skus.includes(product.sku)) product.body = {...product.body, backorderable: mayWait(product.sku)};
  }
  const second = layout.bins.find(({warehouse}) => warehouse !== binOf(layout, skuOf(0)).warehouse);
  if (!second) throw new Error('the invented shop has one place only');
  for (const {sku} of extra) layout.stock.push({warehouse: second.warehouse, sku, qty: UNITS, bin: second.bin});
  return layout;
}

function binOf({stock}: Layout, wanted: string): {warehouse: string; bin: string} {
  const found = stock.find(({sku}) => sku === wanted);
  if (!found) throw new Error(`${wanted} lies nowhere`);
  return found;
}

type Seen = {moved: number; cancelled: number; counts_refused: number};

async function playRound(
  ground: Ground,
  {carts: many, seed}: Wanted,
  layout: Layout,
  round: number,
  seen: Seen,
): Promise<Cart[]> {
  const played: Cart[] = [];
  const buyers = inParallel([...Array(many).keys()], AT_ONCE, async (i) => {
    const random = randomStream(seed, `cart ${round} ${i}`);
    const cart = cartOf(random, i);
    const reply = await ground.client.placeOrderRaw(cart, `cart-${round}-${i}`);
    played.push({lines: cart.lines, reply});
    const {order_id} = (reply.body ?? {}) as {order_id?: string};
    const lot = random.whole(1, 100);
    if (reply.status >= 300 || !order_id || lot > CANCELLED + LINE_CANCELLED) return;
    await cancel(ground, order_id, lot <= CANCELLED, seen);
  });
  const counting = {over: false};
  const counts = countBins(ground, layout, randomStream(seed, `counts ${round}`), round, seen, counting);
  await buyers.finally(() => {
    counting.over = true;
  });
  await counts;
  return played;
}

function cartOf(random: Random, index: number): OrderBody {
  const picked = random.shuffle([...Array(SKUS).keys()]).slice(0, random.whole(1, 5));
  const twice = random.whole(1, 5) === 1 ? [picked[0] as number] : [];
  const lines = random.shuffle([...picked, ...twice]).map((i) => ({sku: skuOf(i), qty: random.whole(1, 2)}));
  return {...inventedShopper(random, index), lines, payment_method: 'pm_card_visa', delivery_sla: 'STANDARD'};
}

async function cancel({client}: Ground, orderId: string, whole: boolean, seen: Seen): Promise<void> {
  const order: OrderView = await client.order(orderId);
  const line = order.lines[0];
  const lines = whole || !line ? undefined : [{line_id: line.line_id, qty: line.qty}];
  const result = await client.cancel(orderId, {...(lines && {lines}), reason: 'changed my mind'}, `${orderId}-cancel`);
  if (!result.refused) seen.cancelled += 1;
}

/** Somebody counts bins all the while and some more afterwards, and finds fewer or more than there should be. */
async function countBins(
  {client, clock}: Ground,
  layout: Layout,
  random: Random,
  round: number,
  seen: Seen,
  buying: {over: boolean},
): Promise<void> {
  for (let i = 0, after = 0; after < COUNTS_AFTERWARDS; i += 1, after += buying.over ? 1 : 0) {
    await clock.pause(BETWEEN_COUNTS_MS);
    const sku = skuOf(random.whole(0, SKUS - 1));
    const {warehouse, bin} = binOf(layout, sku);
    const counted = random.whole(0, UNITS + 10);
    const booked = await client.count({warehouse, sku, bin, counted, reference: `count-${round}-${i}`});
    if (booked) seen.moved += booked.moved;
    else seen.counts_refused += 1;
  }
}

const tell = (played: readonly Cart[]) => countBy(played.map(({reply}) => nameOf(reply)));

/** Carts that were taken without a verdict, by what became of them; none may be without one for ever. */
async function verdicts({client}: Ground, ended: readonly Cart[]): Promise<Record<string, number>> {
  const undecided = ended.filter(({reply}) => reply.status === 202);
  const found: string[] = [];
  await inParallel(undecided, AT_ONCE, async ({reply}) => {
    const {status} = await client.order((reply.body as {order_id: string}).order_id);
    found.push(UNDECIDED.has(status) ? 'undecided' : status);
  });
  return countBy(found);
}

const UNDECIDED: ReadonlySet<string> = new Set(['pending', 'payment_processing']);

/** The relay looks for a run that has ended for about a minute before it drops the word for it (E2). */
const DROPPED_AFTER_MS = 75_000;

/** What is found counts when it is still there after that minute. */
async function checkAtRest({system, clock}: Ground): Promise<InvariantReport> {
  const report = await checkWhenQuiet(system);
  if (report.violations.length === 0) return report;
  await clock.pause(DROPPED_AFTER_MS);
  return checkWhenQuiet(system);
}

async function judge(
  ground: Ground,
  {carts: many, rounds}: Wanted,
  played: Cart[][],
  seen: Seen,
): Promise<DrillResult> {
  const {system, retries, putOff} = ground;
  const {violations, checked} = await checkAtRest(ground);
  const stock = violations.filter(({id}) => id.startsWith('S'));
  const put_off_because = reasonsOf(join(system.dataDir, 'logs', 'api.log'));
  const ended = played.flat();
  const told_later = await verdicts(ground, ended);
  const wrong = [...ended.map((cart) => wrongEnd(cart, mayWait)), ...putOff.map(wrongDelay)];
  const failures = [
    ...violations.slice(0, 20).map(({id, sentence}) => `${id}: ${sentence}`),
    ...Object.entries(countBy(wrong.filter((one) => one !== null))).map(([what, times]) => `${what} (${times} times)`),
    ...(ended.length === many * rounds ? [] : [`${ended.length} of ${many * rounds} carts had an answer`]),
    ...(told_later['undecided'] ? [`${told_later['undecided']} carts never had a verdict`] : []),
    ...(put_off_because['deadlock'] ? [`${put_off_because['deadlock']} clients were told of a deadlock`] : []),
  ];
  const figures = {rounds, carts: many, answers: played.map(tell), told_later, ...seen, retries, put_off_because};
  return {
    seen: {...figures, stock_violations: stock.length, checked: checked.length, violations: violations.length},
    failures,
  };
}
