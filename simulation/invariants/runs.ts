import {groupBy} from './group-by.ts';
import type {Run} from './temporal-view.ts';
import type {Finding, World} from './types.ts';
import {TERMINAL} from './types.ts';

const FAILED: ReadonlyMap<string, string> = new Map([
  ['FAILED', 'failed'],
  ['TERMINATED', 'was terminated'],
  ['TIMED_OUT', 'timed out'],
]);
const PREFIX = 'order:';
/** Open runs asked one by one for a failing workflow task; those of orders that look stuck come first. */
const DESCRIBED_AT_MOST = 1_000;
const AT_ONCE = 20;
const TASK_ATTEMPTS = 3;

const orderIdOf = (run: Run) => (run.workflow_id.startsWith(PREFIX) ? run.workflow_id.slice(PREFIX.length) : null);

/** W3, always: no run failed, and no workflow task fails again and again. */
export async function noRunFails(world: World): Promise<Finding[]> {
  const runs = await world.temporal.runs();
  const owner = await ordersOfParts(world);
  const failed: Finding[] = [];
  for (const run of runs.filter(({status}) => FAILED.has(status))) {
    // a run that somebody ended and that was started again is in order
    if ((await world.temporal.newest(run.workflow_id)) !== run.run_id) continue;
    const subject = subjectOf(world, run, owner);
    failed.push({subject, sentence: `Order ${subject}: its workflow run ${run.run_id} ${FAILED.get(run.status)}.`});
  }
  return [...failed, ...(await failingTasks(world, runs.filter(isOpen), owner))];
}

/** W3 at rest: a run is open exactly as long as its order, or its shipment, is. */
export async function runsFollowOrders(world: World): Promise<Finding[]> {
  const runs = (await world.temporal.runs()).filter(isOpen);
  const open = new Set(runs.map(orderIdOf));
  const findings: Finding[] = [];
  for (const order of world.orders.values()) {
    const ended = TERMINAL.includes(order.status);
    if (ended === !open.has(order.id)) continue;
    // delivered and not yet paid, or something left to be undone: it waits under a name, and somebody owns that
    if (ended && order.waiting_on !== null && order.waiting_owner !== null) continue;
    const what = ended ? 'its workflow still runs' : 'no workflow runs for it';
    findings.push({subject: order.number, sentence: `Order ${order.number} is ${order.status}, but ${what}.`});
  }
  const owner = await ordersOfParts(world, 'of the order alone');
  for (const run of runs) {
    const order = world.orders.get(owner.get(run.workflow_id) ?? '');
    if (!order || !TERMINAL.includes(order.status)) continue;
    const sentence = `Order ${order.number} is ${order.status}, but the workflow of one of its shipments still runs.`;
    findings.push({subject: order.number, sentence});
  }
  return findings;
}

interface SideRunRow {
  workflow_id: string;
  order_id: string | null;
  started_at: Date | null;
  ended_at: Date | null;
}

/** W3 at rest: a run beside an order's own is open exactly as long as what it is about. */
export async function sideRunsFollowTheirSubjects(world: World): Promise<Finding[]> {
  const rows = await world.sql<SideRunRow>('SELECT workflow_id, order_id, started_at, ended_at FROM side_runs');
  const open = new Set((await world.temporal.runs()).filter(isOpen).map((run) => run.workflow_id));
  return rows.flatMap(({workflow_id, order_id, started_at, ended_at}) => {
    const subject = order_id === null ? workflow_id : world.nameOf(order_id);
    const say = (what: string) => [{subject, sentence: `Order ${subject}: ${workflow_id} ${what}.`}];
    if (started_at === null) return say('was never started');
    if (ended_at === null && !open.has(workflow_id)) return say('has not ended, but no workflow runs for it');
    if (ended_at !== null && open.has(workflow_id)) return say('has ended, but its workflow still runs');
    return [];
  });
}

const isOpen = (run: Run) => run.status === 'RUNNING';

/** The order of every shipment's workflow id. */
/** `of the order alone`: without what is sent in exchange for a return, which the return's run looks after. */
async function ordersOfParts(world: World, which?: 'of the order alone'): Promise<ReadonlyMap<string, string>> {
  const where = which ? 'WHERE return_id IS NULL' : '';
  const parts = await world.sql<{id: string; order_id: string}>(`SELECT id, order_id FROM sub_orders ${where}`);
  return new Map(parts.map(({id, order_id}) => [`sub-order:${id}`, order_id]));
}

