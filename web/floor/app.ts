import {type Heard, isSilent, type Me, sendScan} from './api.ts';
import {
  clearConflicts,
  keepFact,
  keepWaiting,
  readConflicts,
  readFact,
  readWaiting,
  settleWaiting,
} from './database.ts';
import {el} from './dom.ts';
import {type Feeling, feel} from './feedback.ts';
import {type Conflict, drain, type Reply, type Waiting} from './outbox.ts';
import {type FloorTask, judge, type PickScan} from './task-state.ts';
import {loadTour, settledTour, TOUR, type TourInHand} from './tour-in-hand.ts';
import type {Say} from './words.ts';

/** One thing at a time: what is shown, and what a scanned code means there. */
export interface Screen {
  draw: () => Node;
  scanned?: (code: string) => Promise<void> | void;
  /** everything that waited has been sent */
  sent?: () => void;
}

/** The task in hand as the server last had it; `stale` once it answered otherwise than we thought. */
export interface InHand {
  task: FloorTask;
  stale: boolean;
}

export interface App {
  say: Say;
  me: Me | null;
  online: boolean;
  waiting: Waiting[];
  conflicts: Conflict[];
  inHand: InHand | null;
  tour: TourInHand | null;
  /** last words to whoever works, and whether they are good ones */
  told: {feeling: Feeling; text: string} | null;
  show: (screen: Screen) => void;
  redraw: () => void;
  tell: (feeling: Feeling, text: string) => void;
  /** what is shown hears that nothing waits any more */
  sent: () => void;
  /** how each page reaches the others */
  go: {signIn: () => void; home: () => void};
}

const RETRY_MS = 3_000;
const TASK = 'task';

export async function load(app: App): Promise<void> {
  app.waiting = await readWaiting();
  app.conflicts = await readConflicts();
  app.inHand = await readFact<InHand>(TASK);
  app.tour = await loadTour();
}

export async function take(app: App, task: FloorTask | null): Promise<void> {
  app.inHand = task && {task, stale: false};
  await keepFact(TASK, app.inHand);
}

export const mine = (app: App): Waiting[] => app.waiting.filter(({client}) => client === app.me?.client);

/** Keeps the scan on disk, then sends what waits in the background. */
export async function enqueue(app: App, scan: Omit<Waiting, 'seq' | 'client'>): Promise<void> {
  await keepWaiting({...scan, client: app.me?.client ?? ''});
  app.waiting = await readWaiting();
  pump(app);
}

let pumping: Promise<void> | null = null;
let later: ReturnType<typeof setTimeout> | undefined;

/** Sends what waits; one at a time, also over several windows of this browser. */
export function pump(app: App): void {
  clearTimeout(later);
  if (pumping || !app.me) return;
  pumping = alone(() => sendAll(app))
    .catch((error: unknown) => console.error(error))
    .finally(() => {
      pumping = null;
      if (mine(app).length > 0 && app.me) later = setTimeout(() => pump(app), app.online ? 50 : RETRY_MS);
    });
}

/** One at a time, whichever window of this browser it is. */
export const alone = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks ? (navigator.locks.request('waybill-floor-outbox', work) as Promise<T>) : work();

async function sendAll(app: App): Promise<void> {
  const client = app.me?.client ?? '';
  const first = async () => {
    app.waiting = await readWaiting();
    // whoever signs in meanwhile does not send what others scanned
    return (app.me?.client === client && app.waiting.find((scan) => scan.client === client)) || null;
  };
  const before = mine(app).length;
  const ended = await drain({first, send: (scan) => send(app, scan), settle: settleIn(app)}, client);
  setOnline(app, ended !== 'silent');
  if (app.me?.client !== client) return;
  if (ended === 'empty' && before > 0) app.sent();
  if (ended === 'signed_out') app.go.signIn();
  else app.redraw();
}

async function send(app: App, scan: Waiting): Promise<Reply> {
  const reply = await sendScan(scan);
  if (reply.kind !== 'silent') setOnline(app, true);
  return reply;
}

/** What an answered scan makes of the task in hand: its effect, or the need to ask the server how it stands. */
const settleIn = (app: App) => async (scan: Waiting, reply: Reply, conflict: Conflict | null) => {
  const {inHand} = app;
  const concerned = inHand?.task.task_id === scan.task_id ? inHand : null;
  const accepted = reply.kind === 'answered' && reply.accepted;
  const next = concerned && settled(concerned, scan, accepted, conflict !== null);
  if (next) app.inHand = next;
  const tour = settledTour(app.tour, scan, accepted, conflict !== null);
  if (tour) app.tour = tour;
  await settleWaiting(scan.seq, next ? {name: TASK, value: next} : tour && {name: TOUR, value: tour}, conflict);
  app.waiting = app.waiting.filter(({seq}) => seq !== scan.seq);
  if (conflict) {
    app.conflicts = [...app.conflicts, conflict];
    feel('news');
  }
};

function settled({task, stale}: InHand, scan: Waiting, accepted: boolean, conflict: boolean): InHand {
  if (conflict) return {task, stale: true};
  return accepted ? {task: judge(task, scan as PickScan).task, stale} : {task, stale};
}

export function setOnline(app: App, online: boolean): void {
  if (app.online === online) return;
  app.online = online;
  app.redraw();
}

/** Notes whether anybody answered, and whether we are still signed in; true when there is an answer to go on with. */
export function heardBy(app: App, heard: Heard): boolean {
  setOnline(app, heard.status !== 0);
  if (heard.status === 401) app.go.signIn();
  return heard.status !== 401 && !isSilent(heard);
}

export async function readAll(app: App): Promise<void> {
  await clearConflicts();
  app.conflicts = [];
}

/** The strip at the top: who works, and what has not reached the server. */
export function topBar(app: App): HTMLElement {
  const n = mine(app).length;
  const words = [app.online ? null : app.say('offline'), n > 0 ? app.say('waiting', {n}) : null].filter(
    (x) => x !== null,
  );
  return el(
    'header',
    {class: 'bar'},
    el('span', {class: 'who'}, app.me ? app.me.name : 'Waybill'),
    el('span', {class: app.online ? 'net' : 'net off', role: 'status'}, words.join(' · ')),
  );
}

export function toldLine({told}: App): HTMLElement {
  const mark = told === null ? '' : told.feeling === 'bad' ? '✕ ' : told.feeling === 'news' ? '▲ ' : '✓ ';
  return el(
    'p',
    {class: `told ${told?.feeling ?? ''}`, 'aria-live': 'assertive'},
    told === null ? '' : mark + told.text,
  );
}
