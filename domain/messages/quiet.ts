import {addDays, dateAt, instantOf} from '../calendar/local-time.ts';
import type {QuietHours} from './terms.ts';

/** When a text may go that somebody wants to send at `at`: then, or when the quiet hours there are over. */
export function whenAwake(at: number, zone: string, quiet: QuietHours | null): number {
  if (!quiet || quiet.from === quiet.until) return at;
  const today = dateAt(at, zone);
  const morning = instantOf(today, quiet.until, zone);
  const evening = instantOf(today, quiet.from, zone);
  const overnight = quiet.from > quiet.until;
  if (!overnight) return at >= evening && at < morning ? morning : at;
  if (at < morning) return morning;
  return at >= evening ? instantOf(addDays(today, 1), quiet.until, zone) : at;
}
