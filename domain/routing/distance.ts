export interface Point {
  /** Degrees, -90 to 90. */
  lat: number;
  /** Degrees, -180 to 180. */
  lng: number;
}

/** Mean radius of the earth, km (IUGG: (2a + b) / 3 of the WGS 84 ellipsoid). */
const EARTH_RADIUS_KM = 6371.0088;

/**
 * Great-circle distance in km on a sphere by the haversine formula (R. W. Sinnott, "Virtues of the Haversine",
 * Sky and Telescope 68, 1984); within 0.6 % of the ellipsoid.
 */
export function greatCircleKm(a: Point, b: Point): number {
  const dLat = radians(b.lat - a.lat);
  const dLng = radians(b.lng - a.lng);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
