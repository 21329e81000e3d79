import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import fc from 'fast-check';
import {MUST_REACH, reachedBy} from './reached.ts';
import {share} from './share.ts';
import {shrink} from './shrink.ts';
import {readSchema} from './tables/schema.ts';
import {schedules} from './world/arbitraries.ts';
import {FOUND} from './world/found.ts';
import {type Outcome, runSchedule, type Schedule, trace} from './world/schedule.ts';

const ROOT = process.env['WAYBILL_ROOT'] ?? fileURLToPath(new URL('../../..', import.meta.url));
/** from so many schedules on every branch must have been reached */
const ENOUGH = 5_000;

export interface Result {
  schedules: number;
  steps: number;
  violations: number;
  seed: number;
  reached: Record<string, number>;
  /** branches of the list that no schedule went through */
  missed: string[];
}

/** Runs seeded schedules until one breaks an invariant; the exit code. Without --path also those that once did. */
export async function main(args: string[], self: string): Promise<number> {
  const {values} = parseArgs({
    args,
    options: {
      schedules: {type: 'string', default: '20000'},
      seed: {type: 'string'},
      path: {type: 'string'},
      processes: {type: 'string'},
      trace: {type: 'boolean', default: false},
      json: {type: 'boolean', default: false},
    },
  });
  const say = (line: string) => (values.json ? console.error(line) : console.log(line));
  const seed = values.seed === undefined ? (process.hrtime()[1] ^ process.pid) & 0x7fffffff : Number(values.seed);
  const count = Number(values.schedules);
  const processes = values.path === undefined ? Number(values.processes ?? processesFor(count)) : 1;
  const result =
    processes > 1
      ? await share({self, processes, count, seed}, say)
      : await runHere({count, seed, path: values.path, trace: values.trace}, say);
  if (result.schedules >= ENOUGH && processes > 0) result.missed = MUST_REACH.filter((what) => !result.reached[what]);
  for (const what of result.missed) say(`never reached: ${what}`);
  say(`${result.schedules} schedules, ${result.steps} steps, ${result.violations} violations, seed ${seed}`);
  if (values.json) console.log(JSON.stringify(result));
  return result.violations > 0 || result.missed.length > 0 ? 1 : 0;
}

/** A second process pays only where it has something to do. */
const processesFor = (count: number) => Math.min(availableParallelism(), Math.ceil(count / 1_000), 4);

interface Request {
  count: number;
  seed: number;
  path: string | undefined;
  trace: boolean;
}

async function runHere(request: Request, say: (line: string) => void): Promise<Result> {
  const shapes = readSchema(join(ROOT, 'prisma'));
  const result: Result = {schedules: 0, steps: 0, violations: 0, seed: request.seed, reached: {}, missed: []};
  const run = async (schedule: Schedule) => runSchedule(schedule, shapes);
  if (request.path === undefined) {
    for (const {name, schedule} of FOUND) {
      const outcome = await run(schedule);
      add(result, outcome);
      if (outcome.violations.length > 0) tell(say, outcome, `the schedule "${name}" of test/model/world/found.ts`);
    }
  }
  await runRandom(run, result, request, say);
  return result;
}

async function runRandom(
  run: (schedule: Schedule) => Promise<Outcome>,
  result: Result,
  {count, path, trace: tracing}: Request,
  say: (line: string) => void,
): Promise<void> {
  const property = fc.asyncProperty(schedules, async (schedule) => {
    const outcome = await run(schedule as Schedule);
    add(result, outcome);
    return outcome.violations.length === 0;
  });
  const numRuns = path === undefined ? count : 1;
  const details = await fc.check(property, {seed: result.seed, numRuns, endOnFailure: true, ...(path && {path})});
  const [failing] = details.counterexample ?? [];
  if (!failing) return;
  const found = await shrink(failing as Schedule, run);
  trace(tracing);
  const outcome = await run(found.schedule);
  if (tracing) say(JSON.stringify(found.schedule));
  tell(say, outcome, `npm run model -- --seed ${result.seed} --path ${details.counterexamplePath}`);
}

function add(result: Result, outcome: Outcome): void {
  result.schedules += 1;
  result.steps += outcome.steps;
  result.violations += outcome.violations.length;
  for (const [what, n] of reachedBy(outcome.world)) result.reached[what] = (result.reached[what] ?? 0) + n;
}

function tell(say: (line: string) => void, {world, story, violations}: Outcome, again: string): void {
  for (const line of world.scheduler.trace) say(`    ${line}`);
  const {stock, workOff: _, ...setup} = world.setup;
  say(`Stock ${stock.map((place) => place.join('+')).join(' | ')}; ${JSON.stringify(setup)}`);
  for (const line of story) say(`  - ${line}`);
  for (const line of violations) say(`  ! ${line}`);
  say(`Once more: ${again}`);
}
