import {DRILL_POLICY} from '../../domain/policy/policy.ts';
import {Trouble} from '../options.ts';
import type {Progress} from '../progress.ts';
import {type Report, whyVoid} from '../report.ts';
import {runWorld} from '../run.ts';
import {startOwn, type System} from '../system.ts';
import {lastEnd} from '../world/play.ts';
import type {World} from '../world/plan.ts';
import {createDirector, type Director, pause} from './director.ts';
import {saveHistories} from './histories.ts';
import {createNetwork, type Network} from './network.ts';
import type {ChaosOptions} from './options.ts';
import {chaosSchedule} from './schedule.ts';
import {countSometimes, missing, neverSeen, type Sometimes} from './sometimes.ts';
import {chaosWorld, type Pace, paceOf} from './world.ts';

const WORKERS = 2;
/** Shoppers do not wait for one another: an answer takes long when the API dies while it is waited for. */
const CONCURRENCY = 100;
/** What all is given to heal once it is left alone; real milliseconds. */
const HEAL_MS = 60_000;
const ALL_SEEN_FROM = 50;
/** The disturbance goes on while orders are still to be sent, but so many times as long as planned at most. */
const LONGEST = 1.5;

export interface ChaosReport extends Report {
  kills_by_name: Record<string, number>;
  /** real seconds of disturbance, and how long after it the last order ended */
  disturbed_seconds: number;
  healed_after_seconds: number;
  speed: number;
  sometimes: Sometimes;
  not_seen: string[];
  missed: number;
  histories?: number;
  void?: string;
}

/** A system of its own, disturbed while it works off a world of orders, left alone, and judged. */
export async function runChaos(options: ChaosOptions, progress: Progress, stop: AbortSignal): Promise<ChaosReport> {
  const {orders, seed} = options;
  const pace = paceOf(orders, DRILL_POLICY.shipping.lost_after, options);
  const world = chaosWorld(orders, seed, pace);
  for (const note of [world.title, ...world.notes]) progress.say(`  ${note}`);
  const network = createNetwork();
  const system = await startOwn({
    speed: pace.speed,
    workers: WORKERS,
    policy: 'drill',
    reroute: network.reroute,
    // processes are killed, not the machine: what was handed to the operating system stays
    postgres: {fsync: 'off'},
    log: quietLog(progress),
  });
  try {
    return await disturbed({options, pace, world, system, network, progress, stop});
  } finally {
    await network.close();
    if (options.keep) {
      progress.say(`  kept in ${system.dataDir}`);
      await system.own?.stop();
    } else await system.own?.discard();
  }
}

interface Scene {
  options: ChaosOptions;
  pace: Pace;
  world: World;
  system: System;
  network: Network;
  progress: Progress;
  stop: AbortSignal;
}

async function disturbed(scene: Scene): Promise<ChaosReport> {
  const {options, pace, world, system, network, progress, stop} = scene;
  const {own} = system;
  if (!own) throw new Trouble('chaos kills only what it has started itself');
  const {seed} = options;
  const lostAfter = DRILL_POLICY.shipping.lost_after;
  const say = (line: string) => progress.say(line);
  const steps = chaosSchedule(seed, pace.disturbedMs, LONGEST * pace.disturbedMs);
  const director = createDirector({
    system: {...system, own},
    network,
    steps,
    seed,
    stop,
    say,
    leastMs: pace.disturbedMs,
  });
  const times = new Times();
  const report = await runWorld(system, world, {
    seed,
    concurrency: CONCURRENCY,
    faults: 'none',
    progress,
    stop,
    tag: `chaos${seed}`,
    lostAfter,
    tooLate: times.tooLate.signal,
    kills: () => director.done().kills.length,
    allSent: director.allSent,
    playing: () => times.begin(director, lastEnd(world, lostAfter) / pace.speed, lostAfter / pace.speed),
    played: () => times.ended(),
  });
  return judge(scene, report, director, times);
}

/** When the disturbance ended, when the last order did, and when patience is over. */
class Times {
  readonly tooLate = new AbortController();
  #disturbance: Promise<void> = Promise.resolve();
  #began = 0;
  calmAt = 0;
  endedAt = 0;

  begin(director: Director, plannedMs: number, lossMs: number): void {
    this.#began = Date.now();
    this.#disturbance = director.run().then(async () => {
      this.calmAt = Date.now();
      // a parcel that was handed over last may still have to be waited for as long as a lost one
      const planned = Math.max(this.#began + plannedMs - this.calmAt, lossMs);
      await pause(planned + HEAL_MS, this.tooLate.signal);
      this.tooLate.abort();
    });
    this.#disturbance.catch(() => this.tooLate.abort());
  }

  get disturbedMs(): number {
    return this.calmAt - this.#began;
  }

  /** To be called when the last order has ended: the disturbance is over before anything is checked. */
  async ended(): Promise<void> {
    this.endedAt = Date.now();
    while (this.calmAt === 0 && !this.tooLate.signal.aborted) await pause(200);
    this.tooLate.abort();
    await this.#disturbance;
  }
}

async function judge(scene: Scene, report: Report, director: Director, times: Times): Promise<ChaosReport> {
  const {options, pace, world, system} = scene;
  const done = director.done();
  const sometimes = await countSometimes(system, done);
  const unseen = missing(sometimes);
  const kills: Record<string, number> = {};
  for (const {victim} of done.kills) kills[victim] = (kills[victim] ?? 0) + 1;
  const {temporal} = system.urls;
  const histories =
    options.histories && temporal
      ? await saveHistories(temporal, system.env.TEMPORAL_NAMESPACE ?? 'default', options.histories)
      : undefined;
  const problem =
    whyVoid(report, world) ??
    (options.orders > ALL_SEEN_FROM && unseen.length > 0 ? `never happened: ${unseen.join(', ')}` : undefined);
  const seconds = (ms: number) => Math.max(0, Math.round(ms / 100) / 10);
  return {
    ...report,
    violations: [...report.violations, ...neverSeen(report, sometimes, done)],
    kills_by_name: kills,
    disturbed_seconds: seconds(times.disturbedMs),
    healed_after_seconds: seconds(times.endedAt - times.calmAt),
    speed: pace.speed,
    sometimes,
    not_seen: unseen,
    missed: done.missed,
    ...(histories !== undefined && {histories}),
    ...(problem && {void: problem}),
  };
}

/** The starting processes in one line each; deaths are the order of the day and are not told. */
function quietLog(progress: Progress) {
  return {
    say: () => undefined,
    notice: (line: string) => {
      if (!/SIGKILL/.test(line)) progress.say(`  ! ${line}`);
    },
    begin: () => undefined,
    done: () => undefined,
    step: <T>(_line: string, work: () => Promise<T>) => work(),
  };
}
