import fc from 'fast-check';
import {greatCircleKm} from './distance.ts';

const point = fc.record({
  lat: fc.double({min: -90, max: 90, noNaN: true}),
  lng: fc.double({min: -180, max: 180, noNaN: true}),
});

/** Oracle: the angle between two unit vectors. */
function byVectors(a: {lat: number; lng: number}, b: {lat: number; lng: number}): number {
  const vector = (p: {lat: number; lng: number}) => {
    const [lat, lng] = [(p.lat * Math.PI) / 180, (p.lng * Math.PI) / 180];
    return [Math.cos(lat) * Math.cos(lng), Math.cos(lat) * Math.sin(lng), Math.sin(lat)] as const;
  };
  const [u, v] = [vector(a), vector(b)];
  const cross = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]);
  return 6371.0088 * Math.atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2]);
}

describe('greatCircleKm', () => {
  it('knows a quarter and a half of the equator, and the way over the date line', () => {
    const quarter = (6371.0088 * Math.PI) / 2;
    expect(greatCircleKm({lat: 0, lng: 0}, {lat: 0, lng: 90})).toBeCloseTo(quarter, 6);
    expect(greatCircleKm({lat: 0, lng: 0}, {lat: 0, lng: 180})).toBeCloseTo(2 * quarter, 6);
    expect(greatCircleKm({lat: 0, lng: 179}, {lat: 0, lng: -179})).toBeCloseTo(quarter / 45, 6);
  });
  it('puts London and Paris about 344 km apart', () => {
    expect(Math.round(greatCircleKm({lat: 51.5074, lng: -0.1278}, {lat: 48.8566, lng: 2.3522}))).toBe(344);
  });
  it('agrees with the angle between vectors, is symmetric and 0 at home', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(Math.abs(greatCircleKm(a, b) - byVectors(a, b))).toBeLessThan(0.01);
        expect(greatCircleKm(a, b)).toBeCloseTo(greatCircleKm(b, a), 9);
        expect(greatCircleKm(a, a)).toBe(0);
      }),
    );
  });
});
