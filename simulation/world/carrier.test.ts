import {journeyEvents} from './carrier.ts';
import {DAY, HOUR} from './plan.ts';

describe('journeyEvents', () => {
  it('ends with the arrival, the last mile before it', () => {
    expect(journeyEvents(0, 5 * DAY, false, HOUR)).toEqual([
      {status: 'in_transit', at: 0},
      {status: 'out_for_delivery', at: 5 * DAY - 4 * HOUR},
      {status: 'delivered', at: 5 * DAY},
    ]);
  });

  it('shows a slow parcel often enough not to be taken for lost', () => {
    const events = journeyEvents(0, 80 * DAY, false, HOUR);
    const gaps = events.slice(1).map((event, i) => event.at - (events[i]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(13 * DAY);
    expect(gaps.every((gap) => gap > 0)).toBe(true);
  });

  it('shows a lost parcel once', () => {
    expect(journeyEvents(7, 5 * DAY, true, HOUR)).toEqual([{status: 'in_transit', at: 7}]);
  });

  it('takes its time when the hand-over came after the planned arrival', () => {
    expect(journeyEvents(2 * DAY, DAY, false, HOUR).at(-1)?.at).toBe(2 * DAY + HOUR);
  });
});
