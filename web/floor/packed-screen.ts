import {type App, type Screen, topBar} from './app.ts';
import {button, el, run} from './dom.ts';
import {labelScreen} from './label-screen.ts';
import {type PackedHere, readPacked} from './packed-here.ts';

/** Labels that may be printed once more: of the parcels last packed on this device. */
export function packedHereScreen(app: App, home: () => void): Screen {
  let parcels: PackedHere[] | null = null;
  run(async () => {
    parcels = await readPacked();
    app.redraw();
  })();
  const open = ({parcel_id, number}: PackedHere) =>
    app.show(labelScreen(app, {parcelId: parcel_id, number, last: true, next: home}));
  const row = (parcel: PackedHere) =>
    el(
      'li',
      {},
      el(
        'button',
        {type: 'button', class: 'task', onclick: () => open(parcel)},
        el('b', {}, parcel.number),
        el('span', {}, new Date(parcel.at).toLocaleTimeString(document.documentElement.lang)),
      ),
    );
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {}, app.say('print_again')),
        parcels?.length === 0 && el('p', {class: 'hint'}, app.say('none_printed')),
        el('ul', {class: 'tasks'}, ...(parcels ?? []).map(row)),
        el('div', {class: 'foot'}, button(app.say('back'), 'plain', home)),
      ),
  };
}
