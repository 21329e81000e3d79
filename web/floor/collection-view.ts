import type {App} from './app.ts';
import type {Form, Load, Pickup} from './collection-api.ts';
import {button, el} from './dom.ts';

/** What the lead may do for a carrier. */
export interface CollectionDeeds {
  driver: (load: Load) => Promise<void>;
  callOff: (pickup: Pickup) => void;
  form: (load: Load) => Promise<void>;
}

/** A carrier: what waits for it, who comes, and the forms of the last day. */
export function loadView(app: App, load: Load, forms: readonly Form[], deeds: CollectionDeeds): HTMLElement {
  const {say} = app;
  const {carrier, parcels, weight_g, unlisted, pickups} = load;
  const [next] = pickups;
  const grown = next?.state === 'booked' && parcels > (next.parcels ?? 0);
  const asks = parcels > 0 && (!next || next.state === 'refused' || grown);
  return el(
    'article',
    {class: next?.failure ? 'wave paused' : 'wave'},
    el('h3', {}, carrier),
    el('p', {class: 'next'}, say('parcels', {n: parcels}), ` · ${Math.ceil(weight_g / 1_000)} kg`),
    el('ul', {}, ...pickups.map((pickup) => pickupRow(app, pickup, deeds)), ...forms.map((form) => formRow(app, form))),
    asks && button(say(grown ? 'driver_more' : 'driver_ask'), 'go', () => deeds.driver(load)),
    unlisted > 0 && button(say('form_make', {n: unlisted}), '', () => deeds.form(load)),
  );
}

function pickupRow(app: App, pickup: Pickup, {callOff}: CollectionDeeds): HTMLElement {
  const {say} = app;
  const {state, parcels, failure, instead, confirmation} = pickup;
  const told = parcels === null ? '' : ` · ${say('parcels', {n: parcels})}`;
  const off = state === 'booked' || state === 'wanted';
  return el(
    'li',
    {class: 'tour'},
    el('b', {class: 'when'}, whenOf(pickup)),
    el('span', {class: state === 'refused' ? 'trouble' : 'holder'}, `${MARKS[state]} ${say(`driver_${state}`)}${told}`),
    confirmation !== null && el('p', {class: 'hint'}, confirmation),
    failure !== null &&
      el('p', {class: 'trouble'}, `▲ ${say(failure === 'not_cancelled' ? 'driver_stays' : 'driver_no')}`),
    ...instead.map((way) => el('p', {}, say(`instead_${way}`))),
    off &&
      el(
        'div',
        {class: 'pair'},
        button(say('driver_off'), 'small', () => callOff(pickup)),
      ),
  );
}

/** By the clocks of whoever looks, who stands where the driver comes. */
function whenOf({from, until}: Pickup): string {
  const {lang} = document.documentElement;
  const [start, end] = [new Date(from), new Date(until)];
  const time = new Intl.DateTimeFormat(lang, {hour: 'numeric', minute: '2-digit'});
  const day = start.toLocaleDateString(lang, {weekday: 'short', day: 'numeric', month: 'short'});
  return `${day} · ${time.formatRange(start, end)}`;
}

/** Shapes beside words and colours. */
const MARKS = {wanted: '…', booked: '✓', cancelling: '…', cancelled: '–', refused: '▲'} as const;

const formWord = (state: Form['state']) =>
  state === 'made' || state === 'failed' ? (`form_${state}` as const) : 'form_waits';

function formRow({say}: App, {state, parcels, form_url}: Form): HTMLElement {
  const voided = parcels.filter((parcel) => parcel.voided);
  return el(
    'li',
    {class: 'tour'},
    el('b', {}, say('form')),
    el('span', {class: 'holder'}, `${say(formWord(state))} · ${say('parcels', {n: parcels.length})}`),
    form_url !== null && el('a', {href: form_url, target: '_blank', rel: 'noreferrer'}, say('form_open')),
    ...voided.map(({tracking_number}) =>
      el('p', {class: 'trouble'}, `▲ ${say('form_void', {code: tracking_number ?? ''})}`),
    ),
  );
}
