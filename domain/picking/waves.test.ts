import fc from 'fast-check';
import {planTours, type TourStop, toteName} from './plan-tours.ts';
import {readyForWalks} from './shortest-walk.ts';
import {mayWalk} from './tour-holder.ts';
import {IMMEDIATE, releasable, type WaitingTask, type WaveTerms} from './wave-rules.ts';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;

const task = (task_id: string, minutes: number, change: Partial<WaitingTask> = {}): WaitingTask => ({
  task_id,
  since: NOW - minutes * MINUTE,
  sla: 'STANDARD',
  zones: ['A'],
  taken_back: null,
  ...change,
});
const release = (change: Partial<WaveTerms>, waiting: WaitingTask[], leaves: number | null = null) =>
  releasable({...IMMEDIATE, totes: 2, ...change}, waiting, {now: NOW, leaves});

describe('the rules of waves', () => {
  const three = [task('a', 30), task('b', 20), task('c', 10)];
  it('make no waves where every task is for itself', () =>
    expect(release({rule: 'immediate', max_wait: 0}, three)).toEqual([]));
  it.each(['cut_off', 'carrier_pickup'] as const)('release all in time before it: %s', (rule) => {
    expect(release({rule}, three, NOW + 91 * MINUTE)).toEqual([]);
    expect(release({rule}, three, NOW + 90 * MINUTE)).toEqual(['a', 'b', 'c']);
    expect(release({rule}, three, null)).toEqual([]);
  });
  it('release what is urgent at once', () =>
    expect(release({rule: 'priority'}, [...three, task('d', 0, {sla: 'SAME_DAY'})])).toEqual(['d']));
  it('fill whole carts, the oldest first', () => {
    expect(release({rule: 'cart'}, three)).toEqual(['a', 'b']);
    expect(release({rule: 'cart', totes: 4}, three)).toEqual([]);
  });
  it('fill whole carts of one zone', () => {
    const mixed = [task('a', 4, {zones: ['A']}), task('b', 3, {zones: ['B']}), task('c', 2, {zones: ['A']})];
    expect(release({rule: 'zone'}, mixed)).toEqual(['a', 'c']);
  });
  it('leave to people what somebody took back, for as long as anything may wait', () => {
    const back = (minutes: number) => task('back', 70, {taken_back: NOW - minutes * MINUTE});
    expect(release({rule: 'cart', totes: 1}, [back(59), task('new', 1)])).toEqual(['new']);
    expect(release({rule: 'cart', totes: 2}, [back(59), task('new', 1)])).toEqual([]);
    expect(release({rule: 'cart', totes: 9}, [back(60), task('new', 1)])).toEqual(['back']);
  });
  it.each(['cut_off', 'carrier_pickup', 'priority', 'zone', 'cart'] as const)('let nothing wait for ever: %s', (rule) =>
    expect(release({rule, totes: 9}, [task('old', 60), task('new', 59)])).toEqual(['old']),
  );
});

const aisles = ['1', '2', '3', '4'].map((name, i) => {
  return {name, x: 3_000 * i, from: 0, to: 20_000, zone: i < 2 ? 'LEFT' : 'RIGHT'};
});
const ways = readyForWalks({aisles, cross_aisles: [0, 20_000], depot: {x: 0, y: 0}});

const stops = fc.array(fc.tuple(fc.nat(9), fc.nat(4), fc.option(fc.nat(20_000))), {maxLength: 25}).map((list) =>
  list.map(
    ([owner, aisle, y], i): TourStop => ({
      stop_id: `s${i}`,
      task_id: `t${owner}`,
      bin: `b${i}`,
      aisle: `${aisle + 1}`,
      rack: '',
      shelf: '',
      y,
    }),
  ),
);

describe('the tours of a wave', () => {
  it('hold every stop once, a tote for each order, and no more orders than totes', () => {
    const kinds = fc.constantFrom('single', 'batch', 'zone');
    fc.assert(
      fc.property(stops, kinds, fc.integer({min: 1, max: 4}), fc.boolean(), (all, kind, totes, measured) => {
        const tours = [...planTours(all, {kind, totes}, measured ? ways : null)];
        const owner = new Map(all.map((stop) => [stop.stop_id, stop]));
        expect(tours.flatMap((tour) => tour.stops.map((stop) => stop.stop_id)).sort()).toEqual(
          [...owner.keys()].sort(),
        );
        for (const tour of tours) {
          const pairs = tour.stops.map(({stop_id, tote}) => `${owner.get(stop_id)?.task_id}/${tote}`);
          const tasks = new Set(pairs.map((pair) => pair.split('/')[0]));
          const used = new Set(pairs.map((pair) => pair.split('/')[1]));
          expect([new Set(pairs).size, used.size]).toEqual([tasks.size, tasks.size]);
          expect(tasks.size).toBeLessThanOrEqual(kind === 'single' ? 1 : totes);
          const zones = new Set(tour.stops.map(({stop_id}) => owner.get(stop_id)?.aisle ?? ''));
          if (kind === 'zone' && measured) {
            const zoneOf = (aisle: string) => aisles.find(({name}) => name === aisle)?.zone ?? null;
            expect([...zones].every((aisle) => zoneOf(aisle) === tour.zone)).toBe(true);
          }
        }
      }),
      {seed: 1, numRuns: 200},
    );
  });
  it('name totes by letters', () => expect([0, 25, 26, 52, 701].map(toteName)).toEqual(['A', 'Z', 'AA', 'BA', 'ZZ']));
  it('put orders of the same aisles onto one cart', () => {
    const stop = (task_id: string, aisle: string): TourStop => {
      return {stop_id: `${task_id}${aisle}`, task_id, bin: aisle, aisle, rack: '', shelf: '', y: 15_000};
    };
    const all = [stop('a', '1'), stop('b', '4'), stop('c', '1'), stop('d', '4')];
    const carts = [...planTours(all, {kind: 'batch', totes: 2}, ways)].map((tour) =>
      tour.stops.map((s) => s.stop_id).sort(),
    );
    expect(carts.sort()).toEqual([
      ['a1', 'c1'],
      ['b4', 'd4'],
    ]);
  });
});

describe('a tour', () => {
  it.each([
    ['nobody holds it', {claimed_by: null, lease_until: null, paused: false}, 'yours'],
    ['it is held by who asks', {claimed_by: 'me', lease_until: 9, paused: false}, 'yours'],
    ['the lease of somebody else lives', {claimed_by: 'you', lease_until: 6, paused: false}, 'theirs'],
    ['the lease of somebody else is over', {claimed_by: 'you', lease_until: 5, paused: false}, 'yours'],
    ['its wave is paused', {claimed_by: 'me', lease_until: 9, paused: true}, 'paused'],
  ])('is judged: %s', (_name, tour, word) => expect(mayWalk(tour, {actor: 'me', now: 5})).toBe(word));
});
