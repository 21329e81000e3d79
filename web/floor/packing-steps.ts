import {listOf, type PicturedParcel, type Row, stepPicture} from '../packing-picture.ts';
import {el} from './dom.ts';
import type {FloorParcel} from './task-state.ts';
import type {Say} from './words.ts';

/** Units to be put into the box at once, and where they go. */
export type Step = Row;

const pictured = ({suggested_box, inner_mm, placements, items}: FloorParcel): PicturedParcel => {
  const nameOf = new Map(items.map(({sku, name}) => [sku, name]));
  return {
    box: suggested_box,
    inner_mm,
    placements: placements.map((place) => ({...place, name: nameOf.get(place.sku) ?? place.sku})),
  };
};

/** One after the other, in packing order; none where nobody has worked out how the units lie. */
export const stepsOf = (parcel: FloorParcel): Step[] => listOf(pictured(parcel).placements);

/** What a scanned product means while units go in: right, too early, or not of this parcel. */
export function judgeItem(parcel: FloorParcel, step: Step, sku: string): 'right' | 'later' | 'strange' {
  if (sku === step.unit.sku) return 'right';
  return parcel.items.some((item) => item.sku === sku) ? 'later' : 'strange';
}

/** What goes in now, and a picture of where. */
export function stepView(say: Say, parcel: FloorParcel, step: Step): HTMLElement {
  const {dx, dy, dz, name} = step.unit;
  const qty = step.to - step.from + 1;
  return el(
    'section',
    {class: 'step'},
    drawing(stepPicture(pictured(parcel), step, `${say('put_here')}: ${name}`)),
    el(
      'div',
      {},
      el('p', {class: 'count'}, `${say('put_here')} `, el('b', {}, `${qty} ×`)),
      el('h2', {}, name),
      el('p', {class: 'hint'}, say('lying', {dx, dy, dz})),
    ),
  );
}

/** Our own picture as part of the page; its texts were escaped where it was drawn. */
function drawing(svg: string): HTMLElement {
  const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  return el('figure', {class: 'placed'}, document.importNode(drawn, true));
}
