import {randomStream} from '../../simulation/random.ts';
import {BOUNDARIES, type Cell, type Kind, SHAPES, type Shape, type Strike, type Twist} from './catalogue.ts';

const TWISTS: readonly Twist[] = [
  'plain',
  'plain',
  'plain',
  'cancelled',
  'rejected',
  'renewed',
  'broke',
  'short',
  'lost',
  'unheard',
  'unread',
  'waved',
  'stocked',
  'supplied',
  'refunded',
  'disputed',
  'sent_back',
  'kept',
  'changed',
  'change_declined',
  'relabelled',
  'asked',
  'second_method',
  'unreviewed',
  'shop',
  'shop_gone',
  'in_bulk',
  'in_bulk_undone',
  'together',
];
const OFTEN: readonly Kind[] = ['F1', 'F2', 'F4', 'F6', 'F1', 'F2', 'F4'];
const RELAY = BOUNDARIES.filter((b) => b.where === 'relay').map((b) => b.name);
const TO_THE_FLOOR = ['planOrder', 'authorize', 'authorize.call', 'reservePlan', 'screenOrder', 'confirmPlan'];
const TO_THE_ROAD = ['openTasks', 'buyLabels', 'buyLabels.shipment', 'buyLabels.call', 'handOver'];
const LETTING_GO = ['releaseHolds', 'releaseHolds.call'];
const ON_THE_WAY: Record<Twist, readonly string[]> = {
  plain: [],
  rejected: ['planOrder', 'authorize', 'authorize.call', 'reservePlan', 'screenOrder', 'notify', ...LETTING_GO],
  cancelled: [...TO_THE_FLOOR, 'openTasks', 'notify', ...LETTING_GO],
  renewed: [],
  broke: [...TO_THE_FLOOR, 'openTasks', 'renewHold', 'renewHold.call', 'cancelLines', 'notify'],
  short: [],
  lost: [...TO_THE_FLOOR, ...TO_THE_ROAD, 'notify', ...LETTING_GO],
  unheard: [],
  unread: [],
  waved: [],
  stocked: [],
  supplied: [...TO_THE_FLOOR, 'commitDelivery', 'capture', 'capture.call', 'notify'],
  refunded: [],
  disputed: [],
  sent_back: [],
  kept: [],
  changed: [],
  change_declined: [],
  relabelled: [],
  in_bulk: [...TO_THE_FLOOR, 'openTasks', 'notify', ...LETTING_GO],
  in_bulk_undone: [],
  together: [],
  asked: [],
  second_method: [],
  unreviewed: ['planOrder', 'authorize', 'reservePlan', 'screenOrder'],
  shop: ['planOrder', 'matchShopHold', 'reservePlan', 'confirmPlan', 'openTasks'],
  shop_gone: ['planOrder', 'matchShopHold', 'cancelLines'],
};

/** The boundaries that only orders in this story pass. */
const ownOf = (shape: Shape, twist: Twist) => BOUNDARIES.filter((b) => b.twist(shape) === twist).map((b) => b.name);

/** The boundaries that an order of this shape passes in this story. */
export function reached(shape: Shape, twist: Twist): string[] {
  const own = ownOf(shape, twist);
  const usual = ownOf(shape, 'plain');
  const road = ON_THE_WAY[twist].length > 0 ? ON_THE_WAY[twist] : usual;
  return [...new Set([...own, ...road])];
}

/** `count` orders with two to four faults each; the same seed gives the same plan. */
export function randomPlan(count: number, seed: number): Cell[] {
  return Array.from({length: count}, (_, i) => randomCell(seed, i));
}

function randomCell(seed: number, index: number): Cell {
  const {pick, whole} = randomStream(seed, `cell ${index}`);
  const shape = pick(SHAPES);
  const twist = pick(TWISTS);
  // an order either meets killed processes or an outage of a day: each needs a world of its own
  // a run under way does not see the clock jump: the silence of a parcel handed over after it would last a day longer
  const kinds: readonly Kind[] = [...OFTEN, twist === 'lost' ? 'F3' : pick(['F3', 'F5'])];
  const own = ownOf(shape, twist);
  // what is special about a story is struck more often than what happens to every order
  const places = [...reached(shape, twist), ...own, ...own];
  const strikes: Strike[] = [];
  for (const wanted = whole(2, 4); strikes.length < wanted; ) {
    const kind = pick(kinds);
    const strike = {boundary: pick(places), kind};
    if (kind !== 'F5' || strikes.every((s) => s.kind !== 'F5')) strikes.push(strike);
  }
  // an overlap in the relay takes two relays that know of each other, which a killed one does not
  const killed = strikes.some((s) => s.kind === 'F3');
  for (const s of strikes) if (killed && s.kind === 'F4' && RELAY.includes(s.boundary)) s.kind = 'F2';
  return {id: `random:${seed}:${index}`, shape, twist, strikes};
}
