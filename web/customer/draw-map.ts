import {createRequire} from 'node:module';
import {type GeoPermissibleObjects, geoMercator, geoPath} from 'd3-geo';
import {feature, mesh} from 'topojson-client';
import type {GeometryCollection, Topology} from 'topojson-specification';
import type {Tracking} from '../../api/contract/track.ts';
import type {Sheet} from './map.tsx';

const require = createRequire(import.meta.url);
const [WIDTH, HEIGHT, MARGIN] = [640, 360, 56];
/** no closer than so many radians across: of a town nothing but its own dot could be seen */
const CLOSEST = 0.05;

interface Atlas {
  land: GeoPermissibleObjects;
  borders: GeoPermissibleObjects[];
}

let atlas: Atlas | null = null;

/** Natural Earth at 1:50 million, and the states of the US; read once, when the first map is asked for. */
function readAtlas(): Atlas {
  const world = require('world-atlas/countries-50m.json') as Topology<{
    land: GeometryCollection;
    countries: GeometryCollection;
  }>;
  const us = require('us-atlas/states-10m.json') as Topology<{states: GeometryCollection}>;
  const {land, countries} = world.objects;
  return {
    land: feature(world, land),
    borders: [mesh(world, countries, (a, b) => a !== b), mesh(us, us.objects.states, (a, b) => a !== b)],
  };
}

const drawn = new Map<string, Sheet>();
const KEPT = 200;

/** The land around where the shipments start and end; null where nobody knows both. Maps of the same towns are drawn once. */
export function drawMap({destination, shipments}: Tracking): Sheet | null {
  const from = shipments.flatMap((one) => (one.from ? [one.from] : []));
  if (!destination || from.length === 0) return null;
  const points = [destination, ...from].map(({lat, lng}): [number, number] => [lng, lat]);
  const name = JSON.stringify(points);
  const known = drawn.get(name);
  if (known) return known;
  const sheet = draw(points);
  const [oldest] = drawn.keys();
  if (drawn.size >= KEPT && oldest !== undefined) drawn.delete(oldest);
  drawn.set(name, sheet);
  return sheet;
}

function draw(points: readonly [number, number][]): Sheet {
  const [first = [0, 0]] = points;
  const turns = points.map(([lng]) => ((((lng - first[0] + 180) % 360) + 360) % 360) - 180);
  const lng0 = first[0] + (Math.min(...turns) + Math.max(...turns)) / 2;
  const projection = geoMercator().rotate([-lng0, 0]).scale(1).translate([0, 0]);
  const [across, down] = [0, 1].map((axis) => rangeOf(points.map((point) => projection(point)?.[axis] ?? 0)));
  const scale = Math.min(
    WIDTH / CLOSEST,
    (WIDTH - 2 * MARGIN) / (across?.length ?? 0),
    (HEIGHT - 2 * MARGIN) / (down?.length ?? 0),
  );
  const [x, y] = [WIDTH / 2 - scale * (across?.middle ?? 0), HEIGHT / 2 - scale * (down?.middle ?? 0)];
  projection
    .scale(scale)
    .translate([x, y])
    .clipExtent([
      [-2, -2],
      [WIDTH + 2, HEIGHT + 2],
    ]);
  atlas ??= readAtlas();
  const path = geoPath(projection).digits(1);
  return {
    ...{width: WIDTH, height: HEIGHT, scale, x, y, lng0},
    land: path(atlas.land) ?? '',
    borders: atlas.borders.map((lines) => path(lines) ?? '').join(''),
  };
}

function rangeOf(all: readonly number[]): {length: number; middle: number} {
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return {length: high - low, middle: (low + high) / 2};
}
