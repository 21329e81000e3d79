import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import {ask} from './api.ts';
import {button, el, run} from './dom.ts';

interface Label {
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  reprints: number;
}

interface LabelPage {
  parcelId: string;
  last: boolean;
  next: () => void;
}

const ASK_MS = 1_000;

/** Waits for the label that is being bought, then prints it; the server counts every print but the first. */
export function labelScreen(app: App, {parcelId, last, next}: LabelPage): Screen {
  const path = `/v1/parcels/${encodeURIComponent(parcelId)}`;
  let label: Label | null = null;
  let printed = false;
  let left = false;
  const leave = () => {
    left = true;
    app.told = null;
    next();
  };
  const look = async () => {
    if (left) return;
    const heard = await ask<Label>('GET', `${path}/label`);
    if (heardBy(app, heard) && heard.status === 200) label = heard.body;
    else setTimeout(run(look), ASK_MS);
    app.redraw();
  };
  const print = async () => {
    window.open(`${path}/label/pdf`, '_blank', 'noopener');
    if (printed && label) label = {...label, reprints: label.reprints + 1};
    printed = true;
    app.redraw();
  };
  run(look)();
  return {
    draw: () =>
      el(
        'main',
        {class: 'pack calm'},
        topBar(app),
        toldLine(app),
        el('h1', {class: 'huge'}, app.say(label ? 'label_ready' : 'label_waits')),
        label && el('p', {class: 'next'}, [label.carrier, label.service].join(' · ')),
        label && el('p', {class: 'code'}, label.tracking_number),
        label && el('div', {class: 'menu'}, ...prints(app, path, label, printed, print)),
        el(
          'div',
          {class: 'foot'},
          button(app.say(last ? 'continue' : 'next_parcel'), label ? 'big go' : 'plain', leave),
        ),
      ),
  };
}

function prints(app: App, path: string, label: Label, printed: boolean, print: () => Promise<void>): HTMLElement[] {
  const link = (word: 'print_slip' | 'print_zpl' | 'print_png', href: string) =>
    el('a', {class: 'plain', href, target: '_blank', rel: 'noopener'}, app.say(word));
  return [
    button(printed ? app.say('reprint', {n: label.reprints}) : app.say('print_label'), 'big', print),
    link('print_slip', `${path}/slip`),
    link('print_png', `${path}/label/png`),
    link('print_zpl', `${path}/label/zpl`),
  ];
}
