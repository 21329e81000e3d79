import {type App, alone, enqueue, heardBy, mine, type Screen, take, topBar, toldLine} from './app.ts';
import {fetchTasks, newId} from './api.ts';
import {dropWaiting, readWaiting} from './database.ts';
import {button, el} from './dom.ts';
import {feel} from './feedback.ts';
import type {Waiting} from './outbox.ts';
import {
  type FloorStop,
  type FloorTask,
  isAtOpenBin,
  isDone,
  judge,
  kindOf,
  left,
  nextStop,
  type PickScan,
  type Verdict,
  withWaiting,
} from './task-state.ts';
import {forgetTask} from './tasks-screen.ts';

/** One stop at a time: where to go, what to take, and what the last scan meant. */
export function pickScreen(app: App, home: () => void): Screen {
  const view = () => {
    const task = app.inHand?.task;
    return task ? withWaiting(task, ofTask(app, task) as PickScan[]) : null;
  };
  const scan = async (scanned: PickScan) => {
    const task = view();
    if (!task) return home();
    const {verdict, task: after} = judge(task, scanned);
    const told = {accepted: verdict.accepted, code: verdict.code};
    await enqueue(app, {operation_id: newId(), task_id: task.task_id, ...scanned, told});
    if (!verdict.accepted) return app.tell('bad', refusalOf(app, verdict, scanned, nextStop(task)));
    if (isDone(after)) {
      feel('done');
      app.told = null;
      return app.redraw();
    }
    app.tell('good', praiseOf(app, scanned, after));
  };
  const finish = async () => {
    if (app.inHand) await forgetTask(app.inHand.task);
    await take(app, null);
    app.told = null;
    home();
  };
  return {
    draw: () => {
      const task = view();
      if (app.inHand?.stale && mine(app).length === 0) void refresh(app, home);
      if (!task)
        return el('main', {}, topBar(app), el('h1', {}, app.say('gone')), button(app.say('continue'), 'big go', home));
      const stop = nextStop(task);
      return stop ? stopView(app, task, stop, scan) : doneView(app, task, finish);
    },
    scanned: (code) => {
      const task = view();
      if (task && !isDone(task)) return scan({kind: kindOf(task, code), code});
    },
  };
}

const ofTask = (app: App, {task_id}: FloorTask): Waiting[] => mine(app).filter((scan) => scan.task_id === task_id);

let refreshing = false;

/** After the server said otherwise: how the task really stands. One that is not listed any more is closed. */
async function refresh(app: App, home: () => void): Promise<void> {
  if (refreshing || !app.inHand) return;
  refreshing = true;
  const {task_id} = app.inHand.task;
  const heard = await fetchTasks(app.me?.warehouse ?? '').finally(() => {
    refreshing = false;
  });
  if (!heardBy(app, heard) || heard.status !== 200) return void setTimeout(app.redraw, 3_000);
  const found = heard.body.find((task) => task.task_id === task_id);
  const own = found && (found.claimed_by === null || found.claimed_by === app.me?.client);
  await take(app, own ? {...found, claimed_by: app.me?.client ?? null} : null);
  if (own) app.redraw();
  else home();
}

/** What to do instead, now that one is led to this stop. */
export function refusalOf({say}: App, {code}: Verdict, scanned: PickScan, stop: FloorStop | null): string {
  const values = {bin: unbroken(stop?.bin ?? ''), name: stop?.name ?? ''};
  if (code === 'wrong_bin') return say(scanned.kind === 'bin' ? 'wrong_bin' : 'bin_first', values);
  if (code === 'wrong_item') return say('wrong_item', values);
  if (code === 'too_many' || code === 'cancelled' || code === 'done' || code === 'not_yours') return say(code);
  return say('unknown_code');
}

function praiseOf({say}: App, scanned: PickScan, after: FloorTask): string {
  if (scanned.kind === 'bin') return say('good_bin');
  const stop = nextStop(after);
  return stop && isAtOpenBin(after, stop) ? say('good_item', {n: left(stop)}) : say('good_stop');
}

/** The name of a bin is not cut in two at the end of a line. */
const unbroken = (bin: string): string => bin.replaceAll('-', '\u2011');

type ScanWith = (scan: PickScan) => Promise<void>;

function stopView(app: App, task: FloorTask, stop: FloorStop, scan: ScanWith): HTMLElement {
  const {say} = app;
  const here = isAtOpenBin(task, stop);
  const verb = say(task.kind === 'unpick' ? 'put_back' : 'pick');
  return el(
    'main',
    {class: here ? 'pick here' : 'pick'},
    topBar(app),
    progress(app, task, stop),
    place(app, stop, here),
    el(
      'section',
      {class: here ? 'what now' : 'what'},
      el('p', {class: 'count'}, `${verb} `, el('b', {}, `${left(stop)} ×`)),
      el('h2', {}, stop.name),
      el('p', {class: 'hint'}, `${stop.sku} · ${stop.barcode}`),
    ),
    toldLine(app),
    el('p', {class: 'do'}, say(here ? 'scan_item' : 'scan_bin')),
    el('div', {class: 'foot'}, ...actions(app, task, stop, here, scan)),
  );
}

