/** Dates are `YYYY-MM-DD`, times of day `HH:MM`, zones of the IANA list, instants epoch milliseconds. */

const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const two = '2-digit';
  const parts = {year: 'numeric', month: two, day: two, hour: two, minute: two, second: two} as const;
  const made = new Intl.DateTimeFormat('en-US', {timeZone: zone, hourCycle: 'h23', ...parts});
  formats.set(zone, made);
  return made;
}

/** How far the zone's clocks are ahead of UTC at that instant, milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const shown: Record<string, number> = {};
  for (const {type, value} of formatOf(zone).formatToParts(instant)) shown[type] = Number(value);
  const {year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0} = shown;
  const whole = Math.floor(instant / 1_000) * 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** The date on the zone's calendars at that instant. */
export function dateAt(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 10);
}

/**
 * The instant at which the zone's clocks show that time of that date: the first one where clocks go back, and where
 * they leap over it, as much later as they leap.
 */
export function instantOf(date: string, time: string, zone: string): number {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const [before, after] = [offsetAt(asUtc - DAY, zone), offsetAt(asUtc + DAY, zone)];
  if (offsetAt(asUtc - before, zone) === before) return asUtc - before;
  return offsetAt(asUtc - after, zone) === after ? asUtc - after : asUtc - before;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}
