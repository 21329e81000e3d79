import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import {ask} from './api.ts';
import {button, el, run} from './dom.ts';
import {keepPacked} from './packed-here.ts';
import type {Word} from './words.ts';

interface Label {
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  printed: boolean;
  /** a commercial invoice goes with it */
  invoice: boolean;
  reprints: number;
}

interface LabelPage {
  parcelId: string;
  number: string;
  last: boolean;
  next: () => void;
}

type Format = 'pdf' | 'png' | 'zpl';

const ASK_MS = 1_000;

/** What is kept beside a reprint, whatever language the page was in. */
const REASONS: readonly [Word, string][] = [
  ['re_jam', 'the printer did not print it'],
  ['re_torn', 'the label is damaged'],
  ['re_lost', 'the label is gone'],
];

/** Waits for the label that is being bought, then prints it; every print but the first has a reason, and is counted. */
export function labelScreen(app: App, page: LabelPage): Screen {
  const path = `/v1/parcels/${encodeURIComponent(page.parcelId)}`;
  let label: Label | null = null;
  let left = false;
  /** of the print that is asked why */
  let asked: Format | null = null;
  const leave = () => {
    left = true;
    app.told = null;
    page.next();
  };
  const look = async () => {
    if (left) return;
    const heard = await ask<Label>('GET', `${path}/label`);
    if (heardBy(app, heard) && heard.status === 200) label = heard.body;
    else setTimeout(run(look), ASK_MS);
    app.redraw();
  };
  const print = (format: Format, reason: string | null) => {
    const why = reason === null ? '' : `?reason=${encodeURIComponent(reason)}`;
    window.open(`${path}/label/${format}${why}`, '_blank', 'noopener');
    if (label) label = {...label, printed: true, reprints: label.reprints + (label.printed ? 1 : 0)};
    asked = null;
    app.redraw();
  };
  const wish = (format: Format) => {
    if (!label?.printed) return print(format, null);
    asked = format;
    app.redraw();
  };
  run(look)();
  run(() => keepPacked({parcel_id: page.parcelId, number: page.number, at: new Date().toISOString()}))();
  const cancel = () => {
    asked = null;
    app.redraw();
  };
  return {
    draw: () =>
      asked === null
        ? labelView(app, {label, path, last: page.last, wish, leave})
        : whyView(app, {format: asked, print, cancel}),
  };
}

interface LabelView {
  label: Label | null;
  path: string;
  last: boolean;
  wish: (format: Format) => void;
  leave: () => void;
}

function labelView(app: App, {label, path, last, wish, leave}: LabelView): HTMLElement {
  const {say} = app;
  const paper = (name: string) => ({href: `${path}/${name}`, target: '_blank', rel: 'noopener'});
  return el(
    'main',
    {class: 'pack calm'},
    topBar(app),
    toldLine(app),
    el('h1', {class: 'huge'}, say(label ? 'label_ready' : 'label_waits')),
    label && el('p', {class: 'next'}, [label.carrier, label.service].join(' · ')),
    label && el('p', {class: 'code'}, label.tracking_number),
    label &&
      el(
        'div',
        {class: 'menu'},
        button(label.printed ? say('reprint', {n: label.reprints}) : say('print_label'), 'big', () => wish('pdf')),
        label.invoice && el('a', {class: 'plain', ...paper('invoice')}, say('print_invoice')),
        el('a', {class: 'plain', ...paper('slip')}, say('print_slip')),
        button(say('print_png'), 'plain', () => wish('png')),
        button(say('print_zpl'), 'plain', () => wish('zpl')),
      ),
    el('div', {class: 'foot'}, button(say(last ? 'continue' : 'next_parcel'), label ? 'big go' : 'plain', leave)),
  );
}

interface WhyView {
  format: Format;
  print: (format: Format, reason: string) => void;
  cancel: () => void;
}

function whyView(app: App, {format, print, cancel}: WhyView): HTMLElement {
  return el(
    'main',
    {},
    topBar(app),
    el('h1', {class: 'huge'}, app.say('reprint_why')),
    el(
      'div',
      {class: 'foot'},
      ...REASONS.map(([word, reason]) => button(app.say(word), 'big', () => print(format, reason))),
      button(app.say('cancel'), 'plain', cancel),
    ),
  );
}