function progress({say}: App, task: FloorTask, stop: FloorStop): HTMLElement {
  const of = task.stops.reduce((sum, {qty}) => sum + qty, 0);
  const n = of - task.stops.reduce((sum, each) => sum + left(each), 0);
  const words = `${say('stop_of', {n: task.stops.indexOf(stop) + 1, of: task.stops.length})} · ${say('picked_of', {n, of})}`;
  return progressBar(words, n, of, task.number);
}

export const progressBar = (words: string, n: number, of: number, title = ''): HTMLElement =>
  el(
    'div',
    {class: 'progress'},
    el('p', {}, title !== '' && el('span', {}, title), el('span', {}, words)),
    el('progress', {value: n, max: Math.max(of, 1), 'aria-label': words}),
  );

/** "Aisle 12, Rack C, Shelf 4"; a bin without a place is known by its code alone. */
export function place({say}: App, stop: FloorStop, here: boolean): HTMLElement {
  const part = (word: 'aisle' | 'rack' | 'shelf', value: string) =>
    value !== '' && el('span', {class: 'part'}, el('small', {}, say(word)), el('b', {}, value));
  return el(
    'h1',
    {class: 'place'},
    part('aisle', stop.aisle),
    part('rack', stop.rack),
    part('shelf', stop.shelf),
    el('span', {class: 'code'}, `${here ? '✓ ' : ''}${say('bin')} ${stop.bin}`),
  );
}

function actions(app: App, task: FloorTask, stop: FloorStop, here: boolean, scan: ScanWith): (HTMLElement | null)[] {
  const {say} = app;
  const rest = left(stop);
  const counting = here && stop.picked > 0 && rest > 1;
  const short = here && task.kind === 'pick';
  const missing = () => {
    const back = pickScreen(app, app.go.home);
    app.show(shortScreen(app, stop, back, (qty) => scan({kind: 'short', code: stop.sku, qty})));
  };
  return [
    counting
      ? button(say('count_rest', {n: rest}), 'big', () => scan({kind: 'item', code: stop.barcode, qty: rest}))
      : null,
    el(
      'div',
      {class: 'pair'},
      undoButton(app, ofTask(app, task)),
      short ? button(say('short'), 'big warn', missing) : null,
    ),
  ];
}

/** What was not sent yet can be taken back; what the server has counted is put right by it alone. */
export function undoButton(app: App, unsent: readonly Waiting[]): HTMLElement | null {
  const last = unsent.at(-1);
  if (!last || app.online) return null;
  return button(app.say('undo'), 'plain', async () => {
    // not while it may be on its way
    const dropped = await alone(() => dropWaiting(last.seq));
    app.waiting = await readWaiting();
    if (dropped) app.tell('good', app.say('undone'));
    else app.redraw();
  });
}

/** The second tap of a short pick: how many are missing. */
export function shortScreen(app: App, stop: FloorStop, back: Screen, report: (qty: number) => Promise<void>): Screen {
  const rest = left(stop);
  const missing = async (qty: number) => {
    app.show(back);
    await report(qty);
  };
  const some = Array.from({length: Math.min(rest - 1, 5)}, (_, i) => i + 1);
  return {
    draw: () =>
      el(
        'main',
        {class: 'pick'},
        topBar(app),
        el('h1', {class: 'huge'}, app.say('short_ask')),
        el('h2', {}, stop.name),
        el(
          'div',
          {class: 'foot'},
          button(app.say('short_all', {n: rest}), 'big warn', () => missing(rest)),
          ...some.map((n) => button(app.say('short_some', {n}), 'big', () => missing(n))),
          button(app.say('cancel'), 'plain', () => app.show(back)),
        ),
      ),
  };
}

function doneView(app: App, task: FloorTask, finish: () => Promise<void>): HTMLElement {
  const {say} = app;
  const back = task.kind === 'unpick';
  return el(
    'main',
    {class: 'calm finished'},
    topBar(app),
    el('p', {class: 'tick', 'aria-hidden': 'true'}, '✓'),
    el('h1', {class: 'huge'}, say(back ? 'all_back' : 'all_picked')),
    back ? null : el('p', {class: 'next'}, say('to_packing')),
    el('p', {class: 'hint'}, task.number),
    toldLine(app),
    el('div', {class: 'foot'}, button(say('continue'), 'big go', finish)),
  );
}
