import {claimTour, fetchTour} from './api.ts';
import {type App, heardBy, mine} from './app.ts';
import {keepFact} from './database.ts';
import type {Waiting} from './outbox.ts';
import {TOUR} from './tour-in-hand.ts';
import {type FloorTour, type TourScan, type Walk, walkOf, walkWith} from './tour-state.ts';

export async function takeTour(app: App, tour: FloorTour | null): Promise<void> {
  app.tour = tour && {walk: walkOf(tour), stale: false};
  await keepFact(TOUR, app.tour);
}

/** What of this tour has not reached the server. */
export function unsentOf(app: App): Waiting[] {
  const tasks = new Set(app.tour?.walk.tour.stops.map(({task_id}) => task_id));
  return mine(app).filter(({task_id}) => tasks.has(task_id));
}

/** The walk as the picker sees it: as if everything had been sent. */
export const walkNow = (app: App): Walk | null => app.tour && walkWith(app.tour.walk, unsentOf(app) as TourScan[]);

/** Takes the tour and all of its stops in hand; what stood in the way otherwise. */
export async function startTour(
  app: App,
  id: string,
): Promise<'taken' | 'still_sending' | 'silent' | 'held' | 'gone' | 'heard'> {
  // what is on its way might be in the answer, or not
  if (mine(app).length > 0) return 'still_sending';
  const claimed = await claimTour(id);
  if (claimed.status === 0) return 'silent';
  if (!heardBy(app, claimed)) return 'heard';
  if (claimed.status !== 200) return claimed.problem?.code === 'task_held' ? 'held' : 'gone';
  const heard = await fetchTour(id);
  if (heard.status === 0) return 'silent';
  if (!heardBy(app, heard)) return 'heard';
  if (heard.status !== 200) return 'gone';
  await takeTour(app, {...heard.body, claimed_by: app.me?.client ?? null});
  return 'taken';
}

let refreshing = false;

/** How the tour really stands; one that is over or somebody else's is let go. False when nobody answered. */
export async function refreshTour(app: App): Promise<boolean> {
  const hand = app.tour;
  if (!hand || refreshing) return false;
  refreshing = true;
  const heard = await fetchTour(hand.walk.tour.tour_id).finally(() => {
    refreshing = false;
  });
  // what was scanned while the answer was on its way is not in it
  if (!heardBy(app, heard) || unsentOf(app).length > 0 || app.tour !== hand) return false;
  const {status, body} = heard;
  const own = status === 200 && body.state === 'open' && (body.claimed_by ?? app.me?.client) === app.me?.client;
  const {at} = hand.walk;
  await takeTour(app, own ? {...body, claimed_by: app.me?.client ?? null} : null);
  if (app.tour) app.tour.walk.at ??= at;
  return true;
}

/** Going on where one was; a tour of somebody else is not ours to go on with. */
export async function tourResumed(app: App): Promise<boolean> {
  if (!app.tour) return false;
  const own = app.tour.walk.tour.claimed_by === app.me?.client;
  if (!own && mine(app).length === 0) await takeTour(app, null);
  return own;
}
