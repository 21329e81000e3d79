import type {Heard} from './api.ts';
import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import {askDriver, callOff, fetchForms, fetchLoads, type Form, type Load, makeForm} from './collection-api.ts';
import {type CollectionDeeds, loadView} from './collection-view.ts';
import {button, el, run} from './dom.ts';

const EVERY_MS = 5_000;
const DAY_MS = 86_400_000;

/** What waits for each carrier, the drivers who were asked to come, and their forms. */
export function collectionScreen(app: App, menu: () => void): Screen {
  const here = app.me?.warehouse ?? '';
  const known: {loads: Load[] | null; forms: Form[]} = {loads: null, forms: []};
  let shown: HTMLElement | null = null;
  let later: ReturnType<typeof setTimeout> | undefined;
  const take = <T>(heard: Heard<T>): T | null => (heardBy(app, heard) && heard.status === 200 ? heard.body : null);
  const look = async () => {
    const before = JSON.stringify(known);
    known.loads = take(await fetchLoads(here)) ?? known.loads;
    known.forms = take(await fetchForms(here)) ?? known.forms;
    if (JSON.stringify(known) === before) return;
    // what was said of it before is over
    app.told = null;
    app.redraw();
  };
  const again = () => {
    clearTimeout(later);
    later = setTimeout(() => {
      if (shown?.isConnected) run(() => look().finally(again))();
    }, EVERY_MS);
  };
  /** Does it, says how it went, and looks again. */
  const deed = async <T>(work: Promise<Heard<T>>, good: string): Promise<void> => {
    const heard = await work;
    if (heard.status === 0) return app.tell('bad', app.say('needs_network'));
    if (!heardBy(app, heard)) return;
    await look();
    if (heard.status === 200) app.tell('good', good);
    else app.tell('bad', app.say('refused', {why: heard.problem?.detail ?? ''}));
  };
  const deeds: CollectionDeeds = {
    driver: ({carrier}) => deed(askDriver(here, carrier), app.say('driver_asked')),
    form: ({carrier}) => deed(makeForm(here, carrier), app.say('form_asked')),
    callOff: ({pickup_id}) =>
      app.show(askScreen(app, back, () => deed(callOff(pickup_id), app.say('driver_cancelling')))),
  };
  const screen: Screen = {
    draw: () => {
      again();
      shown = drawCollection(app, known, deeds, {menu, look});
      return shown;
    },
  };
  const back = () => app.show(screen);
  run(look)();
  return screen;
}

interface Ways {
  menu: () => void;
  look: () => Promise<void>;
}

function drawCollection(
  app: App,
  {loads, forms}: {loads: Load[] | null; forms: Form[]},
  deeds: CollectionDeeds,
  {menu, look}: Ways,
): HTMLElement {
  const {say} = app;
  const lately = forms.filter(({created_at}) => Date.now() - Date.parse(created_at) < DAY_MS);
  return el(
    'main',
    {class: 'waves collection'},
    topBar(app),
    el('h1', {}, say('collection')),
    toldLine(app),
    loads === null && el('p', {}, '…'),
    loads?.length === 0 && el('p', {class: 'hint'}, say('collection_none')),
    el(
      'div',
      {class: 'columns'},
      ...(loads ?? []).map((load) =>
        loadView(
          app,
          load,
          lately.filter(({carrier}) => carrier === load.carrier),
          deeds,
        ),
      ),
    ),
    el(
      'div',
      {class: 'foot'},
      el('div', {class: 'pair'}, button('↻', 'plain', look), button(say('menu'), 'plain', menu)),
    ),
  );
}

/** The second tap: a driver who is called off may not be had again that day. */
function askScreen(app: App, back: () => void, yes: () => Promise<void>): Screen {
  const {say} = app;
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {class: 'huge'}, say('driver_off_ask')),
        el('p', {class: 'next'}, say('driver_off_how')),
        el(
          'div',
          {class: 'foot'},
          button(say('driver_off'), 'big warn', async () => {
            back();
            await yes();
          }),
          button(say('cancel'), 'plain', back),
        ),
      ),
  };
}
