import fc from 'fast-check';
import {left} from '../../web/floor/task-state.ts';
import {
  isHere,
  isWalked,
  judgeWalk,
  missingOf,
  nextTourStop,
  scansOf,
  type TourScan,
  type TourStop,
  type Walk,
  walkOf,
  walkWith,
} from '../../web/floor/tour-state.ts';

const stop = (bin: string, sku: string, qty: number, tote: string): TourStop => ({
  ...{task_id: `task-${tote}`, number: `ORD-${tote}`, tote, bin, sku, barcode: `ean-${sku}`, name: sku, qty},
  ...{aisle: '', rack: '', shelf: '', picked: 0, short: 0, opened: false},
});
const walkPast = (...stops: TourStop[]): Walk =>
  walkOf({tour_id: 'tou', zone: null, state: 'open', paused: false, claimed_by: null, stops});
const scan = (walk: Walk, code: string): Walk => walkWith(walk, scansOf(walk, code));
const told = (walk: Walk, scans: readonly TourScan[]): string[] => {
  let view = walk;
  return scans.map((each) => {
    const {verdict, walk: after} = judgeWalk(view, each);
    view = after;
    return `${each.kind} ${each.task_id}: ${verdict.code}`;
  });
};

describe('a tour in hand', () => {
  const tour = walkPast(
    stop('1', 'MUG', 1, 'A'),
    stop('2', 'TEA', 2, 'B'),
    stop('2', 'TEA', 1, 'A'),
    stop('3', 'POT', 1, 'A'),
  );

  it('asks for a bin once, however many totes are filled from it', () => {
    const second = scan(scan(tour, '1'), 'ean-MUG');
    expect(nextTourStop(second)).toMatchObject({bin: '2', tote: 'B'});
    const there = scan(second, '2');
    const rest = scan(scan(there, 'ean-TEA'), 'ean-TEA');
    const next = nextTourStop(rest) as TourStop;
    expect([next.tote, isHere(rest, next)]).toEqual(['A', true]);
    expect(told(rest, scansOf(rest, 'ean-TEA'))).toEqual(['bin task-A: ok', 'item task-A: ok']);
    expect(nextTourStop(scan(rest, 'ean-TEA'))).toMatchObject({sku: 'POT'});
  });

  it('refuses what is not led to: another bin first, another item, one too many, nothing it knows', () => {
    expect(told(tour, scansOf(tour, 'ean-MUG'))).toEqual(['item task-A: wrong_bin']);
    expect(told(tour, scansOf(tour, '99'))).toEqual(['bin task-A: wrong_bin']);
    const at = scan(tour, '1');
    expect(told(at, scansOf(at, 'ean-TEA'))).toEqual(['item task-A: wrong_item']);
    expect(told(at, scansOf(at, 'ean-MUG', 2))).toEqual(['item task-A: too_many']);
    expect(told(at, scansOf(at, 'what'))).toEqual(['item task-A: wrong_item']);
  });

  it('counts what is missing for its own tote, and goes where the picker goes', () => {
    const at = scan(tour, '2');
    expect(nextTourStop(at)).toMatchObject({bin: '2', tote: 'B'});
    const missing = walkWith(at, missingOf(at, 2));
    expect(missing.tour.stops.map(({short}) => short)).toEqual([0, 2, 0, 0]);
    expect(nextTourStop(missing)).toMatchObject({bin: '2', tote: 'A'});
    expect(told(missing, missingOf(missing, 1))).toEqual(['bin task-A: ok', 'short task-A: ok']);
  });

  it('goes on where it was begun', () => {
    const [one, two] = [stop('1', 'MUG', 1, 'A'), {...stop('2', 'TEA', 2, 'B'), opened: true, picked: 1}];
    expect(nextTourStop(walkPast(one, two))).toMatchObject({bin: '2'});
  });

  it('is done when one does what it says, whatever is in it and whatever is scanned in between', () => {
    const stops = fc.array(
      fc.tuple(
        fc.constantFrom('1', '2', '3'),
        fc.constantFrom('MUG', 'TEA'),
        fc.integer({min: 1, max: 3}),
        fc.constantFrom('A', 'B', 'C'),
      ),
      {minLength: 1, maxLength: 8},
    );
    const noise = fc.array(fc.constantFrom('1', '2', '3', 'ean-MUG', 'ean-TEA', '99'), {maxLength: 3});
    fc.assert(
      fc.property(stops, fc.array(noise, {maxLength: 10}), (list, noises) => {
        let walk = walkPast(...list.map(([bin, sku, qty, tote]) => stop(bin, sku, qty, tote)));
        for (let step = 0; !isWalked(walk); step += 1) {
          for (const code of noises[step] ?? []) walk = scan(walk, code);
          const next = nextTourStop(walk);
          if (!next) break;
          if (!isHere(walk, next)) walk = scan(walk, next.bin);
          const before = nextTourStop(walk) as TourStop;
          const units = left(before);
          walk = scan(walk, before.barcode);
          const same =
            walk.tour.stops[
              walk.tour.stops.findIndex(
                (s) =>
                  s.task_id === before.task_id && s.bin === before.bin && s.sku === before.sku && left(s) === units - 1,
              )
            ];
          expect(same).toBeDefined();
        }
        expect(walk.tour.stops.every((s) => s.picked === s.qty)).toBe(true);
      }),
      {seed: 1, numRuns: 300},
    );
  });
});
