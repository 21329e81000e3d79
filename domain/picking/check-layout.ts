import {reachFrom, type Ways, waysOf} from './distance.ts';
import {floorOf} from './floor.ts';
import {at, type Layout, openings} from './layout.ts';

export interface LayoutFault {
  /** where in the layout, as keys and indexes */
  path: (string | number)[];
  code: 'duplicate' | 'out_of_range' | 'not_ascending' | 'unreachable';
  message: string;
}

/** What makes a layout useless for walking; empty when every place can be reached from the depot and left again. */
export function layoutFaults(layout: Layout): LayoutFault[] {
  const faults = [...crossAisleFaults(layout), ...layout.aisles.flatMap((_, i) => aisleFaults(layout, i))];
  return faults.length > 0 ? faults : wayFaults(layout);
}

function crossAisleFaults({cross_aisles, depot}: Layout): LayoutFault[] {
  const faults: LayoutFault[] = [];
  const falls = cross_aisles.findIndex((y, i) => i > 0 && y <= at(cross_aisles, i - 1));
  if (falls > 0) {
    const message = 'cross aisles are listed from the lowest y to the highest';
    faults.push({path: ['cross_aisles', falls], code: 'not_ascending', message});
  }
  if (!cross_aisles.includes(depot.y)) {
    faults.push({path: ['depot', 'y'], code: 'out_of_range', message: 'the depot is on a cross aisle'});
  }
  return faults;
}

function aisleFaults(layout: Layout, index: number): LayoutFault[] {
  const aisle = at(layout.aisles, index);
  const path = ['aisles', index];
  const rows = openings(layout, aisle);
  const ends = [at([...rows, -1], 0), rows.at(-1) ?? -1].map((row) => layout.cross_aisles[row]);
  const faults: LayoutFault[] = [];
  if (layout.aisles.findIndex(({name}) => name === aisle.name) < index) {
    faults.push({path: [...path, 'name'], code: 'duplicate', message: 'every aisle has a name of its own'});
  }
  if (rows.length === 0) {
    faults.push({path, code: 'unreachable', message: 'the aisle opens onto no cross aisle'});
  } else if (aisle.one_way && (rows.length < 2 || ends[0] !== aisle.from || ends[1] !== aisle.to)) {
    const message = 'a one-way aisle begins and ends at cross aisles, or nobody would come out of it';
    faults.push({path: [...path, 'one_way'], code: 'unreachable', message});
  }
  return faults;
}

function wayFaults(layout: Layout): LayoutFault[] {
  const ways = waysOf(floorOf(layout));
  const depot = ways.places.length - 1;
  const there = reachFrom(ways, depot).length;
  const back = reachFrom(backwards(ways), depot).length;
  return layout.aisles.flatMap((_, index) =>
    at(ways.onAisle, index).every((node) => at(there, node) < Infinity && at(back, node) < Infinity)
      ? []
      : [
          {
            path: ['aisles', index],
            code: 'unreachable',
            message: 'there is no way to it from the depot, and back',
          } as const,
        ],
  );
}

function backwards(ways: Ways): Ways {
  const next: {to: number; length: number}[][] = ways.next.map(() => []);
  for (const [from, steps] of ways.next.entries()) {
    for (const {to, length} of steps) at(next, to).push({to: from, length});
  }
  return {...ways, next, from: new Map()};
}
