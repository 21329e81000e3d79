/** What a field holds: a type's name, or the fields inside it. A list has the shape of its first item under `[]`. */
export type Shape = string | {[field: string]: Shape};

/** Their keys are data, not fields. */
const MAPS = new Set(['metadata']);

export function shapeOf(value: unknown, name = ''): Shape {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'list' : {'[]': shapeOf(value[0])};
  if (typeof value !== 'object') return typeof value;
  if (MAPS.has(name)) return 'map';
  const fields = Object.entries(value).map(([field, inner]) => [field, shapeOf(inner, field)] as const);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export interface Difference {
  /** Fields that only `actual` has. */
  extra: string[];
  /** Fields that only `expected` has. */
  missing: string[];
  /** Fields of two types; null goes with every type. */
  types: string[];
}

/** Compares what is there; below a null nothing can be compared. */
export function compareShapes(actual: Shape, expected: Shape, path = ''): Difference {
  if (actual === 'null' || expected === 'null') return {extra: [], missing: [], types: []};
  if (typeof actual === 'string' || typeof expected === 'string') {
    const [a, b] = [kind(actual), kind(expected)];
    return {extra: [], missing: [], types: a === b ? [] : [`${path}: ${a}, not ${b}`]};
  }
  const names = [...new Set([...Object.keys(actual), ...Object.keys(expected)])].sort();
  const found: Difference = {extra: [], missing: [], types: []};
  for (const name of names) {
    const inner = path ? `${path}.${name}` : name;
    const [a, b] = [actual[name], expected[name]];
    if (a === undefined) found.missing.push(inner);
    else if (b === undefined) found.extra.push(inner);
    else {
      const below = compareShapes(a, b, inner);
      found.extra.push(...below.extra);
      found.missing.push(...below.missing);
      found.types.push(...below.types);
    }
  }
  return found;
}

function kind(shape: Shape): string {
  if (typeof shape !== 'string') return '[]' in shape ? 'list' : 'object';
  return shape === 'map' ? 'object' : shape;
}

/** The value, with a note of every field that is read from it: `latest_charge.amount_captured`. */
export function recordReads<T extends object>(value: T, reads: Set<string>, path = ''): T {
  return new Proxy(value, {
    get: (target, name, receiver) => {
      const inner: unknown = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol' || Array.isArray(target) || typeof inner === 'function') return inner;
      const field = path ? `${path}.${name}` : name;
      reads.add(field);
      return typeof inner === 'object' && inner !== null ? recordReads(inner, reads, field) : inner;
    },
  });
}
