import {planTours} from '../domain/picking/plan-tours.ts';
import type {StoreContext} from './context.ts';
import {inTurns, planWave, type WaveWish} from './make-wave.ts';

export interface WavePreview {
  tasks: number;
  tours: number;
  /** of all tours; null on an unknown floor */
  walk_mm: number | null;
  /** if each order were walked for itself */
  alone_mm: number | null;
}

/** What would be released now, and what walking together saves; nothing is changed. */
export async function previewWave(
  context: StoreContext,
  wish: Pick<WaveWish, 'warehouse' | 'kind' | 'totes'>,
): Promise<WavePreview> {
  const plan = await planWave(context, {...wish, rule: 'by_hand', by: ''});
  if (!plan) return {tasks: 0, tours: 0, walk_mm: null, alone_mm: null};
  const alone = await inTurns(planTours(plan.stops, {kind: 'single', totes: 1}, plan.ways));
  return {
    tasks: new Set(plan.stops.map((stop) => stop.task_id)).size,
    tours: plan.tours.length,
    walk_mm: lengthOf(plan.tours),
    alone_mm: lengthOf(alone),
  };
}

const lengthOf = (tours: readonly {walk_mm: number | null}[]): number | null =>
  tours.reduce<number | null>((sum, {walk_mm}) => (sum === null || walk_mm === null ? null : sum + walk_mm), 0);
