import type {Options} from './options.ts';
import {paceFor, paceSentence, pressJourneys, SLOWEST_WITH_LOSS, squeezeArrivals} from './schedule.ts';
import {inventedWorld} from './world/invented.ts';
import type {World} from './world/plan.ts';

export interface Chosen {
  world: World;
  speed: number;
}

const DEFAULT_ORDERS = 60;
const DEFAULT_BASKETS = 2_000;
/** Twelve hours a second: a lost parcel is given up after a minute. */
const INVENTED_SPEED = 43_200;

/** The world the options ask for, and the clock it needs; `given` is the clock of a system that runs already. */
export async function chooseWorld(options: Options, given: number | undefined): Promise<Chosen> {
  const asked = given ?? options.speed;
  if (options.baskets) {
    const {basketWorld} = await import('./data/baskets.ts');
    const speed = asked ?? INVENTED_SPEED;
    const world = await basketWorld({
      ...options,
      baskets: options.baskets,
      orders: options.orders ?? DEFAULT_BASKETS,
      speed,
    });
    return paced(world, speed);
  }
  if (options.data) {
    const {realWorld} = await import('./data/real-world.ts');
    const world = await realWorld({
      folder: options.data,
      seed: options.seed,
      ...(options.orders && {orders: options.orders}),
    });
    const spanMs = world.plans.at(-1)?.at ?? 0;
    const pace = paceFor({spanMs, orders: world.plans.length, rate: options.rate, speed: asked});
    const notes = [...world.notes, paceSentence(pace, world.plans.length, spanMs)];
    if (pace.speed < SLOWEST_WITH_LOSS)
      notes.push('lost parcels are given up after 30 days: on this clock that takes long');
    return paced({...world, notes, plans: squeezeArrivals(world.plans, pace.squeeze)}, pace.speed);
  }
  const speed = asked ?? INVENTED_SPEED;
  const {seed, rate} = options;
  const orders = options.orders ?? DEFAULT_ORDERS;
  return paced(inventedWorld({orders, seed, rate, speed, lossPossible: speed >= SLOWEST_WITH_LOSS}), speed);
}

function paced(world: World, speed: number): Chosen {
  return {world: {...world, plans: pressJourneys(world.plans, speed)}, speed};
}
