import fc from 'fast-check';
import {lateRisk, levelOf, type Shipment, usualLeft} from './late-risk.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-24T12:00:00Z');
const shipment = (change: Partial<Shipment> = {}): Shipment => ({
  stage: 'ALLOCATED',
  now: NOW,
  pickup_at: NOW + 2 * HOUR,
  window_to: NOW + 48 * HOUR,
  eta_to: null,
  on_time: null,
  heard_at: null,
  held: false,
  stuck: false,
  usual_left: 2 * HOUR,
  ...change,
});

describe('the risk of being late', () => {
  it.each<[string, Partial<Shipment>, object | null]>([
    ['as much time left as it usually takes: one half', {}, {chance: 0.5, reason: 'cut_off_near'}],
    ['twice as much time: a third', {pickup_at: NOW + 4 * HOUR}, {chance: 0.33, reason: 'cut_off_near'}],
    ['the carrier came without it', {pickup_at: NOW - 1}, {chance: 0.9, reason: 'cut_off_missed'}],
    ['held back', {held: true, pickup_at: NOW + 9 * HOUR}, {chance: 0.7, reason: 'held'}],
    ['promised for the past', {window_to: NOW - 1, held: true}, {chance: 1, reason: 'window_over'}],
    ['not promised', {window_to: null}, null],
    ['with a carrier that is never late', {stage: 'IN_TRANSIT', on_time: 1}, {chance: 0, reason: 'carrier_record'}],
    [
      'with one that is late twice in ten',
      {stage: 'IN_TRANSIT', on_time: 0.8},
      {chance: 0.2, reason: 'carrier_record'},
    ],
    // 1 − (1 − 0.5) × 0.8
    ['both in the way', {on_time: 0.8}, {chance: 0.6, reason: 'cut_off_near'}],
    [
      'the carrier itself says later',
      {stage: 'IN_TRANSIT', eta_to: NOW + 49 * HOUR},
      {chance: 0.9, reason: 'carrier_says_later'},
    ],
    [
      'the tracker is silent',
      {stage: 'IN_TRANSIT', heard_at: NOW - 49 * HOUR},
      {chance: 0.6, reason: 'tracker_silent'},
    ],
  ])('%s', (_name, change, expected) => {
    expect(lateRisk(shipment(change))).toEqual(expected);
  });

  it('never falls while time passes', () => {
    const times = fc.integer({min: 0, max: 60 * HOUR});
    const any = fc.record({
      stage: fc.constantFrom('ALLOCATED', 'PACKED', 'BACKORDERED', 'IN_TRANSIT', 'EXCEPTION'),
      on_time: fc.option(fc.double({min: 0, max: 1, noNaN: true})),
      held: fc.boolean(),
      usual_left: times,
    });
    fc.assert(
      fc.property(any, times, times, (change, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const chanceAfter = (ms: number) => lateRisk(shipment({...change, now: NOW + ms}))?.chance ?? 0;
        expect(chanceAfter(late)).toBeGreaterThanOrEqual(chanceAfter(early));
        expect(chanceAfter(late)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is told in words', () => {
    expect(levelOf({chance: 1, reason: 'window_over'})).toBe('late');
    expect(levelOf({chance: 0.5, reason: 'held'})).toBe('high');
    expect(levelOf({chance: 0.2, reason: 'held'})).toBe('medium');
    expect(levelOf({chance: 0.19, reason: 'held'})).toBe('low');
  });

  it('counts the stages that are still to come', () => {
    const medians = new Map([
      ['PICKED', 5],
      ['PACKED', 7],
    ]);
    expect(usualLeft('PICKED', medians)).toBe(12);
    expect(usualLeft('PACKED', medians)).toBe(7);
    expect(usualLeft('IN_TRANSIT', medians)).toBe(0);
    expect(usualLeft('SHORT_PICKED', medians)).toBe(usualLeft('PICKING', medians));
    expect(usualLeft('BACKORDERED', medians)).toBe(usualLeft('ALLOCATED', medians));
  });
});
