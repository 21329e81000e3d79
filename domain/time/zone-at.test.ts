import {zoneAt} from './zone-at.ts';

describe('the clock at a door', () => {
  it.each([
    ['DE', 13.4, 'Europe/Berlin'],
    ['US', -74, 'America/New_York'],
    ['US', -87.6, 'America/Chicago'],
    ['CA', -123.1, 'America/Los_Angeles'],
    ['BR', -46.6, 'Etc/GMT+3'],
    ['AU', 151.2, 'Etc/GMT-10'],
    ['GH', -0.2, 'UTC'],
  ])('in %s at %d is %s', (country, lng, zone) => {
    expect(zoneAt({country, lng})).toBe(zone);
    expect(() => new Intl.DateTimeFormat('en', {timeZone: zone})).not.toThrow();
  });
});
