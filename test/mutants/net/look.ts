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
    mailUrl,
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
  const orders = answered('/v1/orders').map(({key = '', answer}) => ({key, order_id: String(answer['order_id'])}));
  return {scans, orders};
}

/** Mails and events follow their orders at a distance. */
const LATE: readonly string[] = ['N2', 'E2'];

/**
 * What must hold at any time, and what must hold at rest for orders that nothing has moved for five seconds: others may
 * be under way when a story stops in the middle.
 */
export async function lookAtTheStill(net: Net): Promise<Violation[]> {
  const {pool} = net.world.api.store;
  const {rows} = await pool.query<{number: string}>(
    "SELECT number FROM orders WHERE updated_at < $1::timestamptz - interval '5 seconds'",
    [net.world.api.store.now()],
  );
  const still = new Set(rows.map((row) => row.number));
  const always = await look(net, false);
  const atRest = (await look(net, true)).filter((v) => still.has(v.subject) && !LATE.includes(v.id));
  const known = new Set(always.map((v) => v.sentence));
  return [...always, ...atRest.filter((v) => !known.has(v.sentence))];
}
