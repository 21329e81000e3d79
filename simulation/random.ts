/** Seeded randomness: the same seed and name give the same numbers, whatever other streams were used for. */
export interface Random {
  /** in [0, 1) */
  next(): number;
  /** a whole number from `low` to `high`, both included */
  whole(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  /** a shuffled copy */
  shuffle<T>(items: readonly T[]): T[];
}

/** The stream called `name` of `seed` (mulberry32 over an FNV-1a hash of both). */
export function randomStream(seed: number, name: string): Random {
  let state = hash32(`${seed}/${name}`);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    pick: (items) => {
      if (items.length === 0) throw new Error('nothing to pick from');
      return items[whole(0, items.length - 1)] as (typeof items)[number];
    },
    chance: (probability) => next() < probability,
    shuffle: (items) => {
      const all = [...items];
      for (let i = all.length - 1; i > 0; i -= 1) {
        const j = whole(0, i);
        [all[i], all[j]] = [all[j] as (typeof items)[number], all[i] as (typeof items)[number]];
      }
      return all;
    },
  };
}

/** 32-bit FNV-1a with a final mix, so that similar texts lie far apart. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
