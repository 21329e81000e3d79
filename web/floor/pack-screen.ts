import {type App, heardBy, type Screen, setOnline, topBar, toldLine} from './app.ts';
import {ask, isSilent, newId} from './api.ts';
import {button, el, run} from './dom.ts';
import {keypad} from './keypad.ts';
import {labelScreen} from './label-screen.ts';
import type {FloorParcel, FloorTask} from './task-state.ts';

interface Packed {
  accepted: boolean;
  code: string;
  message: string;
  parcel_id?: string;
}

/** What a scale types: "1234", "1234 g", "1.234 kg"; null for a code that is no weight. */
export function readWeight(text: string): number | null {
  const found = /^(\d{1,6}(?:[.,]\d{1,3})?)\s*(kg|g)?$/i.exec(text.trim());
  if (!found) return null;
  const value = Number(String(found[1]).replace(',', '.'));
  const grams = Math.round(found[2]?.toLowerCase() === 'kg' ? value * 1_000 : value);
  return grams > 0 ? grams : null;
}

/** One parcel at a time: its box, what goes in and how, its weight. A wrong weight goes no further than the scale. */
export function packScreen(app: App, task: FloorTask, home: () => void): Screen {
  const planned = task.parcels.filter(({state}) => state === 'planned');
  const [parcel] = planned;
  if (!parcel) return {draw: () => el('main', {}, topBar(app), button(app.say('continue'), 'big go', home))};
  let box: string | null = null;
  // one operation for one weighing: sent again, it counts once
  let operation_id = newId();
  const weigh = async (weight_g: number) => {
    const scan = {
      operation_id,
      task_id: task.task_id,
      kind: 'pack',
      code: task.task_id,
      weight_g,
      ...(box ? {box} : {}),
    };
    const heard = await ask<Packed>('POST', '/v1/scans', {body: scan});
    setOnline(app, heard.status !== 0);
    if (isSilent(heard)) return app.tell('bad', app.say('needs_network'));
    operation_id = newId();
    if (!heardBy(app, heard)) return;
    if (heard.status !== 200) return app.tell('bad', app.say('refused', {why: heard.problem?.detail ?? ''}));
    if (!heard.body.accepted) return app.tell('bad', heard.body.message);
    app.tell('done', app.say('pack_it'));
    const rest = {...task, parcels: task.parcels.filter((each) => each !== parcel)};
    const next = () => (planned.length > 1 ? app.show(packScreen(app, rest, home)) : home());
    app.show(labelScreen(app, {parcelId: heard.body.parcel_id ?? parcel.parcel_id, last: planned.length === 1, next}));
  };
  const pad = keypad({say: app.say, label: app.say('weight'), digits: 6, ok: (typed) => weigh(Number(typed))});
  return {
    draw: () => packView(app, task, parcel, {box, pad: pad.node, home}),
    scanned: (code) => {
      const weight = readWeight(code);
      if (weight !== null) {
        pad.type(String(weight));
        return weigh(weight);
      }
      box = code;
      app.tell('good', app.say('box_taken', {box: code}));
    },
  };
}

interface PackView {
  box: string | null;
  pad: HTMLElement;
  home: () => void;
}

function packView(app: App, task: FloorTask, parcel: FloorParcel, {box, pad, home}: PackView): HTMLElement {
  const {say} = app;
  const chosen = box ?? parcel.suggested_box;
  const n = task.parcels.length - task.parcels.filter(({state}) => state === 'planned').length + 1;
  return el(
    'main',
    {class: 'pack'},
    topBar(app),
    el('p', {class: 'hint'}, `${task.number} · ${say('parcel_of', {n, of: task.parcels.length})}`),
    el(
      'h1',
      {class: 'box'},
      chosen === null ? say('own_carton') : `${say('take_box')} `,
      chosen && el('b', {}, chosen),
    ),
    toldLine(app),
    el(
      'div',
      {class: 'columns'},
      el(
        'section',
        {},
        el('h2', {}, say('goes_in')),
        el(
          'ul',
          {class: 'items'},
          ...parcel.items.map(({name, qty}) => el('li', {}, el('b', {}, `${qty} ×`), ` ${name}`)),
        ),
        picture(app, parcel),
        el('p', {class: 'hint'}, say('other_box')),
      ),
      el('section', {}, pad, el('p', {class: 'hint'}, say('weight_how'))),
    ),
    el('div', {class: 'foot'}, button(say('back'), 'plain', home)),
  );
}

/** How the items lie in the box, where somebody has worked it out; nothing where not. */
function picture(app: App, {parcel_id}: FloorParcel): HTMLElement {
  const frame = el('figure', {class: 'placed', hidden: true});
  const image = el('img', {alt: app.say('how_placed')});
  image.addEventListener('load', () => frame.removeAttribute('hidden'));
  image.src = `/v1/parcels/${encodeURIComponent(parcel_id)}/packing.svg`;
  frame.append(image, el('figcaption', {}, app.say('how_placed')));
  return frame;
}

/** The tasks of the packing station carry what is still to be closed. */
export const parcelsLeft = ({parcels}: FloorTask): number => parcels.filter(({state}) => state === 'planned').length;

export const startPacking = (app: App, task: FloorTask, home: () => void): void =>
  run(async () => app.show(packScreen(app, task, home)))();
