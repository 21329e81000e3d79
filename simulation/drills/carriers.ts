import type {OrderBody} from '../api-types.ts';
import {checkWhenQuiet} from '../check.ts';
import {send} from '../http.ts';
import {randomStream} from '../random.ts';
import type {Crew} from '../world/crew.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {inParallel, layOut} from '../world/lay-out.ts';
import {advance} from '../world/move-along.ts';
import {type Bout, BOUTS, type CarrierName, faultOf, FROM, GOODS, type Sale} from './carriers-bouts.ts';
import type {DrillResult} from './main.ts';
import {countBy, crewOn, type Ground, numberOf, onOwnGround, shopWith} from './support.ts';

const AT_ONCE = 4;
/** Bar R26: the breaker opens within so many failures. */
const FAILURES_AT_MOST = 10;
/** So many parcels may pass before the breaker of a carrier that is well again has closed. */
const PARCELS_TO_CLOSE = 12;

interface CarrierRow {
  carrier: string;
  state: string;
  failures: number;
  probe_at: string | null;
}

interface Played extends Bout {
  orders: string[];
  /** failures at the time the breaker was seen open; null: it was never open */
  opened_after: number | null;
  /** parcels until it was closed again; null: it was not */
  closed_after: number | null;
  by: Record<string, number>;
}

/**
 * Bar R26. The carriers are unhealthy in turn, each in every way: while one is, parcels are packed, and every one of them
 * must get exactly one label, by the books of the carriers too. The breaker must have opened, and close afterwards.
 */
export function carriers(args: readonly string[]): Promise<DrillResult> {
  const [parcels, seed] = [numberOf(args, 'parcels', 8), numberOf(args, 'seed', 1)];
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  // a minute of a breaker is two seconds
  return onOwnGround(
    async (ground) => {
      const goods = Object.values(GOODS).map(({sku, weight_g}) => ({sku, weight_g, units: 10_000, place: FROM}));
      const layout = shopWith(goods);
      await layOut(ground.client, layout, 'drill', () => undefined);
      const crew = crewOn(ground, layout, {seed, tag: 'carriers'});
      const played: Played[] = [];
      for (const bout of BOUTS.filter(({name}) => only === undefined || name === only)) {
        played.push(await play(ground, crew, bout, parcels, seed));
        const {opened_after, closed_after, by} = played.at(-1) as Played;
        ground.progress.say(
          `  ${bout.carrier} ${bout.name}: ${JSON.stringify(by)}, open after ${opened_after}, closed after ${closed_after}`,
        );
      }
      ground.progress.say('  everything is delivered');
      const orders = played.flatMap((bout) => bout.orders);
      await inParallel(orders, AT_ONCE, (id) => advance(crew, id, 'delivered'));
      return judge(ground, played);
    },
    {speed: 30},
  );
}

async function play(ground: Ground, crew: Crew, bout: Bout, parcels: number, seed: number): Promise<Played> {
  const url = `${ground.system.urls.carrier}/_control/faults`;
  const orders: string[] = [];
  const next = async () => void orders.push(await packed(crew, bout, `${orders.length}`, seed));
  await send({method: 'POST', url, body: faultOf(bout)});
  await inParallel([...Array(parcels).keys()], AT_ONCE, (i) =>
    packed(crew, bout, `sick-${i}`, seed).then((id) => void orders.push(id)),
  );
  const open = await rowOf(ground, bout.carrier);
  await send({method: 'DELETE', url});
  let closed: number | null = null;
  for (let i = 0; closed === null && i < PARCELS_TO_CLOSE; i += 1) {
    const {state, probe_at} = await rowOf(ground, bout.carrier);
    if (state === 'closed') closed = i;
    else {
      await ground.clock.until(probe_at ? Date.parse(probe_at) : 0);
      await next();
    }
  }
  const {sales} = await salesOf(ground, orders);
  return {
    ...bout,
    orders,
    opened_after: open.state === 'closed' ? null : open.failures,
    closed_after: closed,
    by: countBy(sales.map(({carrier}) => carrier)),
  };
}

