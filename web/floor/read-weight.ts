/** What a scale types: "1234", "1234 g", "1.234 kg", in grams; null for a code that is no weight. */
export function readWeight(text: string): number | null {
  const found = /^(\d{1,6}(?:[.,]\d{1,3})?)\s*(kg|g)?$/i.exec(text.trim());
  if (!found) return null;
  const value = Number(String(found[1]).replace(',', '.'));
  const grams = Math.round(found[2]?.toLowerCase() === 'kg' ? value * 1_000 : value);
  return grams > 0 ? grams : null;
}
