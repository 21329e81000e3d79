import type {orders, order_lines, parcels, reviews, tasks} from '../../../store/generated/client.ts';
import {isLive} from '../provider/intent.ts';
import * as people from './people.ts';
import type {World} from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One step of a schedule. `which` chooses among what there is; `steps` lets the engine go on for so many steps. */
export type Command = {which: number; steps: number; salt: number} & Deed;

export type Deed =
  | {do: 'place'; wish: people.Wish}
  | {do: 'place again'}
  | {do: 'cancel'; qty: number}
  | {do: 'review'; decision: 'approve' | 'reject'}
  | {do: 'pick'; most: number; missing: boolean}
  | {do: 'pack'}
  | {do: 'dispatch'}
  | {do: 'scan again'}
  | {do: 'carrier'; says: string}
  | {do: 'time passes'; ms: number}
  | {do: 'nobody works'; ms: number}
  | {do: 'workers die'}
  | {do: 'relay dies'}
  | {do: 'a run is ended by hand'}
  | {do: 'a run is cancelled by hand'}
  | {do: 'ops resume'}
  | {do: 'bank refuses our key'; times: number}
  | {do: 'bank takes a hold back'}
  | {do: 'bank refuses off-session'; on: boolean}
  | {do: 'bank breaks'; times: number; after: boolean}
  | {do: 'carrier is vague'; times: number};

const among = <T>(found: T[], which: number): T | undefined => found[which % Math.max(1, found.length)];

/** Does one command; the sentence tells what it came to, null when there was nothing to do it to. */
export async function perform(world: World, command: Command): Promise<string | null> {
  // of its own for each command, so that leaving one out changes nothing in the others
  world.scheduler.random.reseed(world.setup.seed ^ Math.imul(command.salt + 1, 0x9e3779b1));
  const told = await act(world, command);
  await world.run(command.steps);
  return told;
}

async function act(world: World, command: Command): Promise<string | null> {
  const {which} = command;
  switch (command.do) {
    case 'place':
      return place(world, command.wish);
    case 'place again': {
      const placed = among(world.placed, which);
      if (!placed) return null;
      world.scheduler.begin('request', 'place again', () => placed.again().catch(() => undefined));
      return `the shop repeats the request for order ${orderName(world, placed.order_id)}`;
    }
    case 'cancel':
      return cancel(world, command, command.qty);
    case 'review':
      return review(world, which, command.decision);
    case 'pick':
    case 'pack':
    case 'dispatch':
    case 'scan again':
    case 'carrier':
      return floor(world, command);
    default:
      return nature(world, command, which);
  }
}

function place(world: World, wish: people.Wish): string | null {
  if (world.placed.length >= 4) return null;
  people.place(world, wish);
  const {units, card, customer, allowBackorder} = wish;
  return `customer ${customer} orders ${units.join('+')} units with ${card}${allowBackorder ? ', backorders allowed' : ''}`;
}

const rowsOf = <T>(world: World, table: string) => [...world.db.rows<T>(table)];

function orderName(world: World, id: string): string {
  return rowsOf<orders>(world, 'orders').find((o) => o.id === id)?.number ?? id;
}

function cancel(world: World, {which, salt}: Command, qty: number): string | null {
  const order = among(rowsOf<orders>(world, 'orders'), which);
  if (!order) return null;
  const line = among(
    rowsOf<order_lines>(world, 'order_lines').filter((l) => l.order_id === order.id),
    which,
  );
  people.cancel(world, {...order}, qty === 0 || !line ? null : [{line_id: line.id, qty}], `cancel-${salt}`);
  return `the customer cancels ${qty === 0 ? 'everything' : `${qty} of ${line?.sku}`} of ${order.number}`;
}

function review(world: World, which: number, decision: 'approve' | 'reject'): string | null {
  const found = among(rowsOf<reviews>(world, 'reviews'), which);
  if (!found) return null;
  people.review(world, {...found}, decision);
  return `support: ${decision}`;
}

