interface Refused {
  errors: readonly {pointer: string; code: string; detail: string}[];
}

/** What is wrong with a field, or with something in it; null where nothing is. */
export function faultAt(error: Refused | null, pointer: string): string | null {
  const fault = error?.errors.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  return fault?.detail ?? null;
}

/** Numbers that somebody typed or pasted, each once. */
export const namesOf = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** Of these names, those that are no order. */
export function unknownOf(error: Refused | null, names: readonly string[]): string[] {
  const places = (error?.errors ?? []).filter(({code}) => code === 'unknown_order');
  return places.flatMap(({pointer}) => names[Number(pointer.split('/').at(-1))] ?? []);
}
