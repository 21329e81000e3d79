import {checkInvariants, type TemporalView, type Violation, viewThrough} from '../../simulation/invariants/index.ts';
import {until} from './until.ts';
import type {World} from './world.ts';

/** A payment intent as the provider's books have it. */
export interface LedgerHold {
  id: string;
  amount: number;
  status: string;
  amount_capturable: number;
  amount_received: number;
  authorized_at: string | null;
  metadata: Record<string, string>;
  history: {at: string; what: string; amount?: number}[];
}

export interface LedgerLabel {
  shipment_id: string;
  tracking_code: string;
  voided_at: string | null;
}

async function ledger<T>(url: string): Promise<T> {
  return (await (await fetch(`${url}/_control/ledger`)).json()) as T;
}

/** The order's holds at the provider, oldest first. */
export async function holdsOf(world: World, orderId: string): Promise<LedgerHold[]> {
  const {holds} = await ledger<{holds: LedgerHold[]}>(world.stripeUrl);
  return holds.filter((h) => h.metadata['order_id'] === orderId);
}

/** What the provider took of the order, capture by capture, oldest first. */
export async function capturesOf(world: World, orderId: string): Promise<{at: string; amount: number}[]> {
  const lines = (await holdsOf(world, orderId)).flatMap((h) => h.history);
  const captured = lines.filter((l) => l.what === 'captured').map((l) => ({at: l.at, amount: l.amount ?? 0}));
  return captured.sort((a, b) => (a.at < b.at ? -1 : 1));
}

export interface LedgerRefund {
  id: string;
  amount: number;
  status: string;
  metadata: Record<string, string>;
}

/** The order's refunds at the provider, oldest first. */
export async function refundsAtProvider(world: World, orderId: string): Promise<LedgerRefund[]> {
  const {refunds} = await ledger<{refunds: LedgerRefund[]}>(world.stripeUrl);
  return refunds.filter((refund) => refund.metadata['order_id'] === orderId);
}

export async function labels(world: World): Promise<LedgerLabel[]> {
  return (await ledger<{labels: LedgerLabel[]}>(world.carrierUrl)).labels;
}

export interface EventRow {
  seq: number;
  type: string;
  data: Record<string, unknown>;
}

export function eventsOf(world: World, orderId: string): Promise<EventRow[]> {
  return world.api.store.prisma.events.findMany({
    where: {order_id: orderId},
    orderBy: {seq: 'asc'},
    select: {seq: true, type: true, data: true},
  }) as Promise<unknown> as Promise<EventRow[]>;
}

/** The states the order itself went through, from its audit rows. */
export async function statusesOf(world: World, orderId: string): Promise<string[]> {
  const rows = await world.api.store.prisma.order_audit.findMany({
    where: {order_id: orderId, subject: 'order'},
    orderBy: {seq: 'asc'},
  });
  return rows.map((r) => r.to_state);
}

/** Which mails the order's events led to, in the order they were sent, once all events of now are worked off. */
export async function mailsOf(world: World, orderId: string): Promise<string[]> {
  const {prisma} = world.api.store;
  const unsent = () => prisma.events.count({where: {order_id: orderId, published_at: null}});
  await until('the events of the order to be sent', async () => (await unsent()) === 0);
  return world.mails.filter((m) => m.order_id === orderId).map((m) => m.subject.replace(/ ORD-\S+/, ''));
}

/** Texts whose provider has not told yet what became of them. */
async function untold(world: World): Promise<number> {
  const books = await ledger<{texts: {status: string}[]; webhooks_pending: number}>(world.smsUrl);
  const under_way = books.texts.filter(({status}) => status === 'queued' || status === 'sent').length;
  return under_way + books.webhooks_pending;
}

const ENDED = "status IN ('delivered', 'cancelled', 'refunded')";

/** Task queues beside the world's own that work on its orders. */
export type MoreQueues = readonly string[];

