import {heightOf, isGrowing, toneOfPile} from './pile.ts';
import type {Stage} from './types.ts';

const stage = (part: Partial<Stage>) => ({now: 10, arrived_hour: 0, left_hour: 0, ...part}) as Stage;

describe('a pile', () => {
  it('is bad when half of it is there too long', () => {
    expect(toneOfPile({now: 0, over: 0})).toBe('still');
    expect(toneOfPile({now: 4, over: 0})).toBe('moving');
    expect(toneOfPile({now: 4, over: 1})).toBe('wait');
    expect(toneOfPile({now: 4, over: 2})).toBe('bad');
  });

  it('grows when more comes than goes, by a fifth of what is there', () => {
    expect(isGrowing(stage({arrived_hour: 2}))).toBe(true);
    expect(isGrowing(stage({arrived_hour: 2, left_hour: 1}))).toBe(false);
    expect(isGrowing(stage({now: 1, arrived_hour: 1}))).toBe(true);
    expect(isGrowing(stage({now: 0, arrived_hour: 5}))).toBe(false);
  });

  it('is drawn by its root beside the highest', () => {
    expect([heightOf(0, 0), heightOf(25, 100), heightOf(100, 100)]).toEqual([0, 0.5, 1]);
  });
});
