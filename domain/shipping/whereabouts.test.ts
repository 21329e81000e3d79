import {townOf, whereabouts} from './whereabouts.ts';

const NY = {city: 'New York', country: 'US', lat: 40.7, lng: -74};
const MUNICH = {city: 'München', country: 'DE', lat: 48.1, lng: 11.6};

describe('where a parcel is', () => {
  const journey = {from: NY, to: MUNICH, left: 0, due: 100, now: 50, arrived: false, seen: null};

  it('is the town of its last scan, if that is one of ours or the one it goes to', () => {
    expect(townOf({city: 'MUNCHEN', country: 'DE'}, [NY, MUNICH])).toEqual({lat: 48.1, lng: 11.6});
    expect(townOf({city: 'new york', country: null}, [NY, MUNICH])).toEqual({lat: 40.7, lng: -74});
    expect(townOf({city: 'Munchen', country: 'AT'}, [NY, MUNICH])).toBeNull();
    expect(townOf({city: 'Nowhere', country: 'US'}, [NY, MUNICH])).toBeNull();
    expect(townOf({city: null, country: 'US'}, [NY])).toBeNull();
    expect(whereabouts({...journey, seen: {lat: 1, lng: 2}})).toEqual({lat: 1, lng: 2, exact: true});
  });

  it('else lies on the line between, by the time that is over, and reaches the end only on arrival', () => {
    const half = whereabouts(journey);
    expect([half.lat, half.lng, half.exact]).toEqual([expect.closeTo(44.4, 5), expect.closeTo(-31.2, 5), false]);
    expect(whereabouts({...journey, now: 1_000}).lng).toBeCloseTo(-74 + 85.6 * 0.9, 5);
    expect(whereabouts({...journey, due: null}).exact).toBe(false);
    expect(whereabouts({...journey, arrived: true})).toMatchObject({lat: 48.1, lng: 11.6, exact: true});
  });

  it('goes the short way over the date line', () => {
    const {lng} = whereabouts({...journey, from: {lat: 0, lng: 170}, to: {lat: 0, lng: -170}});
    expect(Math.abs(lng)).toBeCloseTo(180, 5);
  });
});
