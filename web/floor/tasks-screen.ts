import {type App, heardBy, mine, type Screen, take, topBar, toldLine} from './app.ts';
import {claim, fetchTasks} from './api.ts';
import {keepFact, readFact} from './database.ts';
import {button, el, run} from './dom.ts';
import {type FloorTask, left} from './task-state.ts';
import type {Before} from './tours-list.ts';
import type {Word} from './words.ts';

interface TasksPage {
  title: string;
  empty: string;
  kinds: readonly FloorTask['kind'][];
  /** label of the big button, which takes the first task that is free; none when a task is chosen by its tote */
  first: string | null;
  hint?: string;
  /** one more button */
  more?: [Word, () => void];
  /** what is listed before the tasks, and started first */
  before?: Before;
  row: (task: FloorTask) => string;
  started: (task: FloorTask) => void;
  menu: () => void;
}

/** A list that is that old is read again by whoever works. */
const MOST_TRIES = 5;

/** Tasks of the warehouse in the server's order, one tap from the first. They are kept, to be read without network. */
export function tasksScreen(app: App, page: TasksPage): Screen {
  let tasks: FloorTask[] | null = null;
  const here = (all: readonly FloorTask[]) => all.filter(({kind, tour_id}) => page.kinds.includes(kind) && !tour_id);
  const reload = async () => {
    tasks ??= here((await readFact<FloorTask[]>('tasks')) ?? []);
    app.redraw();
    await page.before?.load();
    const heard = await fetchTasks(app.me?.warehouse ?? '');
    if (!heardBy(app, heard) || heard.status !== 200) return;
    tasks = here(heard.body);
    await keepFact('tasks', heard.body);
    app.redraw();
  };
  /** Begins it, or says why not; null: it is begun, or there is nothing to say. */
  const begin = async (task: FloorTask): Promise<Word | null> => {
    if (isOnItsWay(app, task)) return 'still_sending';
    const heard = await claim(task.task_id);
    const begun = (as: FloorTask) => {
      page.started(as);
      return null;
    };
    if (heard.status === 0) return isHeld(app, task) ? begun(task) : cannotStart(app, tasks ?? []);
    if (!heardBy(app, heard)) return null;
    if (heard.status === 200) return begun({...task, claimed_by: app.me?.client ?? null});
    await reload();
    return heard.problem?.code === 'task_held' ? 'held' : 'gone';
  };
  const start = async (task: FloorTask) => {
    const why = await begin(task);
    if (why) app.tell('bad', app.say(why));
  };
  const free = () => (tasks ?? []).find((task) => mayTake(app, task) && !isOnItsWay(app, task));
  /** Whichever comes first: what others began or ended since the list was read is passed over. */
  const startFirst = async () => {
    let why: Word | null = 'gone';
    for (let tries = 0; tries < MOST_TRIES && (why === 'gone' || why === 'held'); tries += 1) {
      const task = free();
      if (!task) break;
      why = await begin(task);
    }
    if (why) app.tell('bad', app.say(why));
  };
  run(reload)();
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {}, page.title),
        page.hint !== undefined && el('p', {class: 'hint'}, page.hint),
        toldLine(app),
        el(
          'ul',
          {class: 'tasks'},
          ...(page.before?.rows() ?? []),
          ...(tasks ?? []).map((task) => row(app, page, task, start)),
        ),
        tasks?.length === 0 && (page.before?.rows().length ?? 0) === 0 && el('p', {class: 'hint'}, page.empty),
        el(
          'div',
          {class: 'foot'},
          page.before?.first() ?? (page.first !== null && free() ? button(page.first, 'big go', startFirst) : null),
          page.more ? button(app.say(page.more[0]), 'plain', page.more[1]) : null,
          el('div', {class: 'pair'}, button('↻', 'plain', reload), button(app.say('menu'), 'plain', page.menu)),
        ),
      ),
    sent: run(reload),
    scanned: async (code) => {
      const task = (tasks ?? []).find(({task_id, sub_order_id, number}) =>
        [task_id, sub_order_id, number].includes(code),
      );
      if (task) await start(task);
      else app.tell('bad', app.say('unknown_code'));
    },
  };
}

/** Somebody's lease may have run out: then the server lets us, so only live ones of others are in the way. */
function mayTake(app: App, {claimed_by, lease_until}: FloorTask): boolean {
  if (claimed_by === null || claimed_by === app.me?.client) return true;
  return lease_until !== null && Date.parse(lease_until) < Date.now();
}

/** Its scans wait to be sent: how it stands is not known before they are. */
const isOnItsWay = (app: App, {task_id}: FloorTask): boolean => mine(app).some((scan) => scan.task_id === task_id);

/** Ours already, for a while: it may be gone on with though nobody hears us. */
const isHeld = (app: App, {claimed_by, lease_until}: FloorTask): boolean =>
  claimed_by === app.me?.client && lease_until !== null && Date.parse(lease_until) > Date.now();

function stateOf(app: App, task: FloorTask): string {
  if (isOnItsWay(app, task)) return app.say('sending');
  if (task.claimed_by === app.me?.client) return app.say('yours');
  return mayTake(app, task) ? '' : app.say('taken');
}

/** Why nothing can be started without network, and what can be done instead. */
const cannotStart = (app: App, tasks: readonly FloorTask[]): Word =>
  tasks.some((task) => isHeld(app, task) && !isOnItsWay(app, task)) ? 'offline_take_own' : 'offline_claim';

function row(app: App, page: TasksPage, task: FloorTask, start: (task: FloorTask) => Promise<void>): HTMLElement {
  const own = task.claimed_by === app.me?.client;
  const state = stateOf(app, task);
  const kind = task.kind === 'unpick' ? `${app.say('put_back_task')} · ` : '';
  return el(
    'li',
    {},
    el(
      'button',
      {type: 'button', class: own ? 'task own' : 'task', onclick: run(() => start(task))},
      el('b', {}, task.number),
      el('span', {}, `${kind}${page.row(task)}`),
      el('i', {}, state),
    ),
  );
}

export function unitsAndStops({say}: App, task: FloorTask): string {
  const open = task.stops.filter((stop) => left(stop) > 0);
  const units = open.reduce((sum, stop) => sum + left(stop), 0);
  return `${say('units', {n: units})} · ${say('stops', {n: new Set(open.map(({bin}) => bin)).size})}`;
}

/** What was just finished is not offered again from the list that is kept. */
export async function forgetTask({task_id}: FloorTask): Promise<void> {
  const kept = (await readFact<FloorTask[]>('tasks')) ?? [];
  await keepFact(
    'tasks',
    kept.filter((task) => task.task_id !== task_id),
  );
}

/** Going on where one was, after a reload or a new sign-in; a task of somebody else is not ours to go on with. */
export async function resumed(app: App): Promise<FloorTask | null> {
  const {inHand} = app;
  if (!inHand) return null;
  const own = inHand.task.claimed_by === app.me?.client;
  if (!own && mine(app).length === 0) await take(app, null);
  return own ? inHand.task : null;
}
