import {judge} from '../invariants/index.ts';
import type {parcels, reviews, tasks} from '../../../store/generated/client.ts';
import type {TableShape} from '../tables/schema.ts';
import {type Command, perform} from './commands.ts';
import * as people from './people.ts';
import {readBooks} from './read-books.ts';
import {type Setup, World} from './world.ts';

const HOUR = 3_600_000;
/** longer than the longest pause between two attempts, and than the slowest call */
const HEALING = 60 * HOUR;

export interface Schedule {
  setup: Setup;
  first: people.Wish;
  commands: readonly Command[];
}

export interface Outcome {
  violations: string[];
  /** the schedule in words */
  story: string[];
  steps: number;
  world: World;
}

/** Runs one schedule to its end and judges it after every command, and once more at rest. */
export async function runSchedule(schedule: Schedule, shapes: ReadonlyMap<string, TableShape>): Promise<Outcome> {
  const world = new World(schedule.setup, shapes);
  world.enter();
  running = world;
  world.scheduler.tracing = tracing;
  const judged = new Judge(world);
  const first: Command = {do: 'place', wish: schedule.first, which: 0, steps: 400, salt: 0};
  for (const command of [first, ...schedule.commands]) {
    const told = await perform(world, command);
    if (told) judged.story.push(told);
    if (judged.fails(false)) return judged.outcome();
  }
  if (schedule.setup.workOff) {
    await workRounds(world, 8);
    judged.story.push('the staff works on while things fail');
    if (judged.fails(false)) return judged.outcome();
  }
  await heal(world);
  judged.story.push('all is repaired');
  if (judged.fails(true)) return judged.outcome();
  if (schedule.setup.workOff) {
    await workOff(world);
    judged.story.push('the staff works everything off');
    if (judged.fails(true)) return judged.outcome();
  }
  return judged.outcome();
}

let running: World | null = null;
process.on('unhandledRejection', (error) => {
  running?.broken.push(
    `inv W3: a rejection that nobody handles: ${error instanceof Error ? error.stack : String(error)}`,
  );
});

let tracing = false;

/** Keeps what every step did, for reading. */
export function trace(on: boolean): void {
  tracing = on;
}

class Judge {
  readonly story: string[] = [];
  private violations: string[] = [];
  private readonly world: World;
  private seen = '';

  constructor(world: World) {
    this.world = world;
  }

  fails(atRest: boolean): boolean {
    const {world} = this;
    const now = `${world.db.version} ${world.bank.version} ${world.office.version} ${world.broken.length} ${atRest}`;
    if (now === this.seen) return false;
    this.seen = now;
    this.violations = [...world.broken, ...judge(readBooks(world), atRest)];
    return this.violations.length > 0;
  }

  outcome(): Outcome {
    return {violations: this.violations, story: this.story, steps: this.world.scheduler.steps, world: this.world};
  }
}

/** No more faults: whatever was lost is repeated, whatever hangs comes back. */
async function heal(world: World): Promise<void> {
  world.faults.rate = 0;
  world.bank.broken.left = 0;
  world.bank.refusesOffSession = false;
  world.bank.lockedOut = 0;
  world.office.vague = 0;
  await world.pass(HEALING);
}

/** Until nobody here can do anything more: reviews decided, all picked, packed, handed over and delivered. */
async function workOff(world: World): Promise<void> {
  await workRounds(world, 30);
  await world.pass(HEALING);
}

async function workRounds(world: World, atMost: number): Promise<void> {
  for (let round = 0; round < atMost; round += 1) {
    if (!workRound(world)) break;
    await world.pass(60_000);
  }
}

function workRound(world: World): boolean {
  const rows = <T>(table: string) => [...world.db.rows<T>(table)];
  let worked = false;
  const each = <T>(found: T[], work: (one: T) => void) => {
    for (const one of found) work({...one});
    worked ||= found.length > 0;
  };
  each(
    rows<reviews>('reviews').filter((r) => r.state === 'open'),
    (r) => people.review(world, r, 'approve'),
  );
  const open = rows<tasks>('tasks').filter((t) => t.state === 'open');
  each(
    open.filter((t) => t.kind === 'pick'),
    (t) => people.pick(world, t, {most: 99, missing: false}),
  );
  each(
    open.filter((t) => t.kind === 'pack'),
    (t) => people.pack(world, t),
  );
  const labelled = rows<parcels>('parcels').filter((p) => p.label_state === 'bought');
  each(
    labelled.filter((p) => !p.dispatched_at),
    (p) => people.dispatch(world, p),
  );
  const under = labelled.filter(
    (p) => p.dispatched_at && !p.ended_at && p.status !== 'delivered' && p.status !== 'return_to_sender',
  );
  each(under, (p) => people.carrierSays(world, p, 'delivered'));
  return worked;
}
