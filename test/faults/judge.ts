import type {Mail} from '../../activities/ports.ts';
import {comeToRest, type LedgerHold, type MoreQueues, violationsNow} from '../support/books.ts';
import type {World} from '../support/world.ts';
import type {Cell} from './catalogue.ts';
import type {CellResult} from './run-cells.ts';
import {A_DAY_AND_AN_HOUR} from './worlds.ts';

export interface CellViolation {
  cell: string;
  id: string;
  subject: string;
  sentence: string;
}

/** Real milliseconds in which everything must come to rest; where an order is stuck, it hardly will. */
const PATIENCE = 180_000;
const LITTLE_PATIENCE = 15_000;

export interface JudgeOptions {
  /** task queues beside the world's own */
  queues?: MoreQueues;
  /** what was sent, where other processes send it */
  mails?: () => readonly Mail[];
  patience?: number | undefined;
}

export interface Judgement {
  violations: CellViolation[];
  /** what the fault itself makes unavoidable */
  excused: CellViolation[];
}

/** What is wrong with the books once nothing is under way, each thing under the name of its cell. */
export async function judge(
  world: World,
  results: readonly CellResult[],
  {queues = [], mails = () => world.mails, patience = PATIENCE}: JudgeOptions = {},
): Promise<Judgement> {
  const cells = await cellsBySubject(world, results);
  const stuck = results.filter((r) => r.trouble !== null);
  const end = stuck.map((r): CellViolation => {
    return {cell: r.cell.id, id: 'end', subject: r.order_id ?? '', sentence: r.trouble ?? ''};
  });
  const unrest: CellViolation[] = [];
  await comeToRest(world, queues, stuck.length > 0 ? LITTLE_PATIENCE : patience).catch((error: unknown) => {
    unrest.push({cell: '', id: 'rest', subject: '', sentence: String(error)});
  });
  const found = await violationsNow(world, queues);
  const broken = found.map((v): CellViolation => ({cell: cells.get(v.subject) ?? '', ...v}));
  const all = [
    ...end,
    ...unrest,
    ...broken,
    ...(await oddMails(world, mails(), cells)),
    ...(await leftHolds(world, results)),
  ];
  const byId = new Map(results.map(({cell}) => [cell.id, cell]));
  const excusable = (v: CellViolation) => isOutage(v, byId.get(v.cell));
  return {violations: all.filter((v) => !excusable(v)), excused: all.filter(excusable)};
}

const RENEWED = /for (\d+) minutes: .*; a renewal may take/;

/**
 * M2 allows two holds of an order for a quarter of an hour. Where the day of F5 passes between a recorded renewal, or a
 * hold for a change, and the end of the old hold, as it does for all orders of that world at once, nobody can let either
 * go. Only what lasted that long is excused, never a hold that no record explains; that none is left in the end is
 * checked all the same.
 */
function isOutage({id, sentence}: CellViolation, cell: Cell | undefined): boolean {
  const minutes = Number(RENEWED.exec(sentence)?.[1] ?? 0);
  return (
    id === 'M2' && minutes * 60_000 >= A_DAY_AND_AN_HOUR && (cell?.strikes.some(({kind}) => kind === 'F5') ?? false)
  );
}

async function cellsBySubject(world: World, results: readonly CellResult[]): Promise<Map<string, string>> {
  const rows = await world.api.store.prisma.orders.findMany({select: {id: true, number: true}});
  const numbers = new Map(rows.map((row) => [row.id, row.number]));
  const cells = new Map<string, string>();
  for (const {order_id, cell} of results) {
    if (order_id === null) continue;
    cells.set(order_id, cell.id);
    cells.set(numbers.get(order_id) ?? order_id, cell.id);
  }
  return cells;
}

/** N1: whatever was sent twice was sent under one Message-ID, and every message that was begun went out. */
async function oddMails(
  world: World,
  mails: readonly Mail[],
  cells: ReadonlyMap<string, string>,
): Promise<CellViolation[]> {
  const rows = await world.api.store.prisma.messages.findMany({where: {channel: 'email'}});
  const sent = new Set(mails.map((mail) => mail.id));
  const known = new Set(rows.map((row) => row.id));
  const name = (orderId: string) => ({cell: cells.get(orderId) ?? '', id: 'N1', subject: orderId});
  const unsent = rows
    .filter((row) => row.state !== 'sent' || !sent.has(row.told_by ?? row.id))
    .map((row) => ({...name(row.order_id), sentence: `Message ${row.id} (${row.template}) never went out.`}));
  const foreign = mails
    .filter((mail) => !known.has(mail.id))
    .map((mail) => ({...name(mail.order_id), sentence: `Mail ${mail.id} went out, but no message is written down.`}));
  return [...unsent, ...foreign];
}

/** An order that has ended holds nothing any more, however it ended. */
async function leftHolds(world: World, results: readonly CellResult[]): Promise<CellViolation[]> {
  const found: CellViolation[] = [];
  const {holds} = (await (await fetch(`${world.stripeUrl}/_control/ledger`)).json()) as {
    holds: LedgerHold[];
  };
  for (const {order_id, cell, trouble} of results) {
    if (order_id === null || trouble !== null) continue;
    const left = holds.filter((h) => h.metadata['order_id'] === order_id && h.amount_capturable > 0);
    for (const hold of left) {
      found.push({
        cell: cell.id,
        id: 'M5',
        subject: order_id,
        sentence: `The order has ended, but ${hold.amount_capturable} are still held by ${hold.id}.`,
      });
    }
  }
  return found;
}
