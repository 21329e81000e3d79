import {checkInvariants, type Violation} from '../../../simulation/invariants/index.ts';
import {viewOf} from '../../support/books.ts';
import type {Net} from './net-world.ts';

/** What the invariants find wrong at this moment; `quiescent` when nothing is under way. */
export async function look(net: Net, quiescent: boolean): Promise<Violation[]> {
  const {world, mailUrl} = net;
  const {violations} = await checkInvariants({
    databaseUrl: world.api.databaseUrl,
    stripeUrl: world.stripeUrl,
    carrierUrl: world.carrierUrl,
    supplierUrl: world.supplierUrl,
    mailUrl,
    smsUrl: world.smsUrl,
    temporalAddress: '',
    namespace: 'default',
    speed: world.clock.speed,
    now: () => Date.now(),
    quiescent,
    temporal: viewOf(world),
    acknowledged: acknowledged(net),
    marked: {values: MARKED, folders: []},
  });
  return violations;
}

/** Of every customer of the stories; an address of its own would cost a search for each. */
const MARKED = ['Ann Example', '@example.com', ' Example Street'];

function acknowledged({journal}: Net) {
  const answered = (path: string) => journal.filter((e) => e.path === path && e.status < 300);
  const scans = answered('/v1/scans').map(({body, answer}) => ({
    operation_id: String(body['operation_id']),
    accepted: answer['accepted'] === true,
  }));
  const orders = answered('/v1/orders').map(({key, answer}) => ({key, order_id: String(answer['order_id'])}));
  return {scans, orders};
}

/** Mails and events follow their orders at a distance. */
const LATE: readonly string[] = ['N2', 'E2'];
/** Milliseconds from a story's end until its orders count as at rest, and for which an order stood still in any other. */
const REST = 1_500;
const STILL = 5_000;

/**
 * What must hold at any time, and what must hold at rest for the orders whose stories have ended: others are under way.
 * `stuck`: a story stopped in the middle; then also for orders that nothing has moved for a while.
 */
export async function lookMeanwhile(net: Net, stuck = false): Promise<Violation[]> {
  const {pool, now} = net.world.api.store;
  const {rows} = await pool.query<{number: string}>(
    'SELECT number FROM orders WHERE id = ANY($1) OR ($2 AND updated_at < $3)',
    [net.done(REST), stuck, new Date(now().getTime() - STILL)],
  );
  const still = new Set(rows.map((row) => row.number));
  const always = await look(net, false);
  const atRest = still.size === 0 ? [] : await look(net, true);
  const known = new Set(always.map((v) => v.sentence));
  const more = atRest.filter((v) => still.has(v.subject) && !LATE.includes(v.id) && !known.has(v.sentence));
  return [...always, ...more];
}
