/** Millimetres, any order of the three. */
export type Dims = readonly [number, number, number];

/** Sorted longest first. */
export function sortedDims([a, b, c]: Dims): Dims {
  const [x = 0, y = 0, z = 0] = [a, b, c].sort((p, q) => q - p);
  return [x, y, z];
}

export function volumeOf([a, b, c]: Dims): number {
  return a * b * c;
}

/** Whether a cuboid fits into another in some right-angled turn: edge by edge, longest first. */
export function fitsInside(item: Dims, room: Dims): boolean {
  const [i, r] = [sortedDims(item), sortedDims(room)];
  return i[0] <= r[0] && i[1] <= r[1] && i[2] <= r[2];
}

/**
 * Puts a cuboid into the tightest of the free rooms and returns the rooms left, or null when it fits none. The room is
 * cut by three guillotine cuts into disjoint rooms (A. Lodi, S. Martello, D. Vigo, "Heuristic algorithms for the
 * three-dimensional bin packing problem", EJOR 141, 2002), so whatever this accepts can really be packed.
 */
export function place(rooms: readonly Dims[], item: Dims): Dims[] | null {
  let best: {room: number; turned: Dims; waste: number} | null = null;
  for (let i = 0; i < rooms.length; i += 1) {
    const room = rooms[i] as Dims;
    const turned = tightestTurn(room, item);
    if (turned === null) continue;
    const waste = volumeOf(room) * 1e6 + slack(room, turned);
    if (best === null || waste < best.waste) best = {room: i, turned, waste};
  }
  if (best === null) return null;
  const {room, turned} = best;
  return [...rooms.slice(0, room), ...rooms.slice(room + 1), ...cut(rooms[room] as Dims, turned)];
}

/** The turn that leaves the smallest gap along one edge; null = none fits. */
function tightestTurn(room: Dims, [a, b, c]: Dims): Dims | null {
  const turns: Dims[] = [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ];
  let best: Dims | null = null;
  for (const turn of turns) {
    if (turn[0] > room[0] || turn[1] > room[1] || turn[2] > room[2]) continue;
    if (best === null || slack(room, turn) < slack(room, best)) best = turn;
  }
  return best;
}

function slack(room: Dims, item: Dims): number {
  return Math.min(room[0] - item[0], room[1] - item[1], room[2] - item[2]);
}

/** The three rooms beside an item in the corner of a room; the first cut is made across the widest gap. */
function cut(room: Dims, item: Dims): Dims[] {
  const gaps = room.map((edge, axis) => ({axis, gap: edge - (item[axis] ?? 0)})).sort((a, b) => b.gap - a.gap);
  const left: [number, number, number] = [room[0], room[1], room[2]];
  return gaps.flatMap(({axis, gap}) => {
    const slice: [number, number, number] = [...left];
    slice[axis] = gap;
    left[axis] = item[axis] ?? 0;
    return gap > 0 ? [slice] : [];
  });
}