function subjectOf(world: World, run: Run, owner: ReadonlyMap<string, string>): string {
  const orderId = orderIdOf(run) ?? owner.get(run.workflow_id);
  return orderId === undefined ? run.workflow_id : world.nameOf(orderId);
}

async function failingTasks(world: World, open: Run[], owner: ReadonlyMap<string, string>): Promise<Finding[]> {
  const looksStuck = (run: Run) => (world.orders.get(orderIdOf(run) ?? '')?.waiting_on === null ? 0 : 1);
  const asked = open.sort((a, b) => looksStuck(a) - looksStuck(b)).slice(0, DESCRIBED_AT_MOST);
  const findings: Finding[] = [];
  for (let i = 0; i < asked.length; i += AT_ONCE) {
    const described = asked.slice(i, i + AT_ONCE).map(async (run) => {
      const {task_attempts: attempts} = await world.temporal.describe(run);
      if (attempts <= TASK_ATTEMPTS) return;
      const subject = subjectOf(world, run, owner);
      const why = await world.temporal.taskFailure(run);
      const failed = `its workflow task failed ${attempts} times in a row`;
      findings.push({subject, sentence: `Order ${subject}: ${failed} (${why ?? 'no reason told'}); it stands still.`});
    });
    await Promise.all(described);
  }
  return findings;
}

interface RunRow {
  order_id: string;
  workflow_id: string;
  run_id: string;
}

/** W5, always: one chain of runs per order for ever, by our own table and by Temporal's list. */
export async function oneChainPerOrder(world: World): Promise<Finding[]> {
  const rows = await world.sql<RunRow>('SELECT order_id, workflow_id, run_id FROM order_runs ORDER BY order_id');
  const runs = groupBy(
    (await world.temporal.runs()).filter((run) => run.workflow_id.startsWith(PREFIX)),
    (run) => orderIdOf(run) ?? '',
  );
  const recorded = new Map(rows.map((row) => [row.order_id, row]));
  const findings: Finding[] = [];
  const report = (orderId: string, text: string) => {
    const subject = world.nameOf(orderId);
    findings.push({subject, sentence: `Order ${subject}: ${text}.`});
  };
  for (const [orderId, chain] of runs) {
    const tails = chain.filter((run) => run.status !== 'CONTINUED_AS_NEW');
    if (!world.orders.has(orderId)) report(orderId, 'a workflow runs for it, but there is no such order');
    else if (tails.length > 1)
      report(orderId, `it was started ${tails.length} times (runs ${tails.map((t) => t.run_id).join(', ')})`);
    else if (await isForeign(world, chain, recorded.get(orderId)))
      report(orderId, 'another workflow run than the recorded one works on it');
  }
  for (const row of rows) {
    if (!world.orders.has(row.order_id))
      report(row.order_id, `run ${row.run_id} is recorded for it, but there is no such order`);
    else if (row.workflow_id !== PREFIX + row.order_id)
      report(row.order_id, `it is recorded under the workflow id ${row.workflow_id}`);
  }
  return findings;
}

/** W5 at rest: a run was written down for every order that has left its first state. */
export async function everyRunIsRecorded(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string}>('SELECT order_id FROM order_runs');
  const recorded = new Set(rows.map((row) => row.order_id));
  const seen = new Set((await world.temporal.runs()).map(orderIdOf));
  return [...world.orders.values()]
    .filter((order) => (order.status !== 'pending' || seen.has(order.id)) && !recorded.has(order.id))
    .map(({number: subject}) => ({subject, sentence: `Order ${subject}: no workflow run was ever recorded for it.`}));
}

/** The recorded run is not among those Temporal still lists: then the chain's first run must be the recorded one. */
async function isForeign(world: World, chain: readonly Run[], row: RunRow | undefined): Promise<boolean> {
  const [run] = chain;
  if (!row || !run || chain.some(({run_id}) => run_id === row.run_id)) return false;
  return (await world.temporal.describe(run)).first_run_id !== row.run_id;
}