/** Nothing is left to be sent, told or worked off, and the runs of ended orders that wait for nothing are closed. */
export async function comeToRest(world: World, queues: MoreQueues = [], patience?: number): Promise<void> {
  const {pool} = world.api.store;
  const open = async () => {
    // before our own books: what was told by then is stored by then
    const callbacks = await untold(world);
    const {rows} = await pool.query<Record<string, unknown>>(
      `SELECT
      (SELECT json_agg(workflow_id || ' ' || name) FROM workflow_signals WHERE sent_at IS NULL
        AND workflow_id NOT IN (SELECT 'order:' || id FROM orders WHERE ${ENDED}) AND workflow_id NOT IN (
          SELECT 'sub-order:' || id FROM sub_orders WHERE order_id IN (SELECT id FROM orders WHERE ${ENDED}))
        AND workflow_id NOT IN (SELECT workflow_id FROM side_runs WHERE ended_at IS NOT NULL)) AS signals,
      (SELECT count(*)::int FROM events WHERE published_at IS NULL) AS events,
      (SELECT count(*)::int FROM messages WHERE channel = 'sms' AND (state = 'sending' OR state = 'waiting' AND due_at <= $1::timestamptz + INTERVAL '1 minute')) AS texts,
      (SELECT count(*)::int FROM messages WHERE channel = 'email' AND told_by IS NULL AND (state = 'sending' AND due_at IS NOT NULL
        OR state = 'waiting' AND due_at <= $1::timestamptz + INTERVAL '1 minute')) AS digests,
      (SELECT json_agg(id) FROM manifests WHERE state IN ('open', 'asked')) AS manifests,
      (SELECT json_agg(id) FROM pickups WHERE state IN ('wanted', 'cancelling')) AS pickups,
      (SELECT json_agg(concat_ws(' ', event_id, outcome)) FROM webhook_inbox WHERE processed_at IS NULL
        AND outcome IS DISTINCT FROM 'unknown_parcel') AS webhooks`,
      [world.api.store.now()],
    );
    const running = (await viewOf(world, queues).runs())
      .filter((r) => r.status === 'RUNNING')
      .map((r) => r.workflow_id);
    const ended = await pool.query<{id: string}>(
      `SELECT 'order:' || id AS id FROM orders WHERE ${ENDED} AND waiting_on IS NULL
        UNION SELECT workflow_id FROM side_runs WHERE ended_at IS NOT NULL`,
    );
    const late = ended.rows.map((run) => run.id).filter((id) => running.includes(id));
    return {...rows[0], runs: late.length > 0 ? late : null, callbacks} as Record<string, unknown>;
  };
  const isQuiet = async () => Object.values(await open()).every((n) => n === 0 || n === null);
  // what left one book just before it was looked at may be in none: it is in another at the second look
  const quiet = async () => (await isQuiet()) && (await isQuiet());
  await until('everything to come to rest', quiet, open, patience);
}

/** All that the invariants find wrong once nothing is under way; runs of other test files are not looked at. */
export async function violationsAtRest(world: World, queues: MoreQueues = [], patience?: number): Promise<Violation[]> {
  await comeToRest(world, queues, patience);
  return violationsNow(world, queues);
}

/** The same at once, at rest or not. */
export async function violationsNow(world: World, queues: MoreQueues = []): Promise<Violation[]> {
  const report = await checkInvariants({
    databaseUrl: world.api.databaseUrl,
    stripeUrl: world.stripeUrl,
    carrierUrl: world.carrierUrl,
    supplierUrl: world.supplierUrl,
    smsUrl: world.smsUrl,
    temporalAddress: '',
    namespace: 'default',
    speed: world.clock.speed,
    quiescent: true,
    temporal: viewOf(world, queues),
  });
  return report.violations;
}

export function viewOf(world: World, queues: MoreQueues = []): TemporalView {
  const {client} = world;
  const mine = `TaskQueue IN (${[world.api.deps.taskQueue, ...queues].map((queue) => `"${queue}"`).join(', ')})`;
  const failed = `ExecutionStatus IN ("Failed", "Terminated", "TimedOut")`;
  const beside = `(WorkflowType != "subOrderWorkflow" AND ExecutionStatus = "Running")`;
  return viewThrough(client, `${mine} AND (WorkflowType = "orderWorkflow" OR ${beside} OR ${failed})`);
}
