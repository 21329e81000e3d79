import {allowedWeight, type Observation, observe, WEIGHING, type WeighedLine} from '../../domain/packing/tolerance.ts';
import {type Random, randomStream} from '../../simulation/random.ts';

const FIXED = {share: 0.1, floor_g: 50};

interface Product {
  sku: string;
  /** As the catalogue says. */
  weight_g: number;
  /** As its units weigh on average, and how they scatter. */
  real_g: number;
  scatter_g: number;
}

interface Weighed {
  lines: (WeighedLine & {product: Product})[];
  expected_g: number;
  measured_g: number;
  right: boolean;
}

export interface Caught {
  /** Of all right parcels, and of all wrong ones, the share that was stopped. */
  false_alarms: number;
  caught: number;
}

export interface Outcome {
  learnt: Caught;
  /** The fixed tolerance as it is in the policy. */
  fixed: Caught;
  /** The narrowest fixed tolerance that does not stop more right parcels than the learnt one does. */
  fixed_alike: Caught;
}

/**
 * A floor whose catalogue is a few per cent wrong, whose units and padding vary, and where one parcel in a hundred is
 * packed wrong while it learns. Then as many right parcels as wrong ones are weighed: a unit missing, one too many, or
 * one of another product.
 */
export function weighings(seed: number, {history, trial}: {history: number; trial: number}): Outcome {
  const random = randomStream(seed, 'weighings');
  const products = Array.from({length: 120}, (_, i) => productOf(random, i));
  const known = new Map<string, Observation[]>();
  for (let i = 0; i < history; i += 1) {
    const parcel = parcelOf(random, products, random.chance(0.99));
    if (!within(parcel, fixedOf(parcel, 1))) continue;
    for (const {sku, ...seen} of observe(parcel.lines, parcel.measured_g - parcel.expected_g)) {
      known.set(sku, [seen, ...(known.get(sku) ?? [])].slice(0, WEIGHING.newest));
    }
  }
  const parcels = Array.from({length: trial}, (_, i) => parcelOf(random, products, i % 2 === 0));
  const rule = (terms: typeof FIXED) => ({fixed: terms, terms: WEIGHING});
  const learnt = judge(parcels, (p) => allowedWeight(p.lines, p.expected_g, known, rule(FIXED)));
  const scaled = (scale: number) => judge(parcels, (parcel) => fixedOf(parcel, scale));
  let scale = 0.02;
  while (scale < 1 && scaled(scale).false_alarms > learnt.false_alarms) scale += 0.01;
  return {learnt, fixed: scaled(1), fixed_alike: scaled(scale)};
}

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

function productOf(random: Random, i: number): Product {
  const weight_g = Math.round(20 * 150 ** random.next());
  const real_g = weight_g * (1 + 0.03 * normal(random));
  return {sku: `S${i}`, weight_g, real_g, scatter_g: real_g * (0.003 + 0.012 * random.next())};
}

function parcelOf(random: Random, products: readonly Product[], right: boolean): Weighed {
  // few products are bought often, many seldom
  const any = () => products[Math.floor(products.length * random.next() ** 2)] as Product;
  const chosen = new Set(Array.from({length: random.whole(1, 3)}, any));
  const lines = [...chosen].map((product) => {
    const {sku, weight_g} = product;
    return {sku, weight_g, qty: random.whole(1, 3), product};
  });
  const inside = lines.flatMap(({product, qty}) => Array.from({length: qty}, () => product));
  if (!right) {
    const at = random.whole(0, inside.length - 1);
    const how = inside.length > 1 ? random.whole(0, 2) : random.whole(1, 2);
    if (how === 0) inside.splice(at, 1);
    else if (how === 1) inside.push(inside[at] as Product);
    else inside[at] = any();
  }
  const box = 180;
  const padding = Math.max(0, 6 + 3 * normal(random));
  const content = inside.reduce((sum, {real_g, scatter_g}) => sum + real_g + scatter_g * normal(random), 0);
  const names = (list: readonly Product[]) =>
    list
      .map(({sku}) => sku)
      .sort()
      .join();
  return {
    lines,
    expected_g: box + lines.reduce((sum, {qty, weight_g}) => sum + qty * weight_g, 0),
    measured_g: Math.round(box + padding + content),
    // one for another may be one for the same
    right: names(inside) === names(lines.flatMap(({product, qty}) => Array.from({length: qty}, () => product))),
  };
}

interface Limits {
  expected_g: number;
  tolerance_g: number;
}

const fixedOf = ({expected_g}: Weighed, scale: number): Limits => ({
  expected_g,
  tolerance_g: scale * Math.max(FIXED.floor_g, FIXED.share * expected_g),
});

const within = ({measured_g}: Weighed, {expected_g, tolerance_g}: Limits) =>
  Math.abs(measured_g - expected_g) <= tolerance_g;

function judge(parcels: readonly Weighed[], limits: (parcel: Weighed) => Limits): Caught {
  const stopped = (right: boolean) => {
    const some = parcels.filter((parcel) => parcel.right === right);
    return some.filter((parcel) => !within(parcel, limits(parcel))).length / some.length;
  };
  return {false_alarms: stopped(true), caught: stopped(false)};
}
