/** Days and hours as the reader writes them, by the clock at the door. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(name, known);
  return known;
}

const DAY = {weekday: 'long', day: 'numeric', month: 'long'} as const;

export interface Clock {
  locale: string;
  /** IANA name */
  zone: string;
}

export const dayOf = ({locale, zone}: Clock, at: string): string =>
  formatOf(locale, {...DAY, timeZone: zone}).format(new Date(at));

/** "5 May, 14:05" */
export const momentOf = ({locale, zone}: Clock, at: string): string =>
  formatOf(locale, {day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZone: zone}).format(
    new Date(at),
  );

/** One day, or from one to another. */
export function windowOf(clock: Clock, from: string, to: string): string {
  const [first, last] = [dayOf(clock, from), dayOf(clock, to)];
  if (first === last) return first;
  const short = {weekday: 'short', day: 'numeric', month: 'short', timeZone: clock.zone} as const;
  return formatOf(clock.locale, short).formatRange(new Date(from), new Date(to));
}
