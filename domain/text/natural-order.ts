/**
 * Compares labels the way people count: runs of digits by value, the rest by code unit ("A2" before "A10").
 * Total and independent of the locale: labels that differ only in leading zeros go by their text.
 */
export function compareNatural(a: string, b: string): number {
  const [left, right] = [tokens(a), tokens(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const order = compareToken(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

function tokens(label: string): string[] {
  return label.match(/[0-9]+|[^0-9]+/g) ?? [];
}

function compareToken(a: string, b: string): number {
  if (!isNumber(a) || !isNumber(b)) return compareText(a, b);
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return x.length - y.length || compareText(x, y);
}

function isNumber(token: string): boolean {
  return /^[0-9]/.test(token);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
