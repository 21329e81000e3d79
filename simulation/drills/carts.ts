import type {OrderBody, OrderView} from '../api-types.ts';
import {checkWhenQuiet} from '../check.ts';
import {type Random, randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {inParallel, layOut} from '../world/lay-out.ts';
import type {Layout} from '../world/plan.ts';
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
 * carts are cancelled and bins are counted, up and down. Nobody is served an error, and the stock is exact: S1 to S8.
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
    const answers: Record<string, number>[] = [];
    const seen = {moved: 0, cancelled: 0, counts_refused: 0};
    for (let round = 0; round < wanted.rounds; round += 1) {
      answers.push(await playRound(ground, wanted, layout, round, seen));
      ground.progress.say(`  round ${round + 1}: ${JSON.stringify(answers.at(-1))}`);
    }
    return judge(ground, wanted, answers, seen);
  });
}

const skuOf = (i: number) => `SIM-CART-${i + 1}`;

/** The odd ones may be backordered. */
function cartShop(): Layout {
  const extra = Array.from({length: SKUS}, (_, i) => ({sku: skuOf(i), units: UNITS}));
  const layout = shopWith(extra);
  for (const product of layout.products) {
    const index = extra.findIndex(({sku}) => sku === product.sku);
    if (index >= 0) product.body = {...product.body, backorderable: index % 2 === 0};
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
): Promise<Record<string, number>> {
  const answers: string[] = [];
  const buyers = inParallel([...Array(many).keys()], AT_ONCE, async (i) => {
    const random = randomStream(seed, `cart ${round} ${i}`);
    const reply = await ground.client.placeOrderRaw(cartOf(random, i), `cart-${round}-${i}`);
    const {code, order_id} = (reply.body ?? {}) as {code?: string; order_id?: string};
    answers.push(`${reply.status}${code ? ` ${code}` : ''}`);
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
  return countBy(answers);
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

async function judge(
  {system, retries}: Ground,
  {carts: many, rounds}: Wanted,
  answers: Record<string, number>[],
  seen: Seen,
): Promise<DrillResult> {
  const {violations, checked} = await checkWhenQuiet(system);
  const stock = violations.filter(({id}) => id.startsWith('S'));
  const known = new Set(['201', '202', '409 out_of_stock']);
  const others = answers.flatMap((count) => Object.keys(count).filter((name) => !known.has(name)));
  const failures = [
    ...violations.slice(0, 20).map(({id, sentence}) => `${id}: ${sentence}`),
    ...others.map((name) => `a cart was answered ${name}`),
    ...Object.entries(retries)
      .filter(([status]) => Number(status) === 500)
      .map(([status, times]) => `${times} answers of ${status}`),
  ];
  const figures = {rounds, carts: many, answers, ...seen, retries, stock_violations: stock.length};
  return {seen: {...figures, checked: checked.length, violations: violations.length}, failures};
}
