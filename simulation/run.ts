import {checkWhenQuiet} from './check.ts';
import {createClient} from './client.ts';
import {worldClock} from './clock.ts';
import type {Progress} from './progress.ts';
import {randomStream} from './random.ts';
import {type Report, reportOf} from './report.ts';
import type {System} from './system.ts';
import {createTally} from './tally.ts';
import {verifyEndings} from './verify.ts';
import {carrierControl} from './world/carrier.ts';
import type {Crew} from './world/crew.ts';
import {stirUp} from './world/faults.ts';
import {createFloor} from './world/floor.ts';
import {layOut} from './world/lay-out.ts';
import {playWorld} from './world/play.ts';
import type {World} from './world/plan.ts';
import {priceBook} from './world/value.ts';

export interface RunOptions {
  seed: number;
  concurrency: number;
  faults: 'none' | 'light' | 'heavy';
  progress: Progress;
  stop: AbortSignal;
  /** begins all keys and references; the same tag on the same data is the same run */
  tag: string;
  /** asked at the end: processes killed meanwhile */
  kills?: () => number;
  /** told when the shop is laid out and the first order is about to be sent */
  playing?: () => void;
}

/** Lays the world out, plays it to the end, compares what happened with what was meant, and checks every invariant. */
export async function runWorld(system: System, world: World, options: RunOptions): Promise<Report> {
  const {progress, seed, tag, stop} = options;
  const tally = createTally();
  const clock = worldClock(system.clock, stop);
  const onRetry = (status: number) => tally.add(`retry.${status === 0 ? 'no_answer' : status}`);
  const client = createClient({api: system.urls.api, keys: system.keys, clock, onRetry});
  if (!system.urls.carrier) throw new Error('there is no carrier emulator: parcels cannot be moved');
  const layingOut = Date.now();
  await layOut(client, world.layout, tag, (step) => progress.say(`  laying out ${step}`));
  progress.say(`  laid out in ${((Date.now() - layingOut) / 1_000).toFixed(1)} s`);
  const emulators = [system.urls.stripe, system.urls.carrier].filter((url) => url !== null);
  const calm = options.faults === 'none' ? undefined : await stirUp(emulators, options.faults, seed);
  const crew: Crew = {
    client,
    clock,
    tally,
    floor: createFloor(client, clock),
    carrier: carrierControl(system.urls.carrier, clock),
    prices: priceBook(world.layout),
    random: randomStream(seed, 'world'),
    tag,
    began: clock.now(),
  };
  options.playing?.();
  const played = await playWorld(crew, world, options.concurrency, progress).finally(() => calm?.());
  progress.say('  all orders have ended; checking the invariants');
  const violations = verifyEndings(world, played);
  const checked = await checkWhenQuiet(system);
  const report = reportOf({
    world,
    played,
    tally,
    seed,
    kills: options.kills?.() ?? 0,
    violations: [...violations, ...checked.violations],
  });
  return {...report, checked: checked.checked, not_yet: checked.not_yet};
}
