import type {Dims, PackItem} from './types.ts';

/** Units that are alike for packing, whatever line they are of. */
export interface Kind {
  dims: Dims;
  grams: number;
  volume: number;
  /** The shortest edge. */
  least: number;
  fragile: boolean;
  upright: boolean;
  turns: readonly Dims[];
  /** Lines that these units are of, in their order, and how many of each. */
  members: {item: PackItem; qty: number}[];
}

/** Groups items by what matters to packing; the second list says how many there are of each kind. */
export function kindsOf(items: readonly PackItem[]): {kinds: Kind[]; counts: number[]} {
  const byKey = new Map<string, Kind>();
  for (const item of items) {
    if (item.qty <= 0) continue;
    const [fragile, upright] = [item.fragile ?? false, item.upright ?? false];
    const dims = upright
      ? ([...[item.length_mm, item.width_mm].sort(descending), item.height_mm] as unknown as Dims)
      : ([item.length_mm, item.width_mm, item.height_mm].sort(descending) as unknown as Dims);
    const key = [...dims, item.weight_g, fragile, upright].join(' ');
    const kind = byKey.get(key) ?? {
      dims,
      grams: item.weight_g,
      volume: volumeOf(dims),
      least: Math.min(...dims),
      fragile,
      upright,
      turns: turnsOf(dims, upright),
      members: [],
    };
    kind.members.push({item, qty: item.qty});
    byKey.set(key, kind);
  }
  const kinds = [...byKey.values()].sort((a, b) => b.volume - a.volume || (b.dims[0] ?? 0) - (a.dims[0] ?? 0));
  return {kinds, counts: kinds.map(({members}) => members.reduce((sum, {qty}) => sum + qty, 0))};
}

export function volumeOf(dims: readonly number[]): number {
  return dims.reduce((product, edge) => product * edge, 1);
}

/** All different right-angled turns, or only those about the vertical. */
function turnsOf(dims: Dims, upright: boolean): Dims[] {
  const keys = new Set<string>();
  return (upright ? sixTurns(dims).slice(0, 2) : sixTurns(dims)).filter((turn) => {
    const key = turn.join(' ');
    return !keys.has(key) && keys.add(key);
  });
}

/** The two about the vertical first. */
export function sixTurns([a, b, c]: Dims): Dims[] {
  return [
    [a, b, c],
    [b, a, c],
    [a, c, b],
    [c, a, b],
    [b, c, a],
    [c, b, a],
  ];
}

function descending(a: number, b: number): number {
  return b - a;
}
