export interface Money {
  amount: number;
  currency: string;
}

/** "$50.00": the amount is minor units, as many to one as the currency has. */
export function formatMoney({amount, currency}: Money): string {
  const format = new Intl.NumberFormat('en', {style: 'currency', currency});
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

const DAY = new Intl.DateTimeFormat('en-GB', {weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC'});
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** "Thursday 7 May", kept on one line. */
export const formatDay = (time: string): string => DAY.format(new Date(time)).replace(/[, ]+/g, '\u00a0');

/** "Thursday 7 May, 10:00 UTC" */
export const formatMoment = (time: string): string => `${MOMENT.format(new Date(time)).replace(' at ', ', ')} UTC`;

/** "Thursday 7 May" or "Thursday 7 May – Saturday 9 May"; null when nothing is known. */
export function formatWindow(from: string | null, to: string | null): string | null {
  const [first, last] = [from ?? to, to ?? from].map((time) => (time === null ? null : formatDay(time)));
  if (!first || !last) return null;
  return first === last ? first : `${first} – ${last}`;
}
