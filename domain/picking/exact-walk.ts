import {type Floor, spotsByColumn} from './floor.ts';
import {type Frontier, frontierOf} from './frontier.ts';
import {at, type Spot} from './layout.ts';
import {type Leg, type Option, optionsOf} from './segment-options.ts';

/** More cross aisles than this have too many classes to go through quickly. */
const MOST_CROSS_AISLES = 5;

/** Whether the shortest walk is found exactly: carts go both ways, and there are at most four blocks. */
export const isExact = (floor: Floor): boolean =>
  floor.two_way && floor.layout.cross_aisles.length <= MOST_CROSS_AISLES;

/** How the classes after one step came about: by class, where from and by which of the step's choices. */
interface Step {
  from: Int32Array;
  choice: Int32Array;
}

interface Sweep {
  length: number;
  /** class in which the walk is whole, and the number of steps until then */
  end: {state: number; steps: number};
  steps: Step[];
  /** what the choices of each step mean */
  meaning: ((choice: number, from: number) => Leg[])[];
}

/** Length in millimetres of the shortest walk from the depot past all spots and back. */
export const exactLength = (floor: Floor, spots: readonly Spot[]): number => sweep(floor, spots, false).length;

/** The stretches of a shortest walk, each as often as it is walked. */
export function exactLegs(floor: Floor, spots: readonly Spot[]): {length: number; legs: Leg[]} {
  const {length, end, steps, meaning} = sweep(floor, spots, true);
  const legs: Leg[] = [];
  let state = end.state;
  for (let i = end.steps - 1; i >= 0; i -= 1) {
    const {from, choice} = at(steps, i);
    legs.push(...at(meaning, i)(at(choice, state), at(from, state)));
    state = at(from, state);
  }
  return {length, legs};
}

/** Goes over the floor from left to right and keeps the shortest beginning of each class. */
function sweep(floor: Floor, spots: readonly Spot[], trail: boolean): Sweep {
  const frontier = frontierOf(floor.layout.cross_aisles.length);
  const byColumn = spotsByColumn(floor, spots);
  const lastDue = floor.columns.findLastIndex((column, i) => column.depot !== null || at(byColumn, i).length > 0);
  const run: Sweep = {length: Infinity, end: {state: 0, steps: 0}, steps: [], meaning: []};
  let costs = new Float64Array(frontier.size).fill(Infinity);
  costs[0] = 0;
  for (const [i, column] of floor.columns.entries()) {
    for (const options of optionsOf(floor, i, at(byColumn, i))) {
      costs = takeOptions(frontier, costs, options, trail ? run : null);
    }
    if (i >= lastDue) finish(frontier, costs, run);
    const next = floor.columns[i + 1];
    if (next) costs = goAcross(frontier, costs, {column: i, width: next.x - column.x}, trail ? run : null);
  }
  return run;
}

function takeOptions(
  frontier: Frontier,
  costs: Float64Array,
  options: readonly Option[],
  run: Sweep | null,
): Float64Array<ArrayBuffer> {
  const after = new Float64Array(frontier.size).fill(Infinity);
  const step = run && newStep(frontier.size);
  for (const [choice, option] of options.entries()) {
    const table = option.moves(frontier);
    for (let state = 0; state < frontier.size; state += 1) {
      const cost = (costs[state] as number) + option.cost;
      if (cost === Infinity) continue;
      let to = state;
      for (const move of table) to = move[to] as number;
      if (cost >= (after[to] as number)) continue;
      after[to] = cost;
      if (step) note(step, to, state, choice);
    }
  }
  if (run && step) {
    run.steps.push(step);
    run.meaning.push((choice) => at(options, choice).legs());
  }
  return after;
}

function goAcross(
  frontier: Frontier,
  costs: Float64Array,
  {column, width}: {column: number; width: number},
  run: Sweep | null,
): Float64Array<ArrayBuffer> {
  const after = new Float64Array(frontier.size).fill(Infinity);
  const step = run && newStep(frontier.size);
  for (let state = 0; state < frontier.size; state += 1) {
    if (costs[state] === Infinity) continue;
    const ways = at(frontier.across, state);
    for (let choice = 0; choice < ways.length; choice += 1) {
      const {next, times} = at(ways, choice);
      let cost = costs[state] as number;
      for (const often of times) cost += often * width;
      if (cost >= (after[next] as number)) continue;
      after[next] = cost;
      if (step) note(step, next, state, choice);
    }
  }
  if (run && step) {
    run.steps.push(step);
    run.meaning.push((choice, from) =>
      at(at(frontier.across, from), choice).times.flatMap((often, row) => {
        const leg = {from: {column, row}, to: {column: column + 1, row}, past: []};
        return often === 0 ? [] : [{...leg, often}];
      }),
    );
  }
  return after;
}

const newStep = (size: number): Step => ({from: new Int32Array(size), choice: new Int32Array(size)});

function note(step: Step, to: number, from: number, choice: number): void {
  step.from[to] = from;
  step.choice[to] = choice;
}

function finish(frontier: Frontier, costs: Float64Array, run: Sweep): void {
  for (let state = 0; state < frontier.size; state += 1) {
    const cost = costs[state] as number;
    if (at(frontier.closed, state) === 0 || cost >= run.length) continue;
    run.length = cost;
    run.end = {state, steps: run.steps.length};
  }
}
