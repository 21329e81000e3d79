import type {Floor} from './floor.ts';
import {at, type Spot} from './layout.ts';
import type {Junction, Leg} from './segment-options.ts';

interface Edge {
  to: number;
  /** index of the edge the other way */
  back: number;
  /** column and y of what is passed on the way */
  past: readonly number[];
  column: number;
  used: boolean;
}

/**
 * The order in which a closed walk over these legs from the depot comes past the spots, as indexes into `spots`
 * (Hierholzer's algorithm; every junction has an even number of legs).
 */
export function walkOrder(floor: Floor, legs: readonly Leg[], spots: readonly Spot[]): number[] {
  const waiting = new Map<string, number[]>();
  for (const [i, {aisle, y}] of spots.entries()) {
    const key = `${at(floor.columnOf, aisle)}:${y}`;
    waiting.set(key, [...(waiting.get(key) ?? []), i]);
  }
  const order: number[] = [];
  for (const {column, past} of circuit(floor, legs)) {
    for (const y of past) {
      order.push(...(waiting.get(`${column}:${y}`) ?? []));
      waiting.delete(`${column}:${y}`);
    }
  }
  return order;
}

/** The legs in the order and direction of one closed walk from the depot. */
function circuit(floor: Floor, legs: readonly Leg[]): {column: number; past: readonly number[]}[] {
  const edges = edgesOf(floor, legs);
  const start = floor.columns.findIndex(({depot}) => depot !== null);
  const home = nodeOf(floor, {column: start, row: at(floor.columns, start).depot ?? 0});
  const stack: {node: number; by: Edge | null}[] = [{node: home, by: null}];
  const walked: Edge[] = [];
  while (stack.length > 0) {
    const {node, by} = at(stack, stack.length - 1);
    const leaving = edges.get(node)?.find((edge) => !edge.used);
    if (leaving) {
      leaving.used = true;
      at(edges.get(leaving.to) ?? [], leaving.back).used = true;
      stack.push({node: leaving.to, by: leaving});
    } else {
      stack.pop();
      if (by) walked.push(by);
    }
  }
  return walked.reverse();
}

function edgesOf(floor: Floor, legs: readonly Leg[]): Map<number, Edge[]> {
  const edges = new Map<number, Edge[]>();
  const listAt = (node: number): Edge[] => {
    const list = edges.get(node) ?? [];
    edges.set(node, list);
    return list;
  };
  for (const {from, to, past, often} of legs) {
    const a = listAt(nodeOf(floor, from));
    if (to === null) {
      const i = a.length;
      const column = from.column;
      const loop = {to: nodeOf(floor, from), column, past, used: false};
      a.push({...loop, back: i + 1}, {...loop, back: i});
      continue;
    }
    const b = listAt(nodeOf(floor, to));
    for (let time = 0; time < often; time += 1) {
      const edge = {column: from.column, used: false};
      a.push({...edge, to: nodeOf(floor, to), back: b.length, past});
      b.push({...edge, to: nodeOf(floor, from), back: a.length - 1, past: past.toReversed()});
    }
  }
  return edges;
}

const nodeOf = (floor: Floor, {column, row}: Junction): number => column * floor.layout.cross_aisles.length + row;
