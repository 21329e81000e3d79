import {type App, heardBy, type Screen, setOnline, topBar, toldLine} from './app.ts';
import {ask, type Heard, isSilent, newId} from './api.ts';
import {button, el} from './dom.ts';
import {keypad} from './keypad.ts';
import {labelScreen} from './label-screen.ts';
import {judgeItem, type Step, stepsOf, stepView} from './packing-steps.ts';
import {readWeight} from './read-weight.ts';
import {refusalOfPacking} from './refusals.ts';
import {secondPerson} from './second-person.ts';
import type {FloorParcel, FloorTask} from './task-state.ts';

export interface Packed {
  accepted: boolean;
  code: string;
  message: string;
  parcel_id?: string;
  /** of a wrong weight */
  next: {weight_g: number; expected_g: number} | null;
}

/** What is on the table: one parcel of a task, and how far its packing is. */
interface Packing {
  task: FloorTask;
  parcel: FloorParcel;
  /** places of the parcels that are still to be closed, this one first */
  planned: readonly FloorParcel[];
  steps: readonly Step[];
  /** index of the step that is shown; past the last one the parcel is weighed */
  at: number;
  box: string | null;
  /** one operation for one weighing: sent again, it counts once */
  operation_id: string;
  /** what was refused last */
  wrong: {weight_g: number; expected_g: number} | null;
  home: () => void;
}

/** One thing at a time: each unit and where it goes, then the weight. A wrong one goes no further than the scale. */
export function packScreen(app: App, task: FloorTask, home: () => void): Screen {
  const planned = task.parcels.filter(({state}) => state === 'planned');
  const [parcel] = planned;
  if (!parcel) return {draw: () => el('main', {}, topBar(app), button(app.say('continue'), 'big go', home))};
  const steps = stepsOf(parcel);
  return atTable(app, {
    ...{task, parcel, planned, steps, home},
    ...{at: 0, box: null, operation_id: newId(), wrong: null},
  });
}

function atTable(app: App, packing: Packing): Screen {
  const weigh = (weight_g: number) => weighIn(app, packing, weight_g);
  const pad = keypad({say: app.say, label: app.say('weight'), digits: 6, ok: (typed) => weigh(Number(typed))});
  const scanned = async (code: string) => {
    const weight = readWeight(code);
    if (weight === null) return judgeCode(app, packing, code);
    packing.at = packing.steps.length;
    pad.type(String(weight));
    await weigh(weight);
  };
  return {
    scanned,
    draw: () => {
      const step = packing.steps[packing.at];
      return step ? stepPage(app, packing, step) : weighPage(app, packing, pad.node, () => askSecond(app, packing));
    },
  };
}

/** A product is one that goes in now, or not; what is no product is the code of another box. */
async function judgeCode(app: App, packing: Packing, code: string): Promise<void> {
  const {say} = app;
  const heard = await ask<{sku: string; name: string}>('GET', `/v1/products/${encodeURIComponent(code)}`);
  if (!heardBy(app, heard)) return app.tell('bad', say('needs_network'));
  if (heard.status !== 200) {
    packing.box = code;
    return app.tell('good', say('box_taken', {box: code}));
  }
  const step = packing.steps[packing.at];
  if (!step) return app.tell('bad', say('not_in_parcel'));
  const verdict = judgeItem(packing.parcel, step, heard.body.sku);
  if (verdict === 'strange') return app.tell('bad', say('not_in_parcel'));
  if (verdict === 'later') return app.tell('bad', say('other_item', {name: step.unit.name}));
  go(app, packing, 1);
  app.tell('good', heard.body.name);
}

function go(app: App, packing: Packing, by: number): void {
  packing.at += by;
  app.told = null;
  app.redraw();
}

async function weighIn(app: App, packing: Packing, weight_g: number): Promise<void> {
  const {task, parcel, box, operation_id} = packing;
  const scan = {operation_id, task_id: task.task_id, kind: 'pack', code: task.task_id, weight_g};
  const heard = await ask<Packed>('POST', '/v1/scans', {body: box ? {...scan, box} : scan});
  setOnline(app, heard.status !== 0);
  if (isSilent(heard)) return app.tell('bad', app.say('needs_network'));
  packing.operation_id = newId();
  if (!heardBy(app, heard)) return;
  if (heard.status === 200 && heard.body.accepted)
    return packed(app, packing, heard.body.parcel_id ?? parcel.parcel_id);
  refused(app, packing, heard);
}

