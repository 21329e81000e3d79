import {at, isTwoWay, type Layout, openings, type Spot} from './layout.ts';

/** One x of the floor at which something can be: an aisle, or the depot between aisles. */
export interface Column {
  x: number;
  /** index in `layout.aisles`; null where only the depot is */
  aisle: number | null;
  /** rows of the first and last cross aisle that it opens onto; none when there is no aisle */
  first: number;
  last: number;
  /** the row at which the depot is, when it is at this x */
  depot: number | null;
}

/** A layout made ready for walking: columns from left to right. */
export interface Floor {
  layout: Layout;
  columns: readonly Column[];
  /** by index of the aisle, the index of its column */
  columnOf: Int32Array;
  two_way: boolean;
  /** every aisle opens onto every cross aisle, and carts go both ways: distances have a closed form */
  regular: boolean;
}

/** Throws RangeError when the depot is on no cross aisle (see check-layout.ts, which says it politely). */
export function floorOf(layout: Layout): Floor {
  const rows = layout.cross_aisles.length;
  const row = layout.cross_aisles.indexOf(layout.depot.y);
  if (row < 0) throw new RangeError('the depot is on no cross aisle');
  const columns: Column[] = layout.aisles.map((aisle, index) => {
    const rowsOf = openings(layout, aisle);
    return {x: aisle.x, aisle: index, first: rowsOf[0] ?? 0, last: rowsOf.at(-1) ?? -1, depot: null};
  });
  const beside = columns.find((column) => column.x === layout.depot.x);
  if (beside) beside.depot = row;
  else columns.push({x: layout.depot.x, aisle: null, first: 0, last: -1, depot: row});
  columns.sort((a, b) => a.x - b.x);
  const columnOf = new Int32Array(layout.aisles.length);
  for (const [i, {aisle}] of columns.entries()) if (aisle !== null) columnOf[aisle] = i;
  const two_way = isTwoWay(layout);
  const open = columns.every((c) => c.aisle === null || (c.first === 0 && c.last === rows - 1));
  return {layout, columns, columnOf, two_way, regular: two_way && open};
}

/** Distinct y of the spots by column, ascending. */
export function spotsByColumn(floor: Floor, spots: readonly Spot[]): number[][] {
  const byColumn: number[][] = floor.columns.map(() => []);
  for (const {aisle, y} of spots) at(byColumn, at(floor.columnOf, aisle)).push(y);
  return byColumn.map((ys) => (ys.length < 2 ? ys : [...new Set(ys)].sort((a, b) => a - b)));
}
