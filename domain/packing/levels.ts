/** A level rectangle on which something can stand: the floor, or tops of equal height, with nothing above it. */
export interface Flat {
  x: number;
  y: number;
  z: number;
  /** Along x. */
  w: number;
  /** Along y. */
  d: number;
}

/** More of them are not followed: the smallest are forgotten, which wastes room but breaks nothing. */
const FLATS_AT_MOST = 48;

/**
 * The flats after something was put on one of them. What stands rests wholly on its flat, so nothing ever hangs over
 * another place and each flat is free up to the lid. They are all maximal rectangles of their level and overlap.
 */
export function occupy(flats: readonly Flat[], foot: Flat, top: number, lid: number): Flat[] {
  const kept: Flat[] = [];
  const cut: Flat[] = [];
  for (const flat of flats) {
    if (flat.z !== foot.z || !overlap(flat, foot)) kept.push(flat);
    else cutAround(flat, foot, cut);
  }
  for (const piece of cut) addMaximal(kept, piece);
  if (top < lid) addJoined(kept, {...foot, z: top});
  if (kept.length <= FLATS_AT_MOST) return kept;
  return kept.sort((a, b) => b.w * b.d - a.w * a.d).slice(0, FLATS_AT_MOST);
}

export function overlap(a: Omit<Flat, 'z'>, b: Omit<Flat, 'z'>): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.d && b.y < a.y + a.d;
}

/** The four maximal rectangles of a flat beside a footprint. */
function cutAround(flat: Flat, foot: Flat, into: Flat[]): void {
  const {x, y, z, w, d} = flat;
  if (foot.x > x) into.push({x, y, z, w: foot.x - x, d});
  if (foot.x + foot.w < x + w) into.push({x: foot.x + foot.w, y, z, w: x + w - foot.x - foot.w, d});
  if (foot.y > y) into.push({x, y, z, w, d: foot.y - y});
  if (foot.y + foot.d < y + d) into.push({x, y: foot.y + foot.d, z, w, d: y + d - foot.y - foot.d});
}

function contains(a: Flat, b: Flat): boolean {
  return a.z === b.z && a.x <= b.x && a.y <= b.y && a.x + a.w >= b.x + b.w && a.y + a.d >= b.y + b.d;
}

/** False when it lies in another; those that lie in it are taken out. */
function addMaximal(flats: Flat[], piece: Flat): boolean {
  if (flats.some((flat) => contains(flat, piece))) return false;
  let end = 0;
  for (const flat of flats) if (!contains(piece, flat)) flats[end++] = flat;
  flats.length = end;
  flats.push(piece);
  return true;
}

/** Adds a flat and what it makes together with those of its level that it touches. */
function addJoined(flats: Flat[], first: Flat): void {
  const queue = [first];
  for (let tries = 0; queue.length > 0 && tries < 2 * FLATS_AT_MOST; tries += 1) {
    const piece = queue.pop() as Flat;
    if (!addMaximal(flats, piece)) continue;
    for (const flat of flats) {
      if (flat === piece || flat.z !== piece.z) continue;
      const [wide, deep] = [joinedAlongX(flat, piece), joinedAlongY(flat, piece)];
      if (wide) queue.push(wide);
      if (deep) queue.push(deep);
    }
  }
}

function joinedAlongX(a: Flat, b: Flat): Flat | null {
  if (a.x > b.x + b.w || b.x > a.x + a.w) return null;
  const y = Math.max(a.y, b.y);
  const d = Math.min(a.y + a.d, b.y + b.d) - y;
  const x = Math.min(a.x, b.x);
  return d > 0 ? {x, y, z: a.z, w: Math.max(a.x + a.w, b.x + b.w) - x, d} : null;
}

function joinedAlongY(a: Flat, b: Flat): Flat | null {
  if (a.y > b.y + b.d || b.y > a.y + a.d) return null;
  const x = Math.max(a.x, b.x);
  const w = Math.min(a.x + a.w, b.x + b.w) - x;
  const y = Math.min(a.y, b.y);
  return w > 0 ? {x, y, z: a.z, w, d: Math.max(a.y + a.d, b.y + b.d) - y} : null;
}
