import {fetchTours, type TourBrief} from './api.ts';
import {type App, heardBy} from './app.ts';
import {button, el, run} from './dom.ts';
import {startTour} from './tour-hand.ts';

/** What is listed before the tasks that are walked for themselves. */
export interface Before {
  load: () => Promise<void>;
  rows: () => HTMLElement[];
  /** the big button; null when none is free */
  first: () => HTMLElement | null;
}

/** Tours of the warehouse, those one has first; a tap takes one in hand. */
export function toursList(app: App, started: () => void): Before {
  let tours: TourBrief[] = [];
  const load = async () => {
    const heard = await fetchTours(app.me?.warehouse ?? '');
    if (!heardBy(app, heard) || heard.status !== 200) return;
    const own = ({claimed_by}: TourBrief) => (claimed_by === app.me?.client ? 0 : 1);
    // the oldest wave first
    tours = heard.body
      .toReversed()
      .flatMap(({tours: all, state}) => all.map((tour) => ({...tour, paused: state === 'paused'})))
      .filter((tour) => tour.state === 'open' && tour.units > tour.picked + tour.short)
      .sort((a, b) => own(a) - own(b));
  };
  const start = async ({tour_id, paused}: TourBrief) => {
    if (paused) return app.tell('bad', app.say('paused_tour'));
    const outcome = await startTour(app, tour_id);
    if (outcome === 'taken') return started();
    if (outcome === 'silent') return app.tell('bad', app.say('offline_claim'));
    if (outcome === 'heard') return;
    app.tell('bad', app.say(outcome));
    await load();
    app.redraw();
  };
  return {
    load,
    rows: () => tours.map((tour) => row(app, tour, start)),
    first: () => {
      const free = tours.find((tour) => !tour.paused && mayTake(app, tour));
      return free ? button(app.say('tour_next'), 'big go', () => start(free)) : null;
    },
  };
}

function mayTake(app: App, {claimed_by, lease_until}: TourBrief): boolean {
  if (claimed_by === null || claimed_by === app.me?.client) return true;
  return lease_until !== null && Date.parse(lease_until) < Date.now();
}

function row(app: App, tour: TourBrief, start: (tour: TourBrief) => Promise<void>): HTMLElement {
  const {say} = app;
  const own = tour.claimed_by === app.me?.client;
  const free = mayTake(app, tour);
  const state = tour.paused ? say('paused') : own ? say('yours') : free ? '' : (tour.holder ?? say('taken'));
  const zone = tour.zone === null ? '' : `${say('zone', {zone: tour.zone})} · `;
  return el(
    'li',
    {},
    el(
      'button',
      {type: 'button', class: own ? 'task own' : 'task', onclick: run(() => start(tour))},
      el('b', {}, say('tour_n', {n: tour.position})),
      el(
        'span',
        {},
        `${zone}${say('orders', {n: tour.orders})} · ${say('units', {n: tour.units - tour.picked - tour.short})}`,
      ),
      el('i', {}, state),
    ),
  );
}
