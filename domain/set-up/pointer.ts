const parts = (pointer: string) => pointer.split('/').slice(1);

/** The value that a JSON pointer leads to; undefined where it leads nowhere. */
export function valueAt(root: unknown, pointer: string): unknown {
  return parts(pointer).reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], root);
}

/** A copy with another value at the pointer; what is not there on the way is made. */
export function withValue<T>(root: T, pointer: string, value: unknown): T {
  return put(root, parts(pointer), value) as T;
}

function put(root: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root) || (root === undefined && /^\d+$/.test(key))) {
    const list = [...((root as unknown[] | undefined) ?? [])];
    list[Number(key)] = put(list[Number(key)], rest, value);
    return list;
  }
  const inner = (root as Record<string, unknown> | null | undefined) ?? {};
  return {...inner, [key]: put(inner[key], rest, value)};
}
