import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createProgress} from '../progress.ts';
import {runWorld} from '../run.ts';
import {pressJourneys} from '../schedule.ts';
import {attach} from '../system.ts';
import {inventedWorld} from '../world/invented.ts';
import type {DrillResult} from './main.ts';
import {freePort, type Started, startCommand} from '../started.ts';
import {numberOf} from './support.ts';

/** Slow enough that an outage of seconds stays within every deadline: a hold lives twenty minutes. */
const SPEED = 500;
const RATE = 4;

/**
 * A run in whose middle a worker is killed with -9, and a little later every process that `npm start` started, itself
 * included; the same data folder is started again, the run goes on, and all must come out as if nothing had happened.
 */
export async function kill(args: readonly string[]): Promise<DrillResult> {
  const [orders, seed] = [numberOf(args, 'orders', 60), numberOf(args, 'seed', 1)];
  const progress = createProgress();
  const dataDir = mkdtempSync(join(tmpdir(), 'waybill-kill-'));
  const settings = {dataDir, port: await freePort(), speed: SPEED, workers: 2};
  const scene: Scene = {started: await startCommand(settings), kills: 0, seen: {orders}};
  const say = (line: string) => progress.say(`  ${line}`);
  const disturb = async () => {
    const half = (orders / RATE) * 500;
    await pause(half * 0.6);
    say('kill -9 worker-1');
    process.kill(Number(readFileSync(join(dataDir, 'run', 'worker-1.pid'), 'utf8')), 'SIGKILL');
    await pause(half * 0.6);
    const killed = scene.started.killAll();
    scene.kills += 1 + killed.length;
    say(`kill -9 npm start, ${killed.join(', ')}`);
    const began = Date.now();
    scene.started = await startCommand(settings);
    Object.assign(scene.seen, {killed, seconds_until_ready: Math.round((Date.now() - began) / 100) / 10});
    say(`ready again after ${(Date.now() - began) / 1_000} s`);
  };
  try {
    const world = inventedWorld({orders, seed, rate: RATE, speed: SPEED, lossPossible: false});
    const stopper = new AbortController();
    const broken = (error: unknown) => {
      say(String(error));
      stopper.abort();
    };
    const report = await runWorld(
      await attach(dataDir),
      {...world, plans: pressJourneys(world.plans, SPEED)},
      {
        ...{seed, concurrency: 24, faults: 'none', progress, tag: `kill${seed}`},
        stop: stopper.signal,
        kills: () => scene.kills,
        playing: () => void disturb().catch(broken),
      },
    );
    const {placed, by_status, kills, seconds, happened} = report;
    const retries = Object.fromEntries(Object.entries(happened).filter(([name]) => name.startsWith('retry.')));
    Object.assign(scene.seen, {placed, by_status, kills, seconds, retries, invariants: report.checked?.length ?? 0});
    const enough = placed >= orders * 0.9 ? [] : [`only ${placed} of ${orders} orders were placed`];
    const undisturbed =
      scene.seen.seconds_until_ready === undefined ? ['the system was never killed and started again'] : [];
    return {
      seen: scene.seen,
      failures: [...enough, ...undisturbed, ...report.violations.map((v) => `${v.id} ${v.subject}: ${v.sentence}`)],
    };
  } finally {
    await scene.started.stop();
    rmSync(dataDir, {recursive: true, force: true});
  }
}

interface Scene {
  started: Started;
  kills: number;
  seen: Record<string, unknown>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
