import {type Child, type Html, html} from './html.ts';
import {page} from './layout.ts';

interface Point {
  x: number;
  y: number;
}

/** Lengths in millimetres; y runs from the front of the floor to its back. */
export interface FloorPlan {
  warehouse: string;
  source: 'stored' | 'derived';
  aisles: readonly {name: string; x: number; from: number; to: number; one_way?: 'up' | 'down'}[];
  cross_aisles: readonly number[];
  depot: Point;
  walk: {
    title: string;
    /** corners of the walk, from the depot and back to it */
    path: readonly Point[];
    stops: readonly (Point & {bin: string})[];
    length: number;
    exact: boolean;
  } | null;
}

/** A page for the lead: the floor, and who walks it how. */
export function floorPlanPage(plan: FloorPlan): string {
  const {warehouse, source, walk} = plan;
  const title = walk ? walk.title : `Floor of ${warehouse}`;
  const body = html`
<header>
<p class="eyebrow">${warehouse}</p>
<h1>${title}</h1>
<p class="next">${walk ? walkWords(walk) : floorWords(plan)}${source === 'derived' && ' Nobody has stored a layout: this one is derived from the places of the bins.'}</p>
</header>
<section class="card">
${drawing(plan, title)}
</section>
${walk && html`<section class="card"><h2>Stops</h2><ol class="stops">${walk.stops.map(({bin}) => html`<li>${bin}</li>`)}</ol></section>`}`;
  return page({title, body});
}

function walkWords({stops, length, exact}: NonNullable<FloorPlan['walk']>): string {
  const metres = Math.round(length / 1_000);
  return `${stops.length} stops, ${metres} m from the depot and back; ${exact ? 'no walk is shorter' : 'the shortest walk found'}.`;
}

function floorWords({aisles, cross_aisles}: FloorPlan): string {
  return `${aisles.length} aisles, ${cross_aisles.length} cross aisles.`;
}

function drawing(plan: FloorPlan, title: string): Html {
  const {aisles, cross_aisles, depot, walk} = plan;
  const xs = [...aisles.map(({x}) => x), depot.x];
  const ys = [...aisles.flatMap(({from, to}) => [from, to]), ...cross_aisles];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const unit = Math.max(right - left, high - low, 1_000) / 100;
  const margin = 6 * unit;
  const box = [left - margin, -margin, right - left + 2 * margin, high - low + 2 * margin];
  const spot = ({x, y}: Point) => ({x, y: high - y});
  const line = (a: Point, b: Point, kind: string, width: number): Html => {
    const [from, to] = [spot(a), spot(b)];
    return html`<line class="${kind}" x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke-width="${width}"/>`;
  };
  return html`<svg class="plan" viewBox="${box.join(' ')}" role="img" aria-label="${title}">
${cross_aisles.map((y) => line({x: left, y}, {x: right, y}, 'way', 2 * unit))}
${aisles.map(({x, from, to}) => line({x, y: from}, {x, y: to}, 'way', 2 * unit))}
${aisles.map((aisle) => word(spot({x: aisle.x, y: high}), -3 * unit, nameOf(aisle), 2.5 * unit))}
${
  walk &&
  html`<polyline class="walk" stroke-width="${0.6 * unit}" points="${walk.path
    .map(spot)
    .map(({x, y}) => `${x},${y}`)
    .join(' ')}"/>`
}
${walk && numbered(walk.stops.map(spot), unit)}
<circle class="depot" cx="${depot.x}" cy="${high - depot.y}" r="${1.8 * unit}"/>
</svg>`;
}

/** Stops with their numbers; those at one place share a mark, and the numbers stand on it. */
function numbered(stops: readonly Point[], unit: number): Child {
  const marks = new Map<string, {at: Point; numbers: number[]}>();
  for (const [i, stop] of stops.entries()) {
    const key = `${stop.x}:${stop.y}`;
    const mark = marks.get(key) ?? {at: stop, numbers: []};
    mark.numbers.push(i + 1);
    marks.set(key, mark);
  }
  return [...marks.values()].map(({at, numbers}) => {
    const label = numbers.length > 2 ? `${numbers[0]}–${numbers.at(-1)}` : numbers.join(', ');
    return html`<circle class="stop" cx="${at.x}" cy="${at.y}" r="${unit}"/>${word({x: at.x + 2.4 * unit, y: at.y}, 0.8 * unit, label, 2.2 * unit)}`;
  });
}

const nameOf = ({name, one_way}: FloorPlan['aisles'][number]): string =>
  one_way === undefined ? name : `${name} ${one_way === 'up' ? '↑' : '↓'}`;

function word({x, y}: Point, down: number, text: string, size: number): Html {
  return html`<text x="${x}" y="${y + down}" font-size="${size}" text-anchor="middle">${text}</text>`;
}
