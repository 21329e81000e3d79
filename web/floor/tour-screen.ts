import {newId} from './api.ts';
import {type App, enqueue, mine, type Screen, topBar, toldLine} from './app.ts';
import {button, el, run} from './dom.ts';
import {feel} from './feedback.ts';
import {place, progressBar, refusalOf, shortScreen, undoButton} from './pick-screen.ts';
import {left} from './task-state.ts';
import {refreshTour, takeTour, unsentOf, walkNow} from './tour-hand.ts';
import {
  isHere,
  isWalked,
  judgeWalk,
  missingOf,
  nextTourStop,
  scansOf,
  type TourScan,
  type TourStop,
  type Walk,
} from './tour-state.ts';

/** One stop of the tour at a time: where to go, what to take, and into which tote. */
export function tourScreen(app: App, home: () => void): Screen {
  const send = async (scans: readonly TourScan[]) => {
    for (const scan of scans) {
      const walk = walkNow(app);
      if (!walk) return home();
      const {verdict, walk: after} = judgeWalk(walk, scan);
      const told = {accepted: verdict.accepted, code: verdict.code};
      await enqueue(app, {operation_id: newId(), ...scan, told});
      if (!verdict.accepted) return app.tell('bad', refusalOf(app, verdict, scan, nextTourStop(walk)));
      tellGood(app, walk, after, scan);
    }
  };
  const finish = async () => {
    await takeTour(app, null);
    app.told = null;
    home();
  };
  return {
    draw: () => {
      const walk = walkNow(app);
      if (app.tour?.stale && mine(app).length === 0) run(() => refresh(app, home))();
      if (!walk)
        return el('main', {}, topBar(app), el('h1', {}, app.say('gone')), button(app.say('continue'), 'big go', home));
      if (walk.tour.paused) return pausedView(app, home);
      const stop = nextTourStop(walk);
      return stop ? stopView(app, walk, stop, send) : doneView(app, finish);
    },
    scanned: (code) => {
      const walk = walkNow(app);
      if (walk && !walk.tour.paused && !isWalked(walk)) return send(scansOf(walk, code));
    },
  };
}

async function refresh(app: App, home: () => void): Promise<void> {
  if (!(await refreshTour(app))) return void setTimeout(app.redraw, 3_000);
  if (app.tour) app.redraw();
  else home();
}

function tellGood(app: App, before: Walk, after: Walk, scan: TourScan): void {
  const {say} = app;
  if (isWalked(after)) {
    feel('done');
    app.told = null;
    return app.redraw();
  }
  if (scan.kind === 'bin') return app.tell('good', say('good_bin'));
  const {tote = '', sku, task_id} = nextTourStop(before) ?? {};
  const next = nextTourStop(after);
  const more = next && isHere(after, next) && next.sku === sku && next.task_id === task_id;
  const good = more ? say('good_item', {n: left(next)}) : say('good_stop');
  app.tell('good', scan.kind === 'item' ? `${good} → ${say('tote', {tote})}` : good);
}

type Send = (scans: readonly TourScan[]) => Promise<void>;

function stopView(app: App, walk: Walk, stop: TourStop, send: Send): HTMLElement {
  const {say} = app;
  const here = isHere(walk, stop);
  return el(
    'main',
    {class: here ? 'pick here' : 'pick'},
    topBar(app),
    progress(app, walk, stop),
    place(app, stop, here),
    el(
      'section',
      {class: here ? 'what now' : 'what'},
      el('p', {class: 'count'}, `${say('pick')} `, el('b', {}, `${left(stop)} ×`)),
      el('h2', {}, stop.name),
      el('p', {class: 'hint'}, `${stop.sku} · ${stop.barcode}`),
      el('p', {class: 'tote'}, '→ ', say('tote', {tote: ''}), el('b', {}, stop.tote)),
    ),
    toldLine(app),
    el('p', {class: 'do'}, say(here ? 'scan_item' : 'scan_bin')),
    el('div', {class: 'foot'}, ...actions(app, walk, stop, here, send)),
  );
}

function progress({say}: App, {tour}: Walk, stop: TourStop): HTMLElement {
  const of = tour.stops.reduce((sum, {qty}) => sum + qty, 0);
  const n = of - tour.stops.reduce((sum, each) => sum + left(each), 0);
  const step = say('stop_of', {n: tour.stops.indexOf(stop) + 1, of: tour.stops.length});
  return progressBar(`${step} · ${say('picked_of', {n, of})}`, n, of);
}

function actions(app: App, walk: Walk, stop: TourStop, here: boolean, send: Send): (HTMLElement | null)[] {
  const {say} = app;
  const rest = left(stop);
  const all = () => send(scansOf(walk, stop.barcode, rest));
  const short = () =>
    app.show(shortScreen(app, stop, tourScreen(app, app.go.home), (qty) => send(missingOf(walkNow(app) ?? walk, qty))));
  return [
    here && stop.picked > 0 && rest > 1 ? button(say('count_rest', {n: rest}), 'big', all) : null,
    el('div', {class: 'pair'}, undoButton(app, unsentOf(app)), here ? button(say('short'), 'big warn', short) : null),
  ];
}

function pausedView(app: App, home: () => void): HTMLElement {
  const {say} = app;
  return el(
    'main',
    {class: 'calm finished'},
    topBar(app),
    el('h1', {class: 'huge'}, say('paused_tour')),
    el('p', {class: 'next'}, say('paused_how')),
    toldLine(app),
    el(
      'div',
      {class: 'foot'},
      button(`↻ ${say('paused_again')}`, 'big go', () => refresh(app, home)),
    ),
  );
}

function doneView(app: App, finish: () => Promise<void>): HTMLElement {
  const {say} = app;
  return el(
    'main',
    {class: 'calm finished'},
    topBar(app),
    el('p', {class: 'tick', 'aria-hidden': 'true'}, '✓'),
    el('h1', {class: 'huge'}, say('all_picked')),
    el('p', {class: 'next'}, say('totes_to_packing')),
    toldLine(app),
    el('div', {class: 'foot'}, button(say('continue'), 'big go', finish)),
  );
}
