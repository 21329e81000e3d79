/** A form value: text, a list, or a group of values by name. */
export type FormValue = string | FormValue[] | {[name: string]: FormValue};
export type Form = {[name: string]: FormValue};

/** Parses `a[b][c]=1&list[0]=x&list[]=y` as Stripe reads it. */
export function parseForm(text: string): Form {
  const root = emptyGroup();
  for (const [name, value] of new URLSearchParams(text)) put(root, namePath(name), value);
  const form = emptyGroup();
  for (const [name, value] of Object.entries(root)) form[name] = listify(value);
  return form;
}

/** The same parameters in any order give the same text. */
export function canonicalForm(text: string): string {
  return [...new URLSearchParams(text)]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
}

/** Without a prototype, so that a parameter named __proto__ is only a name. */
function emptyGroup(): Form {
  return Object.create(null) as Form;
}

function namePath(name: string): string[] {
  const bracket = name.indexOf('[');
  if (bracket <= 0) return [name];
  const inner = [...name.slice(bracket).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  return [name.slice(0, bracket), ...inner];
}

function put(group: Form, [first = '', ...rest]: string[], value: string): void {
  const key = first === '' ? String(Object.keys(group).length) : first;
  if (rest.length === 0) {
    group[key] = value;
    return;
  }
  const existing = group[key];
  const inner = typeof existing === 'object' && !Array.isArray(existing) ? existing : emptyGroup();
  group[key] = inner;
  put(inner, rest, value);
}

/** Groups whose names are 0, 1, 2 … are lists. */
function listify(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const names = Object.keys(value);
  const items = names.map((name) => listify(value[name] ?? ''));
  if (names.length > 0 && names.every((name, index) => name === String(index))) return items;
  const group = emptyGroup();
  names.forEach((name, index) => {
    group[name] = items[index] ?? '';
  });
  return group;
}