function floor(world: World, command: Command): string | null {
  const {which} = command;
  const task = (kind: string) =>
    among(
      rowsOf<tasks>(world, 'tasks').filter((t) => t.kind === kind && t.state === 'open'),
      which,
    );
  switch (command.do) {
    case 'pick': {
      const open = task('pick');
      if (!open) return null;
      people.pick(world, {...open}, command);
      return `a picker takes up to ${command.most} units${command.missing ? ', the rest is missing' : ''}`;
    }
    case 'pack': {
      const open = task('pack');
      if (open) people.pack(world, {...open});
      return open ? 'a packer closes a parcel' : null;
    }
    case 'dispatch': {
      const parcel = among(
        rowsOf<parcels>(world, 'parcels').filter((p) => p.label_state === 'bought'),
        which,
      );
      if (parcel) people.dispatch(world, {...parcel});
      return parcel ? `parcel ${parcel.tracking_number} is handed over` : null;
    }
    case 'scan again': {
      const scan = among(rowsOf<{operation_id: string}>(world, 'scans'), which);
      if (scan) people.scanAgain(world, scan.operation_id);
      return scan ? `scan ${scan.operation_id} comes once more` : null;
    }
    case 'carrier': {
      const parcel = among(
        rowsOf<parcels>(world, 'parcels').filter((p) => p.tracker_ref),
        which,
      );
      if (parcel) people.carrierSays(world, {...parcel}, command.says);
      return parcel ? `the carrier says of ${parcel.tracking_number}: ${command.says}` : null;
    }
    default:
      return null;
  }
}

async function nature(world: World, command: Command, which: number): Promise<string | null> {
  const {bank, scheduler} = world;
  switch (command.do) {
    case 'time passes':
      await world.pass(command.ms);
      return `${hours(command.ms)} pass`;
    case 'nobody works':
      scheduler.moveTo(scheduler.now + command.ms);
      return `${hours(command.ms)} pass with all workers away`;
    case 'workers die':
      return `the workers die, ${world.server.killWorkers()} attempts are lost`;
    case 'relay dies':
      return `the relay dies in the middle of ${world.relay.kill()} rounds`;
    case 'a run is ended by hand': {
      // a part's run that ends by hand after its order's run went on in a fresh history is noticed by nobody
      const heard = openRuns(world, 'subOrderWorkflow').filter((one) => world.server.isHeard(one));
      const run = among(heard, which);
      if (run) world.server.terminate(run);
      return run ? `somebody terminates the run of part ${run.id}` : null;
    }
    case 'a run is cancelled by hand': {
      const run = among(openRuns(world, 'orderWorkflow'), which);
      run?.requestCancel();
      return run ? `somebody cancels the run ${run.id} in Temporal` : null;
    }
    case 'ops resume':
      return people.resume(world, among(rowsOf<orders>(world, 'orders'), which));
    case 'bank refuses our key':
      bank.lockedOut = command.times;
      return `${command.times} requests to the bank will be refused for our key`;
    case 'bank takes a hold back': {
      const hold = among([...bank.intents.values()].filter(isLive), which);
      if (!hold) return null;
      bank.takeBack(hold);
      return `the bank takes hold ${hold.id} back`;
    }
    case 'bank refuses off-session':
      bank.refusesOffSession = command.on;
      return `cards of absent customers are ${command.on ? 'refused' : 'taken again'}`;
    case 'bank breaks':
      bank.broken = {left: command.times, after: command.after};
      return `${command.times} requests to the bank will end with a 500, ${command.after ? 'after' : 'before'} their effect`;
    case 'carrier is vague':
      world.office.vague = command.times;
      return `${command.times} purchases of labels will end without an answer`;
    default:
      return null;
  }
}

const openRuns = (world: World, type: string) => world.server.executions.filter((run) => run.open && run.type === type);

const hours = (ms: number) => (ms < HOUR ? `${ms / 1_000} s` : ms < DAY ? `${ms / HOUR} h` : `${ms / DAY} days`);
