import {inventedWorld} from '../world/invented.ts';
import {DAY, type Layout, type OrderPlan, type World} from '../world/plan.ts';

/** How long one of the world's weeks may take; real milliseconds. */
export interface Pace {
  /** how long everything is disturbed */
  disturbedMs: number;
  /** virtual milliseconds per real one */
  speed: number;
}

/** So much of the disturbed time passes while orders still come in. */
const ARRIVALS = 0.75;
const MS_PER_ORDER = 650;
const SHORTEST_MS = 40_000;
const LONGEST_MS = 300_000;
/** A parcel lost at the beginning is given up at the end of the disturbed time, but not before so many milliseconds. */
const SHORTEST_LOSS_MS = 65_000;
/**
 * The longest way of an order that is not lost, pressed into so much real time: every open run is played again by the
 * worker that takes over from a dead one, so the fewer are open at a time, the more is done between two kills.
 */
const WAY_MS = 25_000;

/**
 * The clock for `orders`: a parcel given up after `lostAfter` (virtual) must be given up in the run, and the clock go no
 * faster than that, because an outage of seconds must not outlive a hold of seven days.
 */
export function paceOf(orders: number, lostAfter: number, asked: {minutes?: number; speed?: number}): Pace {
  const byOrders = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, orders * MS_PER_ORDER));
  const disturbedMs = asked.minutes ? asked.minutes * 60_000 : byOrders;
  return {
    disturbedMs,
    speed: asked.speed ?? Math.round((lostAfter + DAY) / Math.max(SHORTEST_LOSS_MS, disturbedMs)),
  };
}

/** The invented world with a few products that several shoppers want at the same moment. */
export function chaosWorld(orders: number, seed: number, {disturbedMs, speed}: Pace): World {
  const rivals = rivalsOf(orders);
  const rate = orders / ((disturbedMs * ARRIVALS) / 1_000);
  const world = inventedWorld({orders: orders - rivals.length * RIVALS, seed, rate, speed, lossPossible: true});
  const longest = world.plans.reduce((max, {journey}) => Math.max(max, journey.arrive), 1);
  const press = Math.min(1, (WAY_MS * speed) / longest);
  const plans = [
    ...world.plans.map((plan) => pressed(plan, press)),
    ...rivals.flatMap((sku, i) => race(world, sku, i, press)),
  ];
  return {
    ...world,
    title: `${orders} orders in an invented shop, disturbed for ${Math.round(disturbedMs / 1_000)} s, clock ${speed} times as fast`,
    layout: withRivalry(world.layout, rivals),
    plans: plans.sort((a, b) => a.at - b.at),
    placeable: orders,
  };
}

/** Shoppers who want the same thing at once, and how many of them can have it. */
const RIVALS = 4;
const UNITS = 2;

function rivalsOf(orders: number): string[] {
  if (orders < 20) return [];
  return Array.from({length: orders < 100 ? 1 : 4}, (_, i) => `SIM-RIVAL-${i + 1}`);
}

function withRivalry(layout: Layout, skus: readonly string[]): Layout {
  const bin = layout.bins[0];
  const like = layout.products[0];
  if (!bin || !like) throw new Error('the invented shop is empty');
  for (const sku of skus) {
    layout.products.push({sku, body: {...like.body, name: 'Rare thing', barcode: `RARE-${sku}`, backorderable: false}});
    layout.stock.push({warehouse: bin.warehouse, sku, qty: UNITS, bin: bin.bin});
  }
  return layout;
}

/** Rivals are like a plain order of the world, but for what they want and when. */
function race(world: World, sku: string, index: number, press: number): OrderPlan[] {
  const plain = world.plans.filter(({kind}) => kind === 'plain');
  return Array.from({length: RIVALS}, (_, rival) => {
    const like = plain[(index * RIVALS + rival) % plain.length];
    if (!like) throw new Error('the world has no plain order');
    const name = `rival${index}-${rival}`;
    const {customer} = like.body;
    const body = {...like.body, customer: {...customer, id: `${customer.id}-${name}`}, lines: [{sku, qty: 1}]};
    const when = world.plans[Math.floor((world.plans.length * (index + 0.5)) / 5)]?.at ?? 0;
    return {...pressed(like, press), name, kind: 'rival', ending: 'contested' as const, at: when, body};
  });
}

/** Pick, hand-over, arrival, cancellation and restock come sooner, in the same proportions. */
function pressed(plan: OrderPlan, press: number): OrderPlan {
  const times = (ms: number) => Math.round(ms * press);
  const {pick, hand_over, arrive} = plan.journey;
  return {
    ...plan,
    journey: {...plan.journey, pick: times(pick), hand_over: times(hand_over), arrive: times(arrive)},
    ...(plan.cancel && {cancel: {...plan.cancel, after: times(plan.cancel.after)}}),
    ...(plan.restock && {restock: {...plan.restock, after: times(plan.restock.after)}}),
  };
}