/** An order whose one parcel would choose the bout's carrier and has a label; returns its id. */
async function packed(crew: Crew, {carrier, name}: Bout, what: string, seed: number): Promise<string> {
  const key = `${carrier}-${name}-${what}`;
  const {sku, to, sla} = GOODS[carrier];
  const shopper = inventedShopper(randomStream(seed, key), Number(/\d+$/.exec(key)?.[0] ?? 0));
  const body: OrderBody = {
    ...shopper,
    ship_to: {...shopper.ship_to, ...to},
    lines: [{sku, qty: 1}],
    payment_method: 'pm_card_visa',
    delivery_sla: sla,
  };
  const answer = await crew.client.placeOrder(body, `carriers-${key}`);
  if (answer.kind === 'refused') throw new Error(`an order was refused: ${answer.problem.detail ?? answer.status}`);
  const id = answer.order.order_id;
  for (let tries = 0; (await crew.client.order(id)).sub_orders.length === 0; tries += 1) {
    if (tries > 200) throw new Error(`order ${id} is not planned`);
    await crew.clock.pause(100);
  }
  await advance(crew, id, 'packed');
  return id;
}

async function rowOf({system}: Ground, carrier: CarrierName): Promise<CarrierRow> {
  const headers = {Authorization: `Bearer ${system.keys.ops}`};
  const {body} = await send({method: 'GET', url: `${system.urls.api}/v1/carriers`, headers});
  const row = (body as {carriers: CarrierRow[]}).carriers.find((one) => one.carrier === carrier);
  return row ?? {carrier, state: 'closed', failures: 0, probe_at: null};
}

/** What the carriers sold for the parcels of these orders, by their own books. */
async function salesOf({client, system}: Ground, orders: readonly string[]): Promise<Sold> {
  const {body} = await send({method: 'GET', url: `${system.urls.carrier}/_control/ledger`});
  const {shipments} = body as {shipments: Sale[]};
  const views = await Promise.all(orders.map((id) => client.order(id)));
  const parcels = views.flatMap(({sub_orders}) => sub_orders.flatMap((sub) => sub.parcels));
  const ids = new Set(parcels.map(({parcel_id}) => parcel_id));
  const sales = shipments.filter(({reference, bought_at}) => ids.has(reference ?? '') && bought_at !== null);
  return {parcels: ids.size, sales};
}

interface Sold {
  parcels: number;
  sales: Sale[];
}

async function judge(ground: Ground, played: readonly Played[]): Promise<DrillResult> {
  const orders = played.flatMap((bout) => bout.orders);
  const {parcels, sales} = await salesOf(ground, orders);
  const once = new Set(sales.map(({reference}) => reference)).size;
  const {violations, checked} = await checkWhenQuiet(ground.system);
  const shuts = played.filter(({shuts}) => shuts);
  const failures = [
    ...(once === parcels ? [] : [`${parcels - once} of ${parcels} parcels have no label`]),
    ...(sales.length === once ? [] : [`${sales.length - once} labels too many were sold`]),
    ...shuts.flatMap(({carrier, name, opened_after, closed_after}) => [
      ...(opened_after !== null && opened_after <= FAILURES_AT_MOST
        ? []
        : [
            `${carrier} ${name}: the breaker ${opened_after === null ? 'never opened' : `opened after ${opened_after}`}`,
          ]),
      ...(closed_after === null ? [`${carrier} ${name}: the breaker never closed again`] : []),
    ]),
    ...violations.map(({id, sentence}) => `inv ${id}: ${sentence}`),
  ];
  return {
    seen: {
      bouts: played.length,
      orders: orders.length,
      parcels,
      labelled_once: once,
      labels: sales.length,
      opened_after_at_most: Math.max(...shuts.map(({opened_after}) => opened_after ?? Number.POSITIVE_INFINITY)),
      closed_after_parcels_at_most: Math.max(
        ...shuts.map(({closed_after}) => closed_after ?? Number.POSITIVE_INFINITY),
      ),
      checked: checked.length,
      violations: violations.length,
    },
    failures,
  };
}
