/** What providers' events say of people beside what is read from them: evidence in disputes, addresses, signatures. */
const OF_PEOPLE: ReadonlySet<string> = new Set([
  'evidence',
  'billing_details',
  'shipping',
  'receipt_email',
  'signed_by',
]);

/** The event as it may be kept in plain text. */
export function withoutPeople(event: unknown): unknown {
  if (Array.isArray(event)) return event.map(withoutPeople);
  if (typeof event !== 'object' || event === null) return event;
  const kept = Object.entries(event).filter(([name]) => !OF_PEOPLE.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutPeople(value)]));
}
