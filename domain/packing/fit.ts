import {fillByFlat, quickFills} from './fill.ts';
import {joinAll} from './join.ts';
import {type Kind, volumeOf} from './kinds.ts';
import type {Flat} from './levels.ts';
import {type Block, emptyLoad, type Load, put, type Room} from './load.ts';
import {type Budget, eachBlock, firstFlat, LIKINGS, snuggest} from './moves.ts';

/** What one box may take of the budget, in turned units looked at. */
const JOINS_AT_MOST = 3_000;
const BEAM_AT_MOST = 12_000;
const BEAM = {width: 4, branch: 6};

/** Whether all could be in there by weight, volume and the edges of each alone. */
export function mayHold(room: Room, kinds: readonly Kind[], left: readonly number[]): boolean {
  let [grams, volume, units] = [0, 0, 0];
  for (const [k, kind] of kinds.entries()) {
    const n = left[k] ?? 0;
    if (n > 0 && !kind.turns.some((turn) => turn.every((edge, axis) => edge <= (room.dims[axis] ?? 0)))) return false;
    [grams, volume, units] = [grams + n * kind.grams, volume + n * kind.volume, units + n];
  }
  return grams <= room.grams && (units <= 1 || volume <= room.volume);
}

/**
 * Puts all units into the room, or says that it found no way (null). Quick rules first; then the exact search for what
 * fills a box to the edge; then a beam search over what to put on the lowest free place, each step judged by what the
 * quick rule makes of it (I. Araya, M. C. Riff, "A beam search approach to the container loading problem", 2014).
 */
export function fitAll(room: Room, kinds: readonly Kind[], left: readonly number[], budget: Budget): Load | null {
  if (!mayHold(room, kinds, left)) return null;
  const empty = emptyLoad(room, kinds, left);
  for (const load of quickFills(empty, budget)) if (isFull(load)) return load;
  return (
    within(budget, JOINS_AT_MOST, (part) => (isTight(empty) ? joinAll(room, kinds, left, part) : null)) ??
    within(budget, BEAM_AT_MOST, (part) => beam(empty, part))
  );
}

/** What different rules put into the room, each as much as it can; not all of them are different. */
export function fillMost(room: Room, kinds: readonly Kind[], left: readonly number[], budget: Budget): Load[] {
  return [...quickFills(emptyLoad(room, kinds, left), budget)];
}

function isFull(load: Load): boolean {
  return load.left.every((n) => n === 0);
}

/** Solid cuboids are looked for only where they would leave next to nothing empty. */
function isTight({kinds, left, room}: Load): boolean {
  return kinds.reduce((sum, {volume}, k) => sum + volume * (left[k] ?? 0), 0) > 0.9 * volumeOf(room.dims);
}

function within(budget: Budget, most: number, search: (part: Budget) => Load | null): Load | null {
  const given = Math.min(most, budget.left);
  const part = {left: given};
  const found = search(part);
  budget.left -= given - part.left;
  return found;
}

interface State {
  load: Load;
  dead: ReadonlySet<Flat>;
  /** Volume that the quick rule got in from here. */
  promise: number;
}

/** The load with all in it; null = not found. */
function beam(empty: Load, budget: Budget): Load | null {
  let states: State[] = [{load: empty, dead: new Set(), promise: 0}];
  while (states.length > 0 && budget.left > 0) {
    const next: State[] = [];
    for (const child of states.flatMap((state) => expand(state, budget))) {
      if (budget.left <= 0) return null;
      const done = fillByFlat(child.load, snuggest, budget);
      if (isFull(done)) return done;
      next.push({...child, promise: done.volume});
    }
    next.sort((a, b) => b.promise - a.promise || b.load.volume - a.load.volume);
    states = different(next).slice(0, BEAM.width);
  }
  return null;
}

/** The flat to be filled first with what the rules like best there; flats that nothing fits are passed over. */
function expand({load, dead}: State, budget: Budget): State[] {
  const passed = new Set(dead);
  for (;;) {
    const flat = firstFlat(load.flats, passed);
    if (flat === null) return [];
    const blocks = blocksOn(load, flat, budget);
    if (blocks.length > 0) {
      return liked(blocks, load, flat).map((block) => ({load: put(load, block), dead: passed, promise: 0}));
    }
    passed.add(flat);
  }
}

function blocksOn(load: Load, flat: Flat, budget: Budget): Block[] {
  const blocks = new Map<string, Block>();
  for (let kind = 0; kind < load.kinds.length; kind += 1) {
    eachBlock(load, flat, kind, budget, (k, turn, nx, ny, nz) => {
      const key = `${k} ${turn} ${nx} ${ny} ${nz}`;
      blocks.set(key, {kind: k, x: flat.x, y: flat.y, z: flat.z, turn, n: [nx, ny, nz]});
    });
  }
  return [...blocks.values()];
}

/** The best by each rule in turn. */
function liked(blocks: readonly Block[], load: Load, flat: Flat): Block[] {
  const found = new Set<Block>();
  const ranked = LIKINGS.map((liking) =>
    blocks
      .map((block) => ({
        block,
        score: liking(load, flat, block.turn[0] * block.n[0], block.turn[1] * block.n[1], block.turn[2] * block.n[2]),
      }))
      .sort((a, b) => b.score - a.score),
  );
  for (let i = 0; i < blocks.length && found.size < BEAM.branch; i += 1) {
    for (const ranking of ranked) {
      const entry = ranking[i];
      if (entry && found.size < BEAM.branch) found.add(entry.block);
    }
  }
  return [...found];
}

/** Of those that look alike, the first. */
function different(states: readonly State[]): State[] {
  const seen = new Set<string>();
  return states.filter(({load, promise}) => {
    const key = `${promise} ${load.left.join(',')}`;
    return !seen.has(key) && seen.add(key);
  });
}
