import type pg from 'pg';
import type {Person} from './people.ts';

export interface Call {
  name: string;
  role: string;
  /** another question each time, as different people ask */
  path: (round: number) => string;
}

export const ORDER_ROLES = {baseline: 'order list, newest'};

/** A letter left out in the middle: as somebody writes who only heard it. */
const misspelt = (word: string) => (word.length < 5 ? word : word.slice(0, 2) + word.slice(3));
const said = (words: string) => `/v1/search?q=${encodeURIComponent(words)}`;

/** Everything the office lists and looks for. */
export async function readCalls(pool: pg.Pool, people: readonly Person[]): Promise<Call[]> {
  const person = (round: number): Person => people[(round * 7_919) % people.length] as Person;
  const warehouses = (await pool.query<{id: string}>('SELECT id FROM warehouses ORDER BY id')).rows;
  const site = (round: number) => warehouses[round % warehouses.length]?.id ?? '';
  const tracked = (
    await pool.query<{tracking_number: string}>(
      'SELECT tracking_number FROM parcels WHERE tracking_number IS NOT NULL LIMIT 500',
    )
  ).rows;
  const day = (await pool.query<{day: string}>("SELECT to_char(now() - interval '3 days', 'YYYY-MM-DD') AS day"))
    .rows[0]?.day;
  const of = (role: string) => (name: string, path: Call['path'] | string) => ({
    ...{name, role},
    path: typeof path === 'string' ? () => path : path,
  });
  const [support, ops] = [of('support'), of('ops')];
  return [
    support(ORDER_ROLES.baseline, '/v1/orders?limit=20'),
    support('order list, those being prepared', '/v1/orders?status=awaiting_fulfillment&limit=100'),
    support('search, order number', (i) => said(person(i).number)),
    support('search, end of an order number', (i) => said(person(i).number.slice(-5))),
    support('search, tracking number', (i) => said(tracked[i % tracked.length]?.tracking_number ?? '')),
    support('search, e-mail', (i) => said(person(i).email)),
    support('search, telephone', (i) => said(person(i).phone)),
    support('search, name', (i) => said(person(i).name)),
    support('search, misspelt name', (i) => said(person(i).name.split(' ').map(misspelt).join(' '))),
    support('search, first name alone', (i) => said(person(i).name.split(' ')[0] ?? '')),
    support('search, postal code and house number', (i) => said(`${person(i).postal_code} ${1 + (i % 200)}`)),
    support('search, nothing like it', (i) => said(`Qwxyz Vbnmk ${i}`)),
    support('dossier', (i) => `/v1/orders/${person(i).order_id}/dossier`),
    support('timeline', (i) => `/v1/orders/${person(i).order_id}/timeline`),
    support('moment of the past', (i) => `/v1/orders/${person(i).order_id}/at?seq=5`),
    support('reviews that are open', '/v1/reviews?state=open&limit=200'),
    support('returns in review', '/v1/returns?state=in_review&limit=200'),
    ops('ops: flow', '/v1/ops/flow'),
    ops('ops: late risk', '/v1/ops/late-risk?limit=50'),
    ops('ops: cut-offs', '/v1/ops/cut-offs'),
    ops('ops: workloads', '/v1/ops/workloads'),
    ops('ops: carriers', '/v1/ops/carriers'),
    ops('ops: exceptions', '/v1/ops/exceptions?limit=50'),
    ops('ops: KPIs of 30 days', '/v1/ops/kpis?days=30'),
    ops('ops: orders behind a KPI', `/v1/ops/kpis/otif/orders?day=${day}&limit=50`),
    of('warehouse_lead')('waves of a warehouse', (i) => `/v1/warehouses/${site(i)}/waves`),
    of('warehouse_lead')('tasks of a warehouse', (i) => `/v1/warehouses/${site(i)}/tasks?state=open&limit=100`),
  ];
}
