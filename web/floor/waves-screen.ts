import {fetchTours, type Heard, type TourBrief, type WaveBrief} from './api.ts';
import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import {askScreen, type Question} from './ask-screen.ts';
import {type Deed, deedOf} from './deed.ts';
import {button, el, run} from './dom.ts';
import {startTour} from './tour-hand.ts';
import {fetchPreview, fetchTerms, type Kind, pauseWave, type Preview, releaseWave, undoWave} from './waves-api.ts';
import {peopleScreen} from './waves-people.ts';
import {planView, waveView} from './waves-view.ts';

const EVERY_MS = 5_000;
/** Thinking of tours costs more than reading them: what waits is looked at less often. */
const PREVIEW_EVERY = 6;

export interface WavesPage {
  menu: () => void;
  /** a tour was taken in hand: walk it */
  walk: () => void;
}

/** What the lead knows of the waves, and what is being planned. */
export interface Waves {
  rule: string | null;
  kind: Kind;
  totes: number;
  preview: Preview | null;
  waves: WaveBrief[] | null;
}

/** What the lead may do; each ends with another look at how things stand. */
export interface Deeds {
  plan: (change: Partial<Pick<Waves, 'kind' | 'totes'>>) => Promise<void>;
  release: () => Promise<void>;
  pause: (wave: WaveBrief) => Promise<void>;
  undo: (wave: WaveBrief) => void;
  give: (tour: TourBrief) => void;
  take: (tour: TourBrief) => Promise<void>;
}

/** The lead's page: what waits and what releasing it would save, the waves under way, and who walks what. */
export function wavesScreen(app: App, page: WavesPage): Screen {
  const here = app.me?.warehouse ?? '';
  const known: Waves = {rule: null, kind: 'batch', totes: 8, preview: null, waves: null};
  let shown: HTMLElement | null = null;
  let later: ReturnType<typeof setTimeout> | undefined;

  const take = <T>(heard: Heard<T>): T | null => (heardBy(app, heard) && heard.status === 200 ? heard.body : null);
  let looks = 0;
  const look = async (thinking = true) => {
    const before = JSON.stringify(known);
    known.waves = take(await fetchTours(here)) ?? known.waves;
    if (thinking) known.preview = take(await fetchPreview(here, known.kind, known.totes)) ?? known.preview;
    if (JSON.stringify(known) !== before) app.redraw();
  };
  const again = () => {
    clearTimeout(later);
    later = setTimeout(() => {
      if (shown?.isConnected) run(() => look((looks += 1) % PREVIEW_EVERY === 0).finally(again))();
    }, EVERY_MS);
  };
  const start = async () => {
    const terms = take(await fetchTerms(here));
    if (terms) Object.assign(known, {rule: terms.rule, kind: terms.kind, totes: terms.totes});
    await look();
    app.redraw();
  };
  const deed = deedOf(app, look);
  const screen: Screen = {
    draw: () => {
      again();
      shown = drawWaves(
        app,
        known,
        deedsOf(app, page, known, deed, () => app.show(screen)),
        page.menu,
        look,
      );
      return shown;
    },
  };
  run(start)();
  return screen;
}

/** What is taken back is out of everybody's hands. */
const TAKE_BACK: Question = {ask: 'undo_ask', how: 'undo_how', yes: 'undo_yes'};

function deedsOf(app: App, page: WavesPage, known: Waves, deed: Deed, back: () => void): Deeds {
  const here = app.me?.warehouse ?? '';
  const {say} = app;
  return {
    plan: async (change) => {
      Object.assign(known, change);
      app.redraw();
      const heard = await fetchPreview(here, known.kind, known.totes);
      if (heard.status === 200) known.preview = heard.body;
      app.redraw();
    },
    release: () =>
      deed(releaseWave(here, {kind: known.kind, totes: known.totes}), ({tasks}) => say('released', {n: tasks})),
    pause: ({wave_id, state}) =>
      deed(pauseWave(wave_id, state !== 'paused'), () => say(state === 'paused' ? 'goes_on' : 'is_paused')),
    undo: ({wave_id}) =>
      app.show(
        askScreen(app, TAKE_BACK, back, () => deed(undoWave(wave_id), ({tasks}) => say('taken_back', {n: tasks}))),
      ),
    give: (tour) => app.show(peopleScreen(app, tour, back, deed)),
    take: async ({tour_id}) => {
      const outcome = await startTour(app, tour_id);
      if (outcome === 'taken') page.walk();
      else if (outcome !== 'heard') app.tell('bad', say(outcome === 'silent' ? 'offline_claim' : outcome));
    },
  };
}

function drawWaves(app: App, known: Waves, deeds: Deeds, menu: () => void, look: () => Promise<void>): HTMLElement {
  const {say} = app;
  return el(
    'main',
    {class: 'waves'},
    topBar(app),
    el('h1', {}, say('waves')),
    toldLine(app),
    el(
      'div',
      {class: 'columns'},
      planView(app, known, deeds),
      el(
        'section',
        {class: 'under-way'},
        el('h2', {}, say('waves_now')),
        known.waves?.length === 0 && el('p', {class: 'hint'}, say('no_waves')),
        ...(known.waves ?? []).map((wave) => waveView(app, wave, deeds)),
      ),
    ),
    el(
      'div',
      {class: 'foot'},
      el('div', {class: 'pair'}, button('↻', 'plain', look), button(say('menu'), 'plain', menu)),
    ),
  );
}
