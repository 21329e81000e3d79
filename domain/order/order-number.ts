const calendars = new Map<string, Intl.DateTimeFormat>();

/** Kept: to make one takes longer than all else of an order's number. */
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  if (known) return known;
  // Sweden's way of writing dates is ISO 8601
  const calendar = new Intl.DateTimeFormat('sv-SE', {timeZone, year: 'numeric', month: '2-digit', day: '2-digit'});
  calendars.set(timeZone, calendar);
  return calendar;
}

/** The calendar day of a moment in a time zone (IANA), as YYYY-MM-DD. */
export function dayIn(timezone: string, at: Date): string {
  return calendarOf(timezone).format(at);
}

/** The number people use, e.g. ORD-2026-05-06-001: at least three digits, unique for ever because the sequence is. */
export function orderNumber(day: string, sequence: number): string {
  return `ORD-${day}-${String(sequence).padStart(3, '0')}`;
}

export function dayOfNumber(number: string): string {
  return number.slice('ORD-'.length, 'ORD-YYYY-MM-DD'.length);
}