function refused(app: App, packing: Packing, {status, body, problem}: Heard<Packed>): void {
  const code = status === 200 ? body.code : '';
  packing.wrong = code === 'wrong_weight' ? body.next : null;
  const values = {box: packing.box ?? '', g: body.next?.weight_g ?? 0, e: body.next?.expected_g ?? 0};
  const why = status === 200 ? body.message : (problem?.detail ?? '');
  if (code === 'unknown_code') packing.box = null;
  app.tell('bad', refusalOfPacking(app.say, code, values) ?? app.say('refused', {why}));
}

function packed(app: App, {task, parcel, planned, home}: Packing, parcelId: string): void {
  app.tell('done', app.say('pack_it'));
  const rest = {...task, parcels: task.parcels.filter((each) => each !== parcel)};
  const next = () => (planned.length > 1 ? app.show(packScreen(app, rest, home)) : home());
  app.show(labelScreen(app, {parcelId, number: task.number, last: planned.length === 1, next}));
}

function askSecond(app: App, packing: Packing): void {
  const {wrong, parcel} = packing;
  if (!wrong) return;
  app.told = null;
  const back = () => app.show(atTable(app, packing));
  const passed = async () => {
    back();
    await weighIn(app, packing, wrong.weight_g);
  };
  app.show(secondPerson(app, {parcelId: parcel.parcel_id, wrong, back, passed}));
}

function head(app: App, {task, parcel, planned, box}: Packing): HTMLElement {
  const {say} = app;
  const chosen = box ?? parcel.suggested_box;
  const of = task.parcels.length;
  const n = of - planned.length + 1;
  const words = chosen === null ? say('own_carton') : `${say('take_box')} `;
  return el(
    'div',
    {class: 'head'},
    el('p', {class: 'hint'}, `${task.number} · ${say('parcel_of', {n, of})}`),
    el('h1', {class: 'box'}, words, chosen && el('b', {}, chosen)),
  );
}

function stepPage(app: App, packing: Packing, step: Step): HTMLElement {
  const {say} = app;
  const {at, steps, parcel, home} = packing;
  const last = at === steps.length - 1;
  return el(
    'main',
    {class: 'pack'},
    topBar(app),
    head(app, packing),
    toldLine(app),
    stepView(say, parcel, step),
    el(
      'div',
      {class: 'foot'},
      el('p', {class: 'hint'}, `${say('step_of', {n: at + 1, of: steps.length})} · ${say('other_box')}`),
      el(
        'div',
        {class: 'pair small-first'},
        button(say('back'), 'plain', at === 0 ? home : () => go(app, packing, -1)),
        button(say(last ? 'all_in' : 'next_item'), 'big go', () => go(app, packing, 1)),
      ),
    ),
  );
}

function weighPage(app: App, packing: Packing, pad: HTMLElement, second: () => void): HTMLElement {
  const {say} = app;
  const {steps, parcel, wrong, home} = packing;
  return el(
    'main',
    {class: 'pack weigh'},
    topBar(app),
    head(app, packing),
    toldLine(app),
    steps.length === 0 && itemList(app, parcel),
    wrong ? button(say('ask_second'), 'warn', second) : el('p', {class: 'hint'}, say('weight_how')),
    el(
      'div',
      {class: 'foot'},
      pad,
      button(say('back'), 'plain', steps.length === 0 ? home : () => go(app, packing, -1)),
    ),
  );
}

function itemList({say}: App, {items}: FloorParcel): HTMLElement {
  const rows = items.map(({name, qty}) => el('li', {}, el('b', {}, `${qty} ×`), ` ${name}`));
  return el('section', {}, el('h2', {}, say('goes_in')), el('ul', {class: 'items'}, ...rows));
}

/** The tasks of the packing station carry what is still to be closed. */
export const parcelsLeft = ({parcels}: FloorTask): number => parcels.filter(({state}) => state === 'planned').length;
