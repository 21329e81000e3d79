import type {OrderView} from '../../../simulation/api-types.ts';
import type {Violation} from '../../../simulation/invariants/index.ts';
import {comeToRest} from '../../support/books.ts';
import {until} from '../../support/until.ts';
import {look, lookMeanwhile} from './look.ts';
import {type Net, PATIENT} from './net-world.ts';
import type {Story} from './story.ts';
import {answers, witness} from './witness.ts';

/** What the net saw; `story` is set when a story did not come to its end. */
export interface Findings {
  violations: Violation[];
  story?: string;
  why?: string;
}

/** The connection whose locks say which relay sends what is cut, so that the other relay takes over. */
const LOCKS_LOST_AT = 4_000;

async function loseLocks({world}: Net): Promise<void> {
  await world.api.store.pool
    .query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        GROUP BY pid`,
    )
    .catch(() => undefined);
}

const CHECK_EVERY = 1_500;
/** Stories at once: more would only wait for one another. */
const SIDE_BY_SIDE = 14;

/**
 * Plays all stories side by side and checks what must hold at any time meanwhile; at rest, everything. Returns at the
 * first finding; null when nothing was found.
 */
export async function castNet(net: Net, stories: readonly Story[]): Promise<Findings | null> {
  const watch = keepWatch(net);
  const locks = setTimeout(() => void loseLocks(net), LOCKS_LOST_AT);
  const found = await Promise.race([playAll(net, stories), watch.found]);
  watch.stop();
  clearTimeout(locks);
  if (found) return found;
  return atRest(net);
}

async function playAll(net: Net, stories: readonly Story[]): Promise<Findings | null> {
  try {
    const orders = await placeEarly(net, stories);
    // what was placed early goes by while nobody plays it
    const queue = [...stories.filter(({under}) => under), ...stories.filter(({under}) => !under)];
    const work = async () => {
      for (let story = queue.shift(); story; story = queue.shift()) {
        const {play} = story;
        try {
          const early = await orders.get(story);
          const ids = early ? [early.order_id] : [];
          await net.played(
            () => play(net, early as OrderView),
            ids,
            (orders) => runsBesideClose(net, orders),
          );
        } catch (error) {
          queue.length = 0;
          throw new StoryFailed(story.name, error);
        }
      }
    };
    await Promise.all(Array.from({length: SIDE_BY_SIDE}, work));
    return null;
  } catch (error) {
    if (!(error instanceof StoryFailed)) return told(net, 'the orders that are placed first', error);
    return told(net, error.story, error.cause);
  }
}

/** What has ended beside orders has a run that is about to close. */
async function runsBesideClose({world}: Net, orders: string[]): Promise<void> {
  const where = {order_id: {in: orders}, ended_at: {not: null}};
  const ended = await world.api.store.prisma.side_runs.findMany({where});
  const run = (id: string) => world.client.workflow.getHandle(id).describe();
  await Promise.all(
    ended.map(({workflow_id: id}) =>
      until(`${id} to close`, () =>
        run(id).then(
          ({status}) => status.name === 'COMPLETED',
          () => false,
        ),
      ),
    ),
  );
}

class StoryFailed extends Error {
  readonly story: string;
  constructor(story: string, cause: unknown) {
    super(story, {cause});
    this.story = story;
  }
}

/** Orders under a policy of their own, before anybody else places one. */
async function placeEarly(net: Net, stories: readonly Story[]): Promise<Map<Story, Promise<OrderView>>> {
  const orders = new Map<Story, Promise<OrderView>>();
  for (const story of stories) {
    if (!story.under) continue;
    const {policy, wish, answered = 201} = story.under;
    const wanted = await wish(net);
    const {placed} = await net.under(policy, () => net.floor.buy(wanted, answered));
    orders.set(story, placed);
    if (policy === PATIENT) await net.beginTrouble();
  }
  return orders;
}

async function told(net: Net, story: string, error: unknown): Promise<Findings> {
  const why = (error instanceof Error ? error.message : String(error)).slice(0, 600);
  return {story, why, violations: await lookMeanwhile(net, true).catch(() => [])};
}

/** Looks again and again while the stories are played. */
function keepWatch(net: Net): {found: Promise<Findings>; stop(): void} {
  let stopped = false;
  let took = 0;
  const found = new Promise<Findings>((resolve, reject) => {
    const again = async () => {
      while (!stopped) {
        // on a machine that is busy a look takes long, and must leave time for the stories
        await new Promise((wait) => setTimeout(wait, Math.max(CHECK_EVERY, 5 * took)));
        if (stopped) return;
        const began = performance.now();
        const violations = [...(await lookMeanwhile(net)), ...answers(net)];
        if (violations.length > 0) return resolve({violations});
        took = performance.now() - began;
      }
    };
    again().catch(reject);
  });
  return {
    found,
    stop: () => {
      stopped = true;
    },
  };
}

async function atRest(net: Net): Promise<Findings | null> {
  try {
    await comeToRest(net.world);
    await until('the carrier and the payment provider to have delivered their webhooks', async () => {
      const waiting = [net.world.stripeUrl].map((url) => net.floor.control(url, 'webhooks'));
      return (await Promise.all(waiting)).every((w) => (w as {pending: number}).pending === 0);
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const violations = [...(await look(net, true)), ...(await witness(net))];
    return {story: 'coming to rest', why, violations};
  }
  const violations = [...(await look(net, true)), ...(await witness(net))];
  return violations.length > 0 ? {violations} : null;
}
