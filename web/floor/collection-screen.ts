import type {Heard} from './api.ts';
import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import {askDriver, callOff, fetchForms, fetchLoads, type Form, type Load, makeForm} from './collection-api.ts';
import {type CollectionDeeds, loadView} from './collection-view.ts';
import {askScreen, type Question} from './ask-screen.ts';
import {deedOf} from './deed.ts';
import {button, el, run} from './dom.ts';
import type {Word} from './words.ts';

/** A driver who is called off may not be had again that day. */
const CALL_OFF: Question = {ask: 'driver_off_ask', how: 'driver_off_how', yes: 'driver_off'};
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
  const deed = deedOf(app, look);
  const told = (word: Word) => () => app.say(word);
  const deeds: CollectionDeeds = {
    driver: ({carrier}) => deed(askDriver(here, carrier), told('driver_asked')),
    form: ({carrier}) => deed(makeForm(here, carrier), told('form_asked')),
    callOff: ({pickup_id}) =>
      app.show(askScreen(app, CALL_OFF, back, () => deed(callOff(pickup_id), told('driver_cancelling')))),
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
