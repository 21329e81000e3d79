import type {Tone} from '../../ui/status.tsx';
import type {Stage} from './types.ts';

/** Beside the way: what stands there does not go on by itself. */
export const BESIDE: ReadonlySet<string> = new Set(['BACKORDERED', 'SUPPLIER', 'SHORT_PICKED', 'EXCEPTION']);

/** How a stage stands: bad when half of it is there too long, to be watched when anything is. */
export function toneOfPile({now, over}: Pick<Stage, 'now' | 'over'>): Tone {
  if (now === 0) return 'still';
  if (over === 0) return 'moving';
  return over * 2 >= now ? 'bad' : 'wait';
}

/** More came than went, by a fifth of what stands there: the pile grows. */
export const isGrowing = ({now, arrived_hour, left_hour}: Stage): boolean =>
  now > 0 && arrived_hour - left_hour >= Math.max(1, now / 5);

/** Height of a pile, 0 to 1, beside the highest of them: by its root, so that the small ones can be seen. */
export const heightOf = (now: number, most: number): number => (most === 0 ? 0 : Math.sqrt(now / most));
