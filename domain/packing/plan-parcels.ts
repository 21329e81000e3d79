import {chooseBoxes, type Filled, fitsAlone} from './choose-boxes.ts';
import {type Kind, kindsOf, volumeOf} from './kinds.ts';
import type {Block} from './load.ts';
import type {Box, PackingRules, PackItem, Placement, PlannedParcel} from './types.ts';

/** What a plan may look at, in turned units; enough for a dozen units, beyond it the quick rules alone decide. */
const BUDGET = 60_000;

/**
 * Plans the parcels of a sub-order, the cheapest it finds: box and sending. Every unit has a place in its box, wholly on
 * the floor or on what lies below it, within the box's weight and fill share; nothing heavy stands on what is fragile, what
 * must stay upright does, and dangerous goods travel apart, class by class. What fits no box travels in its own carton.
 * The same question has the same answer.
 */
export function planParcels(items: readonly PackItem[], boxes: readonly Box[], rules: PackingRules): PlannedParcel[] {
  const classes = [...new Set(items.map(classOf))];
  const groups = classes.map((one) => items.filter((item) => classOf(item) === one));
  const plans = groups.map((group) => planGroup(group, boxes, rules));
  return [...plans.flatMap(({boxed}) => boxed), ...plans.flatMap(({alone}) => alone)];
}

function planGroup(items: readonly PackItem[], boxes: readonly Box[], rules: PackingRules) {
  const {kinds, counts} = kindsOf(items);
  const usable = [...boxes].sort(
    (a, b) => volumeOf(a.inner_mm) - volumeOf(b.inner_mm) || a.cost_amount - b.cost_amount || (a.id < b.id ? -1 : 1),
  );
  const fits = kinds.map((kind) => usable.some((box) => fitsAlone(box, kind, rules)));
  const boxed = counts.map((n, k) => (fits[k] ? n : 0));
  const filled = chooseBoxes({kinds, boxes: usable, rules, budget: {left: BUDGET}}, boxed);
  const queues = kinds.map(queueOf);
  const alone = kinds.flatMap((kind, k) => (fits[k] ? [] : kind.members.flatMap(ownCartons)));
  return {boxed: filled.map((parcel) => parcelOf(parcel, items, queues)), alone};
}

function classOf({hazmat}: PackItem): string {
  return hazmat ?? '';
}

/** Hands out the units of a kind line by line. */
function queueOf({members}: Kind): () => PackItem {
  let [member, taken] = [0, 0];
  return () => {
    while (taken === members[member]?.qty) [member, taken] = [member + 1, 0];
    taken += 1;
    const item = members[member]?.item;
    if (!item) throw new RangeError('more units were packed than there are');
    return item;
  };
}

function parcelOf({box, load}: Filled, items: readonly PackItem[], queues: readonly (() => PackItem)[]): PlannedParcel {
  const spots = load.blocks
    .flatMap(spotsOf)
    .sort((a, b) => a.spot.z - b.spot.z || a.spot.y - b.spot.y || a.spot.x - b.spot.x);
  const counts = new Map<PackItem, number>();
  const placements = spots.map(({kind, spot}): Placement => {
    const item = (queues[kind] as () => PackItem)();
    counts.set(item, (counts.get(item) ?? 0) + 1);
    return {line_id: item.line_id, sku: item.sku, ...spot};
  });
  return {
    box_id: box.id,
    items: items
      .filter((item) => counts.has(item))
      .map((item) => ({line_id: item.line_id, sku: item.sku, qty: counts.get(item) ?? 0})),
    expected_g: load.grams + box.weight_g,
    dims_mm: [...box.inner_mm],
    placements,
  };
}

function spotsOf({kind, x, y, z, turn: [dx, dy, dz], n}: Block) {
  const spots: {kind: number; spot: Omit<Placement, 'line_id' | 'sku'>}[] = [];
  for (let k = 0; k < n[2]; k += 1) {
    for (let j = 0; j < n[1]; j += 1) {
      for (let i = 0; i < n[0]; i += 1) {
        spots.push({kind, spot: {x: x + i * dx, y: y + j * dy, z: z + k * dz, dx, dy, dz}});
      }
    }
  }
  return spots;
}

function ownCartons({item, qty}: {item: PackItem; qty: number}): PlannedParcel[] {
  const {line_id, sku, weight_g, length_mm: dx, width_mm: dy, height_mm: dz} = item;
  return Array.from({length: qty}, () => ({
    box_id: null,
    items: [{line_id, sku, qty: 1}],
    expected_g: weight_g,
    dims_mm: [dx, dy, dz],
    placements: [{line_id, sku, x: 0, y: 0, z: 0, dx, dy, dz}],
  }));
}
