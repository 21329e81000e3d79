import {type Random, randomStream} from '../random.ts';
import {type Weather, WEATHERS} from './proxy.ts';

export const OURS = ['api', 'worker-1', 'worker-2', 'relay'] as const;
export const EMULATORS = ['stripe', 'carrier', 'mail'] as const;
export const PLACES = ['stripe', 'carrier', 'postgres', 'temporal'] as const;
export const FORGERIES = [
  'wrong_amount',
  'wrong_currency',
  'wrong_order',
  'foreign_hold',
  'bad_signature',
  'stale',
  'bad_tracker',
] as const;

export type Victim = (typeof OURS)[number] | (typeof EMULATORS)[number] | 'postgres' | 'temporal';
export type Place = (typeof PLACES)[number];
export type Forgery = (typeof FORGERIES)[number];

/** Something bad, `at` real milliseconds after the first order. */
export type Step =
  | {at: number; do: 'kill'; victim: Victim}
  | {at: number; do: 'network'; place: Place; weather: Weather; ms: number}
  | {at: number; do: 'webhook'; forgery: Forgery};

/** Real milliseconds between two of a kind: from, to. */
const EVERY = {
  ours: [2_000, 5_000],
  postgres: [20_000, 30_000],
  emulator: [25_000, 45_000],
  network: [3_000, 6_000],
  webhook: [2_000, 4_000],
} as const;
const TEMPORAL_KILLS = 2;
/** How long a stretch of bad network lasts. */
const LASTS: Record<Weather, readonly [number, number]> = {
  delay: [1_500, 3_000],
  cut: [300, 900],
  refuse: [800, 2_000],
  blackhole: [1_500, 4_000],
};
/** The same between us and a provider, where less goes to and fro; nothing gets through for longer than an attempt has. */
const LASTS_OUTSIDE: Record<Weather, readonly [number, number]> = {
  delay: [3_000, 6_000],
  cut: [2_000, 4_000],
  refuse: [2_000, 4_000],
  blackhole: [4_000, 9_000],
};

/**
 * Everything bad that is to happen in `longest` real milliseconds, oldest first; the kills of Temporal come in the first
 * `ms` of them. The same for the same seed and lengths.
 */
export function chaosSchedule(seed: number, ms: number, longest = ms): Step[] {
  const draw = (name: string) => randomStream(seed, `chaos ${name}`);
  const ours = draw('ours');
  const emulators = draw('emulators');
  const network = draw('network');
  const webhooks = draw('webhooks');
  const pairs = dealt(
    network,
    PLACES.flatMap((place) => WEATHERS.map((weather) => ({place, weather}))),
  );
  const [names, houses, forgeries] = [dealt(ours, OURS), dealt(emulators, EMULATORS), dealt(webhooks, FORGERIES)];
  const steps: Step[] = [
    ...times(ours, EVERY.ours, longest).map((at): Step => ({at, do: 'kill', victim: names()})),
    ...times(draw('postgres'), EVERY.postgres, longest).map((at): Step => ({at, do: 'kill', victim: 'postgres'})),
    ...temporalKills(draw('temporal'), ms).map((at): Step => ({at, do: 'kill', victim: 'temporal'})),
    ...times(emulators, EVERY.emulator, longest).map((at): Step => ({at, do: 'kill', victim: houses()})),
    ...times(network, EVERY.network, longest).map((at): Step => {
      const {place, weather} = pairs();
      const lasts = place === 'stripe' || place === 'carrier' ? LASTS_OUTSIDE : LASTS;
      return {at, do: 'network', place, weather, ms: network.whole(...lasts[weather])};
    }),
    ...times(webhooks, EVERY.webhook, longest).map((at): Step => ({at, do: 'webhook', forgery: forgeries()})),
  ];
  return steps.sort((a, b) => a.at - b.at);
}

function times(random: Random, [from, to]: readonly [number, number], ms: number): number[] {
  const all: number[] = [];
  for (let at = random.whole(from, to); at < ms; at += random.whole(from, to)) all.push(at);
  return all;
}

/** One in each half of the time, away from its ends. */
function temporalKills(random: Random, ms: number): number[] {
  return Array.from({length: TEMPORAL_KILLS}, (_, i) =>
    Math.round(((i + 0.25 + random.next() / 2) / TEMPORAL_KILLS) * ms),
  );
}

/** Draws like a pack of cards: everybody's turn comes before anybody's second. */
function dealt<T>(random: Random, cards: readonly T[]): () => T {
  let pack: T[] = [];
  return () => {
    if (pack.length === 0) pack = random.shuffle(cards);
    return pack.pop() as T;
  };
}
