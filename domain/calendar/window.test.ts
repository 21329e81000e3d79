import fc from 'fast-check';
import {judgePromise} from './judge.ts';
import {instantOf} from './local-time.ts';
import type {SiteCalendar} from './site.ts';
import {hoursAhead, shippingWindow, transitDays, type WindowRequest} from './window.ts';

const BERLIN: SiteCalendar = {
  timezone: 'Europe/Berlin',
  cut_off: '14:00',
  open_weekdays: [1, 2, 3, 4, 5],
  closed_dates: ['2026-05-01'],
};

function request(ordered: string, more: Partial<WindowRequest> = {}): WindowRequest {
  return {
    ordered_at: Date.parse(ordered),
    site: BERLIN,
    handling_days: 0,
    transit: {from: 1, to: 2, days: 'business'},
    day: {from: '08:00', until: '20:00'},
    door_ahead_h: 0,
    ...more,
  };
}

function told(of: WindowRequest) {
  const {pickup_at, from, to, later} = shippingWindow(of);
  return [...[pickup_at, from, to].map((at) => new Date(at).toISOString().slice(0, 16)), later];
}

describe('the window of a shipment', () => {
  it.each([
    [
      'before the cut-off',
      request('2026-05-06T11:59:59Z'),
      '2026-05-06T12:00',
      '2026-05-07T06:00',
      '2026-05-08T18:00',
      null,
    ],
    [
      'at the cut-off',
      request('2026-05-06T12:00:00Z'),
      '2026-05-07T12:00',
      '2026-05-08T06:00',
      '2026-05-11T18:00',
      'cut_off_missed',
    ],
    [
      'before a closed Friday',
      request('2026-04-30T12:00:00Z'),
      '2026-05-04T12:00',
      '2026-05-05T06:00',
      '2026-05-06T18:00',
      'cut_off_missed',
    ],
    [
      'on a Sunday',
      request('2026-05-03T09:00:00Z'),
      '2026-05-04T12:00',
      '2026-05-05T06:00',
      '2026-05-06T18:00',
      'site_closed',
    ],
    [
      'handled over a week-end',
      request('2026-05-08T09:00:00Z', {handling_days: 1}),
      '2026-05-11T12:00',
      '2026-05-12T06:00',
      '2026-05-13T18:00',
      null,
    ],
    [
      'over the end of a leap February',
      request('2028-02-28T09:00:00Z', {transit: {from: 0, to: 2, days: 'calendar'}}),
      '2028-02-28T13:00',
      '2028-02-28T13:00',
      '2028-03-01T19:00',
      null,
    ],
    [
      'over the change to summer time',
      request('2026-03-27T09:00:00Z', {transit: {from: 1, to: 3, days: 'calendar'}}),
      '2026-03-27T13:00',
      '2026-03-28T07:00',
      '2026-03-30T18:00',
      null,
    ],
    [
      'over the change to winter time',
      request('2026-10-23T09:00:00Z', {transit: {from: 2, to: 3, days: 'calendar'}}),
      '2026-10-23T12:00',
      '2026-10-25T07:00',
      '2026-10-26T19:00',
      null,
    ],
    [
      'to a door three hours behind',
      request('2026-05-06T09:00:00Z', {door_ahead_h: -3}),
      '2026-05-06T12:00',
      '2026-05-07T09:00',
      '2026-05-08T21:00',
      null,
    ],
  ])('%s', (_name, of, ...expected) => {
    expect(told(of)).toEqual(expected);
  });

  it('knows the site by its own date on both sides of the date line', () => {
    const ordered = '2026-05-06T10:30:00Z';
    const of = (timezone: string) => request(ordered, {site: {...BERLIN, timezone, closed_dates: []}});
    // Tuesday 23:30 in Pago Pago, past its cut-off; Thursday 00:30 on Kiritimati
    expect(shippingWindow(of('Pacific/Pago_Pago'))).toMatchObject({first_day: '2026-05-06', later: 'cut_off_missed'});
    expect(shippingWindow(of('Pacific/Kiritimati')).first_day).toBe('2026-05-07');
  });

  it('refuses a site that never opens', () => {
    expect(() => shippingWindow(request('2026-05-06T09:00:00Z', {site: {...BERLIN, open_weekdays: []}}))).toThrow(
      RangeError,
    );
  });
});

