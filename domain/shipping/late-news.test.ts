import {type LookedAt, lateNews, SCANNING} from './late-news.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-06-01T16:00:00Z');

const shipment = (change: Partial<LookedAt> = {}): LookedAt => ({
  ...{stage: 'PICKING', held: false, now: NOW, pickup_at: NOW - 3 * HOUR, promised: NOW + DAY},
  ...{next_window_to: NOW + 2 * DAY, expected: null, told: null},
  ...change,
});
const nothing = (look_at: number | null) => ({tell: null, look_at});

describe('a shipment that missed its driver', () => {
  it('is told with the window of the next one, once a day later', () => {
    expect(lateNews(shipment())).toEqual({tell: {until: NOW + 2 * DAY, reason: 'house'}, look_at: NOW + DAY});
    const told = {until: NOW + 2 * DAY, reason: 'house'};
    expect(lateNews(shipment({told}))).toEqual(nothing(NOW + DAY));
    const later = shipment({told, now: NOW + DAY, next_window_to: NOW + 3 * DAY});
    expect(lateNews(later).tell).toEqual({until: NOW + 3 * DAY, reason: 'house'});
  });

  it('is left in peace while it is scanned, and where the next driver brings it in time', () => {
    const pickup_at = NOW - SCANNING + 1;
    expect(lateNews(shipment({pickup_at}))).toEqual(nothing(NOW + 1));
    expect(lateNews(shipment({next_window_to: NOW + 2 * DAY - 1})).tell).toBeNull();
  });

  it.each(['BACKORDERED', 'EXCEPTION'])('is not told by itself in %s', (stage) => {
    expect(lateNews(shipment({stage})).tell).toBeNull();
  });

  it('is not told where somebody holds the order', () => {
    expect(lateNews(shipment({held: true})).tell).toBeNull();
  });
});

describe('a shipment on the road of which nobody says anything', () => {
  const road = (change: Partial<LookedAt> = {}) => shipment({stage: 'IN_TRANSIT', promised: NOW, ...change});

  it('is told once, when its promise is over, that we look into it', () => {
    expect(lateNews(road({now: NOW - 1}))).toEqual(nothing(NOW));
    expect(lateNews(road())).toEqual({tell: {until: NOW + DAY, reason: 'unknown'}, look_at: NOW + DAY});
    const told = {until: NOW + DAY, reason: 'unknown'};
    expect(lateNews(road({now: NOW + 3 * DAY, told}))).toEqual(nothing(NOW + 4 * DAY));
  });

  it('is believed to come when its carrier said, and when the customer was told', () => {
    expect(lateNews(road({expected: NOW + 5 * HOUR}))).toEqual(nothing(NOW + 5 * HOUR));
    const told = {until: NOW + 2 * DAY, reason: 'carrier'};
    expect(lateNews(road({told}))).toEqual(nothing(NOW + 2 * DAY));
    expect(lateNews(road({told, now: NOW + 2 * DAY})).tell).toEqual({until: NOW + 3 * DAY, reason: 'unknown'});
  });

  it('is looked at no more once it has come to an end', () => {
    for (const stage of ['DELIVERED', 'CANCELLED', 'RETURN_TO_SENDER'])
      expect(lateNews(road({stage}))).toEqual(nothing(null));
  });
});
