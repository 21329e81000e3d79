/** The calendar day of a moment in a time zone (IANA), as YYYY-MM-DD. */
export function dayIn(timezone: string, at: Date): string {
  // Sweden's way of writing dates is ISO 8601
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

/** The number people use, e.g. ORD-2026-05-06-001: at least three digits, unique for ever because the sequence is. */
export function orderNumber(day: string, sequence: number): string {
  return `ORD-${day}-${String(sequence).padStart(3, '0')}`;
}

export function dayOfNumber(number: string): string {
  return number.slice('ORD-'.length, 'ORD-YYYY-MM-DD'.length);
}