describe('the clocks of a zone', () => {
  it.each([
    ['an ordinary day', '2026-05-06', '09:00', 'Asia/Kathmandu', '2026-05-06T03:15:00Z'],
    ['an hour that is left out', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['an hour that comes twice', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['half an hour of summer', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    ['a midnight that is left out', '2024-03-31', '00:30', 'Asia/Beirut', '2024-03-30T22:30:00Z'],
    ['a whole day that is left out', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T22:00:00Z'],
  ])('%s', (_name, date, time, zone, expected) => {
    expect(new Date(instantOf(date, time, zone)).toISOString()).toBe(expected.replace('Z', '.000Z'));
  });
});

// ---------------------------------------------------------------- the slow oracle: reads a wall clock every quarter of an hour

const QUARTER = 900_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Honolulu',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Chatham',
];
const clocks = new Map(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('sv-SE', {timeZone: zone, dateStyle: 'short', timeStyle: 'short'}),
  ]),
);
const clock = (at: number, zone: string) => clocks.get(zone)?.format(at) ?? '';
const NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const dayName = (date: string) => NAMES.indexOf(new Date(`${date}T12:00:00Z`).toUTCString().slice(0, 3)) || 7;

/** Date after date from the one before `from` on, with the instant at which its clocks show `time` first. */
function* walk(from: number, zone: string, time: string): Generator<{date: string; at: number}> {
  let last = '';
  for (let at = Math.floor(from / QUARTER) * QUARTER - 86_400_000; ; at += QUARTER) {
    const [date = '', shown = ''] = clock(at, zone).split(' ');
    if (date === last || shown < time) continue;
    last = date;
    yield {date, at};
  }
}

function oracle({ordered_at, site, handling_days, transit, day, door_ahead_h}: WindowRequest) {
  const isOpen = (date: string) => site.open_weekdays.includes(dayName(date)) && !site.closed_dates.includes(date);
  const nth = (from: number, time: string, count: number, counts: (date: string, at: number) => boolean) => {
    let left = count;
    for (const {date, at} of walk(from, site.timezone, time)) {
      if (!counts(date, at)) continue;
      if (left === 0) return {date, at};
      left -= 1;
    }
    throw new Error('a walk never ends');
  };
  const today = clock(ordered_at, site.timezone).slice(0, 10);
  const pickup = nth(ordered_at, site.cut_off, handling_days, (date, at) => {
    return isOpen(date) && (date > today || (date === today && ordered_at < at));
  });
  const arrive = (count: number, time: string) => {
    const weekday = (date: string) => transit.days === 'calendar' || dayName(date) < 6;
    const counts = (date: string) => date === pickup.date || (date > pickup.date && weekday(date));
    return nth(pickup.at, time, count, counts).at - door_ahead_h * 3_600_000;
  };
  const from = Math.max(pickup.at, arrive(transit.from, day.from));
  return {pickup_at: pickup.at, from, to: Math.max(from, arrive(transit.to, day.until)), pickup_day: pickup.date};
}

const anyRequest = fc
  .record({
    // spring and autumn, where clocks change, month ends and the turn of the year
    start: fc.constantFrom(
      '2024-03-05',
      '2025-10-20',
      '2026-02-20',
      '2026-03-20',
      '2026-03-30',
      '2026-09-20',
      '2026-10-28',
      '2027-12-20',
    ),
    minutes: fc.integer({min: 0, max: 12 * 1_440}),
    timezone: fc.constantFrom(...ZONES),
    // clocks leap over none of these, which the walk could not see
    cut_off: fc.constantFrom('05:00', '09:30', '14:00', '18:45', '23:45'),
    open_weekdays: fc.uniqueArray(fc.integer({min: 1, max: 7}), {minLength: 1, maxLength: 7}),
    closed: fc.uniqueArray(fc.integer({min: 0, max: 30}), {maxLength: 6}),
    handling_days: fc.integer({min: 0, max: 3}),
    from: fc.integer({min: 0, max: 2}),
    more: fc.integer({min: 0, max: 4}),
    days: fc.constantFrom('business' as const, 'calendar' as const),
    door_ahead_h: fc.integer({min: -12, max: 12}),
  })
  .map(({start, minutes, timezone, cut_off, open_weekdays, closed, from, more, days, ...rest}): WindowRequest => {
    const began = Date.parse(`${start}T00:00:00Z`);
    const closed_dates = closed.map((n) => new Date(began + n * 86_400_000).toISOString().slice(0, 10));
    return {
      ...rest,
      ordered_at: began + minutes * 60_000,
      site: {timezone, cut_off, open_weekdays, closed_dates},
      transit: {from, to: from + more, days},
      day: {from: '08:00', until: '20:00'},
    };
  });

describe('any window', () => {
  it('is the one that somebody finds who walks through the days with a wall clock', () => {
    fc.assert(
      fc.property(anyRequest, (of) => {
        const {pickup_at, from, to, pickup_day} = shippingWindow(of);
        expect({pickup_at, from, to, pickup_day}).toEqual(oracle(of));
      }),
      {numRuns: 600},
    );
  });

  it('never gets earlier by ordering later', () => {
    fc.assert(
      fc.property(anyRequest, fc.integer({min: 1, max: 5 * 86_400_000}), (of, later) => {
        const [first, second] = [shippingWindow(of), shippingWindow({...of, ordered_at: of.ordered_at + later})];
        expect(second.pickup_at).toBeGreaterThanOrEqual(first.pickup_at);
        expect(second.to).toBeGreaterThanOrEqual(first.to);
        expect(first.pickup_at).toBeGreaterThan(of.ordered_at);
        expect(first.from).toBeGreaterThanOrEqual(first.pickup_at);
        expect(first.to).toBeGreaterThanOrEqual(first.from);
      }),
    );
  });
});

describe('days on the road', () => {
  it.each([
    [0, null, {from: 0, to: 1}],
    [10, 0, {from: 0, to: 0}],
    [499, 2, {from: 0, to: 1}],
    [501, 1, {from: 1, to: 1}],
    [3_900, null, {from: 7, to: 8}],
    [3_900, 2, {from: 2, to: 2}],
  ])('%d km with %p days promised', (km, promised, expected) => {
    expect(transitDays(km, 500, promised)).toEqual(expected);
  });

  it.each([
    ['next door', 10, 12, 0],
    ['New York to Los Angeles', -118, -74, -3],
    ['Fiji to Samoa, over the date line', -172, 178, 1],
    ['Samoa to Fiji', 178, -172, -1],
    ['half around', 90, -90, -12],
  ])('clocks: %s', (_name, lng, of, hours) => {
    expect(hoursAhead(lng, of)).toBe(hours);
  });
});

describe('a promise', () => {
  it.each([
    [1_000, 999, {outcome: 'on_time', late_by_s: 0}],
    [1_000, 1_000, {outcome: 'on_time', late_by_s: 0}],
    [1_000, 1_001, {outcome: 'late', late_by_s: 1}],
    [0, 3_600_000, {outcome: 'late', late_by_s: 3_600}],
  ])('until %d, delivered at %d', (to, at, expected) => {
    expect(judgePromise(to, at)).toEqual(expected);
  });
});
