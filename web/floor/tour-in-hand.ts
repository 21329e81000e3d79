import {readFact} from './database.ts';
import type {Waiting} from './outbox.ts';
import {judgeWalk, type TourScan, type Walk} from './tour-state.ts';

export const TOUR = 'tour';

/** The tour in hand as the server last had it; `stale` once it is to be asked how it stands. */
export interface TourInHand {
  walk: Walk;
  stale: boolean;
}

export const loadTour = (): Promise<TourInHand | null> => readFact<TourInHand>(TOUR);

/**
 * What an answered scan makes of the tour; null when it is of something else. After a shortage the server may know
 * another bin, after a contradiction it knows better.
 */
export function settledTour(hand: TourInHand | null, scan: Waiting, accepted: boolean, conflict: boolean) {
  if (!hand?.walk.tour.stops.some(({task_id}) => task_id === scan.task_id)) return null;
  if (conflict) return {...hand, stale: true};
  if (!accepted) return hand;
  return {walk: judgeWalk(hand.walk, scan as TourScan).walk, stale: hand.stale || scan.kind === 'short'};
}
