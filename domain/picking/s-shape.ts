import {type Floor, spotsByColumn} from './floor.ts';
import {at, type Spot} from './layout.ts';

/**
 * Length in millimetres of the S-shape walk over a floor of one block: from the left every aisle with a spot is walked
 * through, up and down in turn; an odd last one is left the way it was entered. What others are compared with.
 */
export function sShapeLength(floor: Floor, spots: readonly Spot[]): number {
  const [front, back] = [at(floor.layout.cross_aisles, 0), at(floor.layout.cross_aisles, 1)];
  const visited = spotsByColumn(floor, spots)
    .map((ys, i) => ({x: at(floor.columns, i).x, deepest: (ys.at(-1) ?? front) - front, due: ys.length > 0}))
    .filter(({due}) => due);
  const [first, last] = [visited[0], visited.at(-1)];
  if (!first || !last) return 0;
  const {x} = floor.layout.depot;
  const sideways = Math.abs(first.x - x) + (last.x - first.x) + Math.abs(last.x - x);
  const through = visited.length - (visited.length % 2);
  return sideways + through * (back - front) + (visited.length % 2) * 2 * last.deepest;
}
