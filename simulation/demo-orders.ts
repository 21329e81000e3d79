import type {OrderBody} from './api-types.ts';
import {createClient} from './client.ts';
import {type WorldClock, worldClock} from './clock.ts';
import {demoLayout} from './demo-catalogue.ts';
import {closeConnections, send} from './http.ts';
import {randomStream} from './random.ts';
import {createTally} from './tally.ts';
import {carrierControl} from './world/carrier.ts';
import type {Crew} from './world/crew.ts';
import {createFloor} from './world/floor.ts';
import {playOrder} from './world/order-story.ts';
import {NO_JOURNEY, type OrderPlan} from './world/plan.ts';
import {priceBook} from './world/value.ts';

interface DemoTargets {
  api: string;
  keys: Record<string, string>;
  urls: {carrier: string | null; supplier?: string | null};
}

const PEOPLE = {
  ada: person('ada', 'Ada Example', '1 Example Street', 'New York', 'NY', '10007', 40.71, -74.0),
  ben: person('ben', 'Ben Sample', '22 Sample Road', 'Denver', 'CO', '80202', 39.75, -104.99),
  cleo: person('cleo', 'Cleo Testberg', '3 Invented Way', 'Boston', 'MA', '02108', 42.36, -71.06),
  dario: person('dario', 'Dario Fixture', '44 Fiction Avenue', 'Seattle', 'WA', '98101', 47.61, -122.33),
};

/** The order of the README: five capacity units, 50.00 USD all in, to the door in New York today. */
const SIMPLE: OrderBody = {
  ...PEOPLE.ada,
  lines: [
    {sku: 'WATER-5L', qty: 2},
    {sku: 'PHONE-X', qty: 1},
  ],
  payment_method: 'pm_card_visa',
  delivery_sla: 'SAME_DAY',
};
/** One lies in Chicago only, the other in Los Angeles only. */
const SPLIT: OrderBody = {
  ...PEOPLE.ben,
  lines: [
    {sku: 'BLANKET-WOOL', qty: 1},
    {sku: 'HEADSET-AIR', qty: 1},
  ],
  payment_method: 'pm_card_visa',
  delivery_sla: 'STANDARD',
};
/** Its maker sends it: a purchase order, its answer, its parcel. */
const DROP_SHIPPED: OrderBody = {
  ...PEOPLE.cleo,
  lines: [{sku: 'GREENHOUSE', qty: 1}],
  payment_method: 'pm_card_visa',
  delivery_sla: 'STANDARD',
};
const DECLINED: OrderBody = {
  ...PEOPLE.cleo,
  lines: [{sku: 'LAMP-DESK', qty: 1}],
  payment_method: 'pm_card_chargeDeclined',
  delivery_sla: 'TWO_DAY',
};
const WAITING: OrderBody = {
  ...PEOPLE.dario,
  lines: [
    {sku: 'MUG-BLUE', qty: 2},
    {sku: 'NOTEBOOK-A5', qty: 3},
  ],
  payment_method: 'pm_card_visa',
  delivery_sla: 'STANDARD',
};

/**
 * Something to look at after the first start: one order delivered, one delivered from two coasts, one sent by a supplier,
 * one declined, one that waits to be picked. Resolves when what is delivered is at the door; repeated, it goes on where it was.
 */
export async function playDemoOrders({api, keys, urls}: DemoTargets): Promise<void> {
  if (!urls.carrier) return;
  const clock = await clockOf(urls.carrier);
  const client = createClient({api, keys, clock});
  const crew: Crew = {
    client,
    clock,
    tally: createTally(),
    floor: createFloor(client, clock),
    carrier: carrierControl(urls.carrier, clock),
    prices: priceBook(demoLayout()),
    random: randomStream(1, 'demo'),
    tag: 'demo',
    began: clock.now(),
  };
  const declined = await client.placeOrder(DECLINED, 'demo-declined');
  if (declined.kind !== 'refused') throw new Error('the declined card of the demo was taken');
  const waiting = await client.placeOrder(WAITING, 'demo-waiting');
  if (waiting.kind === 'refused')
    throw new Error(`the demo order was refused: ${waiting.problem.detail ?? waiting.status}`);
  const ends = await Promise.all([
    playOrder(crew, planOf('simple', SIMPLE), noop),
    playOrder(crew, planOf('split', SPLIT), noop),
    ...(urls.supplier ? [playOrder(crew, planOf('drop-shipped', DROP_SHIPPED), noop)] : []),
  ]);
  closeConnections();
  const astray = ends.find(({status}) => status !== 'delivered');
  if (astray)
    throw new Error(`the ${astray.plan.name} demo order ended ${astray.status} ${astray.code ?? ''}`.trimEnd());
}

const noop = () => undefined;

function planOf(name: string, body: OrderBody): OrderPlan {
  const journey = {...NO_JOURNEY, pick: 200, hand_over: 1_000, arrive: 3_000};
  return {name, kind: name, at: 0, body, ending: 'delivered', journey};
}

/** The system's own time, told by its carrier; how fast it runs does not matter to a parcel of three seconds. */
async function clockOf(carrier: string): Promise<WorldClock> {
  const {body} = await send({method: 'GET', url: `${carrier}/_control/health`});
  return worldClock({t0: Date.parse((body as {now: string}).now), real0: Date.now(), speed: 1});
}

function person(
  id: string,
  name: string,
  line1: string,
  city: string,
  region: string,
  postal_code: string,
  lat: number,
  lng: number,
): Pick<OrderBody, 'customer' | 'ship_to' | 'device_fingerprint'> {
  return {
    customer: {id: `demo-${id}`, name, email: `${id}@example.com`, phone: '+1 212 555 0100', locale: 'en-US'},
    ship_to: {name, line1, city, region, postal_code, country: 'US', lat, lng},
    device_fingerprint: `device-demo-${id}`,
  };
}
