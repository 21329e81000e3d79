import {groupBy} from './group-by.ts';
import type {Finding, World} from './types.ts';

interface Job {
  id: string;
  kind: string;
  state: string;
  orders: number;
  possible: number | null;
  undoes: string | null;
  confirmed_by: string | null;
}

interface Item {
  job_id: string;
  order_id: string;
  state: string;
  code: string | null;
  shown_as_possible: boolean;
  asked: boolean;
}

/** Something that was done to an order by an act, wherever that is on record. */
interface Trace {
  request: string;
  order_id: string;
  actor: string | null;
}

/** I6: each order of an act on many is touched by it once, by whoever confirmed it, and its figures add up. */
export async function bulksAddUp(world: World): Promise<Finding[]> {
  const jobs = await world.sql<Job>(
    `SELECT id, kind, state, orders, possible, undoes, confirmed_by FROM bulk_jobs ORDER BY id`,
  );
  const items = await world.sql<Item>(
    `SELECT job_id, order_id, state, code, effect IS NOT NULL AS shown_as_possible, asked_at IS NOT NULL AS asked
       FROM bulk_items ORDER BY job_id, position`,
  );
  const byJob = groupBy(items, ({job_id}) => job_id);
  const traces = groupBy(await tracesOf(world), ({request}) => request);
  return [
    ...jobs.flatMap((job) => figures(job, byJob.get(job.id) ?? [])),
    ...jobs.flatMap((job) => (byJob.get(job.id) ?? []).flatMap((item) => touched(world, job, item, traces))),
    ...strangers(world, items, traces),
    ...undoings(world, jobs, byJob),
  ];
}

/** A cancellation leaves its answer, a hold or release its change, a move its row in the audit; each may be there twice. */
function tracesOf(world: World): Promise<Trace[]> {
  return world.sql<Trace>(
    `SELECT substr(d.id, 8) AS request, d.order_id, (SELECT a.actor FROM order_audit a
         WHERE a.order_id = d.order_id AND a.subject = d.id ORDER BY a.id LIMIT 1) AS actor
       FROM decisions d WHERE d.id LIKE 'cancel:bulk:%'
     UNION ALL SELECT substr(a.subject, 8), a.order_id, a.actor FROM order_audit a WHERE a.subject LIKE 'cancel:bulk:%'
        AND a.id <> (SELECT min(b.id) FROM order_audit b WHERE b.order_id = a.order_id AND b.subject = a.subject)
     UNION ALL SELECT c.request_id, c.order_id, a.actor FROM order_changes c JOIN order_audit a
        ON a.order_id = c.order_id AND a.subject = 'change:' || c.id WHERE c.request_id LIKE 'bulk:%' AND c.state = 'applied'
     UNION ALL SELECT a.subject, a.order_id, a.actor FROM order_audit a WHERE a.subject LIKE 'bulk:%'`,
  );
}

const ENDED: readonly string[] = ['done', 'stopped', 'dropped'];

function figures(job: Job, items: readonly Item[]): Finding[] {
  const say = (what: string) => [{subject: job.id, sentence: `The act on many orders ${job.id} ${what}.`}];
  if (items.length !== job.orders) return say(`is about ${job.orders} orders, and ${items.length} are on its list`);
  const possible = items.filter((item) => item.shown_as_possible).length;
  if (job.possible !== null && job.possible !== possible) {
    return say(`was shown to be possible for ${job.possible} orders, and it was for ${possible}`);
  }
  const count = (state: string) => items.filter((item) => item.state === state).length;
  if (ENDED.includes(job.state) && count('waiting') > 0)
    return say(`has ended, and ${count('waiting')} orders wait still`);
  if (job.state === 'done' && count('skipped') > 0) return say('is done, and left orders out');
  const begun = items.filter((item) => item.asked).length;
  return job.confirmed_by === null && begun > 0 ? say(`began on ${begun} orders, and nobody confirmed it`) : [];
}

function touched(world: World, job: Job, item: Item, traces: ReadonlyMap<string, Trace[]>): Finding[] {
  const {order_id, state} = item;
  const subject = world.nameOf(order_id);
  const found = traces.get(`bulk:${job.id}:${order_id}`) ?? [];
  const say = (what: string) => [{subject, sentence: `Order ${subject}: the act on many orders ${job.id} ${what}.`}];
  if (found.length > 1) return say(`was done to it ${found.length} times`);
  const [trace] = found;
  if (state === 'done' && !trace) return say('counts it as done, and nothing was done to it');
  const may = state === 'done' || (state === 'waiting' && item.asked);
  if (trace && !may) return say(`counts it as ${state}, and was done to it`);
  if (trace && trace.actor !== null && trace.actor !== job.confirmed_by) {
    return say(`was confirmed by ${job.confirmed_by}, and done to it in the name of ${trace.actor}`);
  }
  return trace && trace.order_id !== order_id ? say('was done to another order in its stead') : [];
}

/** Done in the name of an act to an order that is not on its list. */
function strangers(world: World, items: readonly Item[], traces: ReadonlyMap<string, Trace[]>): Finding[] {
  const known = new Set(items.map(({job_id, order_id}) => `bulk:${job_id}:${order_id}`));
  return [...traces].flatMap(([request, [trace]]) => {
    if (known.has(request) || !trace) return [];
    const subject = world.nameOf(trace.order_id);
    const sentence = `Order ${subject}: an act on many orders was done to it, and it is not on the list of any (${request}).`;
    return [{subject, sentence}];
  });
}

/** What undoes another act releases only what that has held back. */
function undoings(world: World, jobs: readonly Job[], byJob: ReadonlyMap<string, Item[]>): Finding[] {
  return jobs.flatMap(({id, undoes}) => {
    if (undoes === null) return [];
    const held = new Set(
      (byJob.get(undoes) ?? []).filter((item) => item.state === 'done').map((item) => item.order_id),
    );
    const more = (byJob.get(id) ?? []).filter(({order_id}) => !held.has(order_id));
    return more.map(({order_id}) => {
      const subject = world.nameOf(order_id);
      const sentence = `Order ${subject}: ${id} undoes the act ${undoes}, which never held it back.`;
      return {subject, sentence};
    });
  });
}
