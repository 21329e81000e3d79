/** Millimetres: the corner nearest to the origin, and the edges; z is up. */
export interface Cuboid {
  x: number;
  y: number;
  z: number;
  dx: number;
  dy: number;
  dz: number;
}

/** Where on the paper the origin is, and how large a millimetre. */
export interface View {
  scale: number;
  left: number;
  top: number;
}

export const COS = Math.cos(Math.PI / 6);

/** Where a point of the box is on the paper. */
export function on({scale, left, top}: View, x: number, y: number, z: number): [number, number] {
  return [left + (x - y) * COS * scale, top + ((x + y) / 2 - z) * scale];
}

/** Seen along (-1, -1, -1), in the middle of a square of that size. */
export function viewOf([w, d, h]: readonly [number, number, number], size: number, margin: number): View {
  const scale = (size - 2 * margin) / Math.max((w + d) * COS, (w + d) / 2 + h);
  return {
    scale,
    left: size / 2 - ((w - d) / 2) * COS * scale,
    top: size / 2 - ((w + d) / 4 - h / 2) * scale,
  };
}

export type Point = [number, number, number];

/** A polygon of the points, as SVG. */
export function face(view: View, points: readonly Point[], attributes: string): string {
  const text = points.map(([x, y, z]) =>
    on(view, x, y, z)
      .map((value) => value.toFixed(1))
      .join(','),
  );
  return `<polygon points="${text.join(' ')}" ${attributes}/>`;
}

/** Whether a unit stands between a point and the eye, which looks along (-1, -1, -1). */
export function covers({x, y, z, dx, dy, dz}: Cuboid, [px, py, pz]: Point): boolean {
  const from = Math.max(x - px, y - py, z - pz, 0);
  const until = Math.min(x + dx - px, y + dy - py, z + dz - pz);
  return until > from;
}

/** Painted in an order in which nothing covers what is nearer: what lies behind, beside or below another comes first. */
export function fromTheBack<T extends {unit: Cuboid}>(units: readonly T[]): T[] {
  const left = new Set([...units].sort((a, b) => depth(a.unit) - depth(b.unit)));
  const painted: T[] = [];
  while (left.size > 0) {
    const all = [...left];
    const next = all.find((one) => all.every((other) => other === one || !isBehind(other.unit, one.unit))) ?? all[0];
    painted.push(next as T);
    left.delete(next as T);
  }
  return painted;
}

const depth = ({x, y, z}: Cuboid) => x + y + z;

function isBehind(a: Cuboid, b: Cuboid): boolean {
  const apart = a.x + a.dx <= b.x || a.y + a.dy <= b.y || a.z + a.dz <= b.z;
  return apart && !(b.x + b.dx <= a.x || b.y + b.dy <= a.y || b.z + b.dz <= a.z);
}
