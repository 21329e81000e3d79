import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import {ask, type Heard, newId} from './api.ts';
import {button, el, run} from './dom.ts';
import {type Answers, type Question, wizard} from './wizard.ts';
import type {Word} from './words.ts';

const PRODUCT: Word = 'scan_product';

interface Product {
  sku: string;
  name: string;
}

interface CountTask {
  task_id: string;
  sku: string;
  bin: string;
}

/** Goods in, away, counted and sent on: each a few questions, one at a time. */
export function stockScreen(app: App): Screen {
  const home = () => app.show(stockScreen(app));
  const entries: [Word, () => Screen][] = [
    ['receive', () => receiving(app, home)],
    ['put_away', () => puttingAway(app, home)],
    ['count', () => counts(app, home)],
    ['transfer_send', () => sending(app, home)],
    ['transfer_arrive', () => arriving(app, home)],
  ];
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {}, app.say('what_now')),
        toldLine(app),
        el(
          'div',
          {class: 'menu'},
          ...entries.map(([word, screen]) => button(app.say(word), 'big', () => open(app, screen))),
        ),
        el('div', {class: 'foot'}, button(app.say('back'), 'plain', app.go.home)),
      ),
  };
}

function open(app: App, screen: () => Screen): void {
  app.told = null;
  app.show(screen());
}

/** A product by whatever its label says, barcode or SKU. */
const productQuestion = (app: App): Question => ({
  name: 'sku',
  word: PRODUCT,
  check: async (code) => {
    const heard = await ask<Product>('GET', `/v1/products/${encodeURIComponent(code)}`);
    return checked(app, heard, 'unknown_product', ({sku}) => sku);
  },
});

/** A bin of this house; whatever else has a code is none. */
const binQuestion = (app: App, name: string, word: Word): Question => ({
  name,
  word,
  check: async (code) => {
    const path = `/v1/warehouses/${encodeURIComponent(app.me?.warehouse ?? '')}/bins/${encodeURIComponent(code)}`;
    return checked(app, await ask<{bin: string}>('GET', path), 'unknown_bin', ({bin}) => bin);
  },
});

function checked<T>(app: App, heard: Heard<T>, unknown: Word, value: (found: T) => string) {
  if (!heardBy(app, heard)) return {refusal: app.say('needs_network')};
  return heard.status === 200 ? {value: value(heard.body)} : {refusal: app.say(unknown)};
}

const qty: Question = {name: 'qty', word: 'how_many', number: true};

/** The delivery note names the receipt: the same goods of the same note in the same bin count once. */
function receiving(app: App, done: () => void): Screen {
  const warehouse = app.me?.warehouse;
  const part = `/${newId().slice(0, 8)}`;
  const book = ({note, sku, qty: n, bin}: Answers, more: string) => {
    const body = {warehouse, sku, qty: Number(n), bin, reference: `${note}/${bin}${more}`};
    return ask('POST', '/v1/inventory/receipts', {body});
  };
  return wizard(app, {
    title: app.say('receive'),
    questions: [
      {name: 'note', word: 'scan_reference'},
      productQuestion(app),
      qty,
      binQuestion(app, 'bin', 'scan_target'),
    ],
    book: (answers) => book(answers, ''),
    more: (answers) => book(answers, part),
    done,
  });
}

function puttingAway(app: App, done: () => void): Screen {
  const reference = newId();
  const warehouse = app.me?.warehouse;
  return wizard(app, {
    title: app.say('put_away'),
    questions: [
      binQuestion(app, 'from', 'scan_source'),
      productQuestion(app),
      qty,
      binQuestion(app, 'to', 'scan_target'),
    ],
    book: ({from, to, sku, qty: n}) => {
      const body = {warehouse, sku, qty: Number(n), from, to, reference};
      return ask('POST', '/v1/inventory/moves', {body});
    },
    done,
  });
}

function sending(app: App, done: () => void): Screen {
  const reference = newId();
  const warehouse = app.me?.warehouse;
  return wizard(app, {
    title: app.say('transfer_send'),
    questions: [binQuestion(app, 'bin', 'scan_source'), productQuestion(app), qty, {name: 'site', word: 'scan_site'}],
    site: true,
    book: ({bin, sku, qty: n, site}) => {
      const body = {sku, qty: Number(n), from: {warehouse, bin}, to: {warehouse: site}, reference};
      return ask('POST', '/v1/inventory/transfers', {body});
    },
    done,
  });
}

function arriving(app: App, done: () => void): Screen {
  return wizard(app, {
    title: app.say('transfer_arrive'),
    questions: [{name: 'transfer', word: 'scan_transfer'}, qty, binQuestion(app, 'bin', 'scan_target')],
    book: ({transfer = '', qty: n, bin}) => {
      const path = `/v1/inventory/transfers/${encodeURIComponent(transfer)}/arrival`;
      return ask('POST', path, {body: {qty: Number(n), bin}});
    },
    done,
  });
}

/** Bins somebody must count, each opened by scanning it; and any other bin. */
function counts(app: App, done: () => void): Screen {
  let tasks: CountTask[] = [];
  const again = () => app.show(counts(app, done));
  run(async () => {
    const heard = await ask<CountTask[]>('GET', `/v1/warehouses/${encodeURIComponent(app.me?.warehouse ?? '')}/counts`);
    if (!heardBy(app, heard) || heard.status !== 200) return;
    tasks = heard.body;
    app.redraw();
  })();
  const start = (task: CountTask) => open(app, () => countTask(app, task, again));
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {}, app.say('count')),
        toldLine(app),
        el('ul', {class: 'tasks'}, ...tasks.map((task) => countRow(task, start))),
        el(
          'div',
          {class: 'foot'},
          button(app.say('count_one'), 'big', () => open(app, () => countAny(app, again))),
          button(app.say('back'), 'plain', done),
        ),
      ),
    scanned: (code) => {
      const task = tasks.find(({bin}) => bin === code);
      if (task) start(task);
      else app.tell('bad', app.say('unknown_code'));
    },
  };
}

function countRow(task: CountTask, start: (task: CountTask) => void): HTMLElement {
  const words = [el('b', {}, task.bin), el('span', {}, task.sku)];
  return el('li', {}, el('button', {type: 'button', class: 'task', onclick: () => start(task)}, ...words));
}

const COUNTED: Question = {name: 'counted', word: 'counted_how_many', number: true};

function countTask(app: App, task: CountTask, done: () => void): Screen {
  const about = ({bin}: Answers) => `${bin ?? task.bin} · ${task.sku}`;
  const refusal = app.say('other_bin', {bin: task.bin});
  const rightBin = (code: string) => Promise.resolve(code === task.bin ? {value: code} : {refusal});
  return wizard(app, {
    title: app.say('count'),
    questions: [
      {name: 'bin', word: 'scan_bin', about, check: rightBin},
      {...COUNTED, about},
    ],
    book: ({counted}) =>
      ask('POST', `/v1/tasks/${encodeURIComponent(task.task_id)}/count`, {body: {counted: Number(counted)}}),
    done,
  });
}

function countAny(app: App, done: () => void): Screen {
  const reference = newId();
  const warehouse = app.me?.warehouse;
  return wizard(app, {
    title: app.say('count_one'),
    questions: [binQuestion(app, 'bin', 'scan_bin'), productQuestion(app), COUNTED],
    book: ({bin, sku, counted}) =>
      ask('POST', '/v1/inventory/counts', {body: {warehouse, sku, bin, counted: Number(counted), reference}}),
    done,
  });
}
