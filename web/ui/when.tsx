import {useSyncExternalStore} from 'react';
import {useLook} from './look.tsx';

/** The service's clock: it may run faster than ours, and ours may be wrong. `now = t0 + speed × (here − here0)`. */
let clock = {t0: 0, here0: 0, speed: 1};

/** `at`: what the service said the time is, just now. */
export function setClock(at: string, speed = 1): void {
  clock = {t0: Date.parse(at), here0: Date.now(), speed};
}

/** The service's time in milliseconds. */
export const serviceNow = (): number => clock.t0 + clock.speed * (Date.now() - clock.here0);

const TICK_MS = 1_000;
let tick = 0;
const waiting = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function listen(heard: () => void): () => void {
  waiting.add(heard);
  timer ??= setInterval(() => {
    tick += 1;
    for (const one of waiting) one();
  }, TICK_MS);
  return () => {
    waiting.delete(heard);
    if (waiting.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The service's time, told anew every second. */
export function useNow(): number {
  useSyncExternalStore(
    listen,
    () => tick,
    () => 0,
  );
  return serviceNow();
}

const DAY = 86_400_000;
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);

/** "in 5 minutes", "yesterday", in the reader's language; what is a day away or more goes by the reader's calendar. */
export function relativeIn(locale: string, at: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(locale, {numeric: 'auto'});
  const ms = at - now;
  if (Math.abs(ms) >= DAY) return format.format(Math.round((midnight(at) - midnight(now)) / DAY), 'day');
  const [unit, length] = STEPS.find(([, size]) => Math.abs(ms) >= size) ?? ['second', 1_000];
  return format.format(Math.trunc(ms / length), unit);
}

/** How long something takes, in its two largest units: "2 hr 13 min", "45 sec". */
export function lastingIn(locale: string, seconds: number): string {
  const write = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, {style: 'unit', unit, unitDisplay: 'short'}).format(value);
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return write(whole, 'second');
  if (whole < 3_600) return write(Math.floor(whole / 60), 'minute');
  const [large, small, size, part] =
    whole < 2 * 86_400 ? ['hour', 'minute', 3_600, 60] : ['day', 'hour', 86_400, 3_600];
  const rest = Math.floor((whole % Number(size)) / Number(part));
  const first = write(Math.floor(whole / Number(size)), String(large));
  return rest === 0 ? first : `${first} ${write(rest, String(small))}`;
}

export function momentIn(locale: string, at: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : {timeZone};
  return new Intl.DateTimeFormat(locale, {dateStyle: 'medium', timeStyle: 'short', ...zone}).format(new Date(at));
}

export const dayIn = (locale: string, at: string): string =>
  new Intl.DateTimeFormat(locale, {dateStyle: 'medium'}).format(new Date(at));

/** When on its day, where the day is told already; the whole moment for who asks. */
export function TimeOfDay({at}: {at: string}) {
  const {locale} = useLook();
  const time = new Intl.DateTimeFormat(locale, {timeStyle: 'short'}).format(new Date(at));
  return (
    <time dateTime={at} title={momentIn(locale, at)}>
      {time}
    </time>
  );
}

/** A moment by the reader's clock; how far away it is unless `exact` is asked for. */
export function When({at, exact = false}: {at: string; exact?: boolean}) {
  return exact ? <Exact at={at} /> : <Relative at={at} />;
}

function Exact({at}: {at: string}) {
  const {locale} = useLook();
  return <time dateTime={at}>{momentIn(locale, at)}</time>;
}

function Relative({at}: {at: string}) {
  const {locale} = useLook();
  const now = useNow();
  return (
    <time dateTime={at} title={momentIn(locale, at)}>
      {relativeIn(locale, Date.parse(at), now)}
    </time>
  );
}
