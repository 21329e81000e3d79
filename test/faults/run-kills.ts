import type {World} from '../support/world.ts';
import type {Cell} from './catalogue.ts';
import {Children} from './children.ts';
import {calm, disturb} from './disturb.ts';
import {type Front, openFront} from './fronts.ts';
import {judge} from './judge.ts';
import {type CellResult, runCells} from './run-cells.ts';
import type {Part} from './parts.ts';
import {cancelOrder} from './story.ts';
import {openFaultWorld, policyOf} from './worlds.ts';

/** Kill worlds so far: what one leaves in the engine is none of the next one's. */
let worlds = 0;

/** Processes side by side. */
const AT_ONCE = 6;
/** Boundaries that one process dies at, one after the other. */
const BOUNDARIES_EACH = 5;
/** Orders of one process where faults are combined. */
const ORDERS_EACH = 6;

interface Group {
  queue: string;
  cells: Cell[];
  /** by boundary; those of the next begin when those of one have ended */
  rounds: Map<string, Round>;
  /** orders that have ended */
  orders: string[];
  ready: Promise<void> | null;
}

interface Round {
  left: number;
  begin: () => void;
  begun: Promise<void>;
}

/**
 * Cells of which one fault kills the process it happens in: workers of their own for each boundary, with a queue of
 * their own, and one relay of its own for all.
 */
export const runWithKills: Part = async (cells, {seed, ...options}) => {
  const fault = await openFaultWorld(cells, {worker: false, relays: 0});
  const {world, boundary} = fault;
  const byCell = new Map(cells.map((cell) => [cell.id, cell]));
  const fronts = new Map<string, Promise<Front>>();
  const cancel = async (cellId: string, orderId: string) => {
    const cell = byCell.get(cellId);
    if (cell) await cancelOrder(fault.frontOf(cell), orderId, `meanwhile:${cellId}`);
  };
  const children = new Children(world, boundary, policyOf('plain'), cancel);
  worlds += 1;
  const groups = groupsOf(cells, seed);
  const queues = groups.map((group) => group.queue);
  const frontOf = async (cell: Cell) => {
    const group = groupOf(groups, cell);
    group.ready ??= children.start('worker', group.queue, group.cells);
    await group.ready;
    await roundOf(group, cell, seed).begun;
    const name = `${group.queue} ${policyOf(cell.twist).name}`;
    const front = fronts.get(name) ?? openFront(world, policyOf(cell.twist), group.queue);
    fronts.set(name, front);
    return front;
  };
  const stopping: Promise<void>[] = [];
  const end = (result: CellResult) => {
    const group = groupOf(groups, result.cell);
    if (result.order_id !== null) group.orders.push(result.order_id);
    if (endOfGroup(group, roundOf(group, result.cell, seed)))
      stopping.push(runsClosed(world, group.orders).then(() => children.stop('worker', group.queue)));
    options.onEnd(result);
  };
  try {
    await children.start('relay', world.api.deps.taskQueue, cells);
    if (seed !== undefined) await disturb(world, seed);
    const all = {...options, cells: groups.flatMap((g) => g.cells), boundary, frontOf, onEnd: end};
    const results = await runCells(world, {
      ...all,
      at_once: seed === undefined ? cells.length : (ORDERS_EACH * AT_ONCE) / 2,
    });
    const disturbed = await calm(world);
    await Promise.all(stopping);
    const judged = await judge(world, results, {...options, queues, mails: () => children.mails()});
    return {results, ...judged, disturbed};
  } finally {
    await children.close();
    for (const front of fronts.values()) await (await front).close();
    await fault.close();
  }
};

/** Until the orders' runs and those beside them have closed; a run that never does is found by the invariants. */
async function runsClosed(world: World, orderIds: readonly string[]): Promise<void> {
  const beside = await world.api.store.prisma.side_runs.findMany({
    where: {order_id: {in: [...orderIds]}},
    select: {workflow_id: true},
  });
  const open = new Set([...orderIds.map((id) => `order:${id}`), ...beside.map((run) => run.workflow_id)]);
  for (const began = Date.now(); open.size > 0 && Date.now() - began < 60_000; ) {
    for (const id of open) {
      if (await hasClosed(world, id)) open.delete(id);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Not yet started is not closed. */
async function hasClosed({client}: World, workflowId: string): Promise<boolean> {
  const run = client.workflow.getHandle(workflowId);
  return run.describe().then(
    ({status}) => status.name !== 'RUNNING',
    () => false,
  );
}

/** Cells by process. The orders that die at one boundary do so together, or one's death would hide the other's. */
function groupsOf(cells: readonly Cell[], seed: number | undefined): Group[] {
  const names = [...new Set(cells.map((cell) => roundName(cell, seed)))];
  const each = seed === undefined ? BOUNDARIES_EACH : 1;
  const groups: Group[] = [];
  const byName = new Map<string, Group>();
  // boundaries that follow each other go to different processes, so that all processes have something to do early
  const many = Math.ceil(names.length / each);
  for (const [index, name] of names.entries()) {
    const at = seed === undefined ? index % many : Math.floor(index / ORDERS_EACH);
    const queue = `faults-${process.pid}-${worlds}-${at}`;
    const group: Group = groups[at] ?? {queue, cells: [], rounds: new Map(), orders: [], ready: null};
    groups[at] = group;
    byName.set(name, group);
  }
  for (const cell of cells) {
    const name = roundName(cell, seed);
    const group = byName.get(name);
    if (!group) continue;
    group.cells.push(cell);
    const round = group.rounds.get(name) ?? newRound(seed !== undefined || group.rounds.size === 0);
    round.left += 1;
    group.rounds.set(name, round);
  }
  return groups;
}

function roundName(cell: Cell, seed: number | undefined): string {
  return seed === undefined ? (cell.strikes[0]?.boundary ?? 'none') : cell.id;
}

function newRound(open: boolean): Round {
  let begin: Round['begin'] = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  if (open) begin();
  return {left: 0, begin, begun};
}

/** Counts an ended cell; lets the next round begin after the last one of its round. */
function endOfGroup(group: Group, round: Round): boolean {
  round.left -= 1;
  if (round.left > 0) return false;
  const next = [...group.rounds.values()].find((r) => r.left > 0);
  next?.begin();
  return next === undefined;
}

function roundOf(group: Group, cell: Cell, seed: number | undefined): Round {
  const round = group.rounds.get(roundName(cell, seed));
  if (!round) throw new Error(`no round for ${cell.id}`);
  return round;
}

function groupOf(groups: readonly Group[], cell: Cell): Group {
  const group = groups.find((g) => g.cells.includes(cell));
  if (!group) throw new Error(`no process for ${cell.id}`);
  return group;
}
