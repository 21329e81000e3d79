import {addDays, dateAt, instantOf} from '../domain/calendar/local-time.ts';
import {releasable, type WaveTerms} from '../domain/picking/wave-rules.ts';
import type {StoreContext} from './context.ts';
import {makeWave} from './make-wave.ts';
import {endTours} from './tours.ts';
import {readWaveTerms} from './wave-terms.ts';

/** Releases what is due by the rule of each warehouse, and ends tours of which nothing is left; returns how much it did. */
export async function releaseWaves(context: StoreContext): Promise<number> {
  const {prisma} = context;
  let done = await endTours(context);
  for (const {warehouse_id} of await prisma.wave_terms.findMany({select: {warehouse_id: true}})) {
    const site = await prisma.warehouses.findUnique({where: {id: warehouse_id}});
    const terms = await readWaveTerms(prisma, warehouse_id);
    if (!site?.active || terms.rule === 'immediate') continue;
    const now = context.now().getTime();
    const leaves = leavesNext(terms, site, now);
    const {kind, totes, rule} = terms;
    const choose = (waiting: Parameters<typeof releasable>[1]) => releasable(terms, waiting, {now, leaves});
    if (await makeWave(context, {warehouse: warehouse_id, kind, totes, rule, by: 'waybill', choose})) done += 1;
  }
  return done;
}

/** The next cut-off, or the next carrier, milliseconds of the epoch; null when the rule knows none. */
function leavesNext(terms: WaveTerms, site: {timezone: string; cut_off: string}, now: number): number | null {
  const times = terms.rule === 'cut_off' ? [site.cut_off] : terms.rule === 'carrier_pickup' ? terms.pickups : [];
  const today = dateAt(now, site.timezone);
  const moments = [today, addDays(today, 1)].flatMap((day) => times.map((time) => instantOf(day, time, site.timezone)));
  const coming = moments.filter((moment) => moment >= now);
  return coming.length > 0 ? Math.min(...coming) : null;
}
