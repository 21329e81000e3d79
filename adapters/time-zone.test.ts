import {timeZoneAt} from './time-zone.ts';

describe('the time zone of a place', () => {
  it.each([
    [40.71, -74.0, 'America/New_York'],
    [52.52, 13.4, 'Europe/Berlin'],
    [24.71, 46.67, 'Asia/Riyadh'],
    [19.82, -155.47, 'Pacific/Honolulu'],
  ])('at %d, %d is %s', (lat, lng, zone) => {
    expect(timeZoneAt({lat, lng})).toBe(zone);
  });

  it('is UTC where the place is none', () => {
    expect(timeZoneAt({lat: 400, lng: 0})).toBe('UTC');
    expect(timeZoneAt({lat: Number.NaN, lng: 0})).toBe('UTC');
  });
});
