import {fillMost, fitAll, mayHold} from './fit.ts';
import {type Kind, volumeOf} from './kinds.ts';
import type {Load, Room} from './load.ts';
import type {Budget} from './moves.ts';
import type {Box, PackingRules, ParcelCosts} from './types.ts';

/** A box with what goes into it, and what it costs with sending it. */
export interface Filled {
  box: Box;
  load: Load;
  cost: number;
}

export interface Question {
  kinds: readonly Kind[];
  /** Cheapest empty box first. */
  boxes: readonly Box[];
  rules: PackingRules;
  budget: Budget;
}

/** Parcels filled so far, and what is left for others. */
interface Partial {
  parcels: readonly Filled[];
  left: readonly number[];
  cost: number;
  /** What it will cost at least with the rest. */
  bound: number;
}

/** Partial plans that are followed, and ends of each that are tried. */
const WIDTH = 4;
const ENDS = 16;

const tariffsOf = ({costs, tariffs = []}: PackingRules): ParcelCosts[] => [costs, ...tariffs];

/** The box and sending it by the cheapest tariff: the weight counts, or the volume as the carrier weighs it. */
export function parcelCost(box: Box, grams: number, rules: PackingRules): number {
  const volume = volumeOf(box.outer_mm ?? box.inner_mm);
  const sending = tariffsOf(rules).map(({per_parcel, per_kg, dim_divisor, dim_above_mm3 = 0}) => {
    const dimensional = volume > dim_above_mm3 ? volume / dim_divisor : 0;
    return per_parcel + (per_kg * Math.max(grams + box.weight_g, dimensional)) / 1_000;
  });
  return box.cost_amount + Math.min(...sending);
}

/**
 * The cheapest parcels for units of which each fits some box alone: one box when one does, else (or when two small ones
 * cost less than a large one) a beam search over which box to fill next with what. Each parcel then moves to the
 * cheapest box that holds it.
 */
export function chooseBoxes(question: Question, left: readonly number[]): Filled[] {
  if (left.every((n) => n === 0)) return [];
  const single = cheapestSingle(question, left);
  if (single && single.cost <= boundOf(question, left, 2)) return [single];
  const several = cheapestSeveral(question, left, single?.cost ?? Number.POSITIVE_INFINITY);
  if (several === null) return single ? [single] : [];
  return several.map((parcel) => cheapestSingle(question, contentOf(parcel.load), parcel.cost) ?? parcel);
}

function cheapestSingle(question: Question, left: readonly number[], below = Number.POSITIVE_INFINITY): Filled | null {
  const {kinds, boxes, rules, budget} = question;
  const grams = gramsOf(kinds, left);
  const byCost = boxes
    .map((box) => ({box, cost: parcelCost(box, grams, rules)}))
    .filter(({cost}) => cost < below)
    .sort((a, b) => a.cost - b.cost);
  for (const {box, cost} of byCost) {
    const load = fitAll(roomOf(box, rules), kinds, left, budget);
    if (load) return {box, load, cost};
  }
  return null;
}

/** Null when nothing cheaper than `below` was found. */
function cheapestSeveral(question: Question, left: readonly number[], below: number): Filled[] | null {
  let best: {parcels: readonly Filled[]; cost: number} | null = null;
  let states: Partial[] = [{parcels: [], left, cost: 0, bound: 0}];
  const limit = () => best?.cost ?? below;
  const offer = (parcels: readonly Filled[], cost: number) => {
    if (cost < limit()) best = {parcels, cost};
  };
  while (states.length > 0) {
    const children = states.flatMap((state) => withOneMore(question, state));
    for (const child of children) if (child.left.every((n) => n === 0)) offer(child.parcels, child.cost);
    const open = distinct(children.filter(({left: rest}) => rest.some((n) => n > 0)));
    for (const child of open.slice(0, ENDS)) {
      if (child.bound >= limit()) continue;
      const last = cheapestSingle(question, child.left, limit() - child.cost);
      if (last) offer([...child.parcels, last], child.cost + last.cost);
    }
    states = open.filter(({bound}) => bound < limit()).slice(0, WIDTH);
  }
  return best === null ? null : [...(best as {parcels: readonly Filled[]}).parcels];
}

function withOneMore({kinds, boxes, rules, budget}: Question, state: Partial): Partial[] {
  return boxes.flatMap((box) =>
    fillMost(roomOf(box, rules), kinds, state.left, budget)
      .filter((load) => load.units > 0)
      .map((load) => {
        const cost = parcelCost(box, load.grams, rules);
        const spent = state.cost + cost;
        return {
          parcels: [...state.parcels, {box, load, cost}],
          left: load.left,
          cost: spent,
          bound: spent + boundOf({kinds, boxes, rules}, load.left, 1),
        };
      }),
  );
}

/** Cheapest first, then those with least left over; plans that leave the same for less are the same. */
function distinct(plans: readonly Partial[]): Partial[] {
  const seen = new Set<string>();
  const leftOver = ({parcels}: Partial) => -parcels.reduce((sum, {load}) => sum + load.volume, 0);
  return [...plans]
    .sort((a, b) => a.bound - b.bound || leftOver(a) - leftOver(b))
    .filter(({left}) => {
      const key = left.join(',');
      return !seen.has(key) && seen.add(key);
    });
}

/** What so many units cost at least, in that many parcels or more. */
function boundOf({kinds, boxes, rules}: Omit<Question, 'budget'>, left: readonly number[], atLeast: number): number {
  const volume = left.reduce((sum, n, k) => sum + n * (kinds[k]?.volume ?? 0), 0);
  if (volume === 0) return 0;
  const grams = gramsOf(kinds, left);
  const rooms = boxes.map((box) => roomOf(box, rules));
  const parcels = Math.max(
    atLeast,
    // one unit alone may fill a box to the edge
    Math.ceil(volume / Math.max(...rooms.map(({dims}) => volumeOf(dims)))),
    Math.ceil(grams / Math.max(...rooms.map((room) => room.grams))),
  );
  const [per_kg, per_parcel] = [perLeast(rules, 'per_kg'), perLeast(rules, 'per_parcel')];
  const each = Math.min(...boxes.map((box) => box.cost_amount + per_parcel + (per_kg * box.weight_g) / 1_000));
  return parcels * each + (per_kg * grams) / 1_000;
}

const perLeast = (rules: PackingRules, what: 'per_kg' | 'per_parcel'): number =>
  Math.min(...tariffsOf(rules).map((tariff) => tariff[what]));

export function roomOf(box: Box, {fill_share}: PackingRules): Room {
  return {
    dims: box.inner_mm,
    grams: box.max_weight_g - box.weight_g,
    volume: fill_share * volumeOf(box.inner_mm),
  };
}

/** Whether a single unit of the kind fits into the box. */
export function fitsAlone(box: Box, kind: Kind, rules: PackingRules): boolean {
  return mayHold(roomOf(box, rules), [kind], [1]);
}

function contentOf({kinds, blocks}: Load): number[] {
  const content = kinds.map(() => 0);
  for (const {kind, n} of blocks) content[kind] = (content[kind] ?? 0) + n[0] * n[1] * n[2];
  return content;
}

function gramsOf(kinds: readonly Kind[], left: readonly number[]): number {
  return left.reduce((sum, n, k) => sum + n * (kinds[k]?.grams ?? 0), 0);
}
