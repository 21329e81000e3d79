import {randomStream} from '../random.ts';
import {turnOf} from './mapping.ts';
import type {RealOrder} from './real-orders.ts';

/**
 * A seeded sample of `wanted` orders, in their order: every stratum (how it ended, whether several sellers take part)
 * in proportion, and a few of each however rare it is.
 */
export function stratifiedSample(orders: readonly RealOrder[], wanted: number, seed: number): RealOrder[] {
  if (wanted >= orders.length) return [...orders];
  const strata = new Map<string, RealOrder[]>();
  for (const order of orders) {
    const key = stratumOf(order);
    strata.set(key, [...(strata.get(key) ?? []), order]);
  }
  const quotas = quotasFor(new Map([...strata].map(([key, group]) => [key, group.length])), wanted);
  const taken = new Set<RealOrder>();
  for (const [key, group] of strata) {
    const shuffled = randomStream(seed, `sample ${key}`).shuffle(group);
    for (const order of shuffled.slice(0, quotas.get(key) ?? 0)) taken.add(order);
  }
  return orders.filter((order) => taken.has(order));
}

export function stratumOf(order: RealOrder): string {
  const sellers = new Set(order.items.map(({seller}) => seller)).size;
  return `${turnOf(order).kind}${sellers > 1 ? ' from several' : ''}`;
}

/** Shares rounded, at least `floorFor(wanted)` of each; the largest group takes what is left over or too much. */
export function quotasFor(sizes: ReadonlyMap<string, number>, wanted: number): Map<string, number> {
  const all = [...sizes.values()].reduce((a, b) => a + b, 0);
  const atLeast = floorFor(wanted);
  const quotas = new Map(
    [...sizes].map(([key, size]) => [key, Math.min(size, Math.max(atLeast, Math.round((wanted * size) / all)))]),
  );
  const bySize = [...sizes].sort(([, a], [, b]) => b - a).map(([key]) => key);
  let surplus = [...quotas.values()].reduce((a, b) => a + b, 0) - wanted;
  for (const key of bySize) {
    const quota = quotas.get(key) ?? 0;
    const change = surplus > 0 ? -Math.min(surplus, quota) : Math.min(-surplus, (sizes.get(key) ?? 0) - quota);
    quotas.set(key, quota + change);
    surplus += change;
  }
  return quotas;
}

/** Of every kind there are two in a run that proves something, one in a small one. */
const floorFor = (wanted: number) => (wanted >= 50 ? 2 : wanted >= 20 ? 1 : 0);
