import {addDays, dateAt, instantOf} from '../domain/calendar/local-time.ts';
import {releasable, type WaveTerms} from '../domain/picking/wave-rules.ts';
import type {StoreContext} from './context.ts';
import {makeWave, type WaveWish} from './make-wave.ts';
import {endTours} from './tours.ts';
import {readWaveTerms} from './wave-terms.ts';

/**
 * Releases what is due by the rule of each warehouse, and ends tours of which nothing is left; returns how much it did.
 * One warehouse's trouble keeps no other from its wave, and is thrown when all had theirs.
 */
export async function releaseWaves(context: StoreContext, make = makeWave): Promise<number> {
  let done = await endTours(context);
  const failures: unknown[] = [];
  for (const {warehouse_id} of await context.prisma.wave_terms.findMany({select: {warehouse_id: true}})) {
    try {
      const wish = await dueAt(context, warehouse_id);
      if (wish && (await make(context, wish))) done += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'waves could not be released');
  return done;
}

/** What the rule of a warehouse wants released now; null where every task is for itself, or nobody works. */
async function dueAt(context: StoreContext, warehouse: string): Promise<WaveWish | null> {
  const site = await context.prisma.warehouses.findUnique({where: {id: warehouse}});
  const terms = await readWaveTerms(context.prisma, warehouse);
  if (!site?.active || terms.rule === 'immediate') return null;
  const now = context.now().getTime();
  const leaves = leavesNext(terms, site, now);
  const {kind, totes, rule} = terms;
  return {warehouse, kind, totes, rule, by: 'waybill', choose: (tasks) => releasable(terms, tasks, {now, leaves})};
}

/** The next cut-off, or the next carrier, milliseconds of the epoch; null when the rule knows none. */
function leavesNext(terms: WaveTerms, site: {timezone: string; cut_off: string}, now: number): number | null {
  const times = terms.rule === 'cut_off' ? [site.cut_off] : terms.rule === 'carrier_pickup' ? terms.pickups : [];
  const today = dateAt(now, site.timezone);
  const moments = [today, addDays(today, 1)].flatMap((day) => times.map((time) => instantOf(day, time, site.timezone)));
  const coming = moments.filter((moment) => moment >= now);
  return coming.length > 0 ? Math.min(...coming) : null;
}
