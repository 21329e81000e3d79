import type {Tracking} from '../../api/contract/track.ts';
import {Card} from '../ui/card.tsx';
import {useWords} from '../ui/look.tsx';
import {customerWords} from '../words/customer/index.ts';
import {type Shipment, stageOf, type Words} from './story.ts';

/** The land behind, as the server drew it, and how a point lies on it (spherical Mercator, turned to `lng0`). */
export interface Sheet {
  width: number;
  height: number;
  land: string;
  borders: string;
  scale: number;
  x: number;
  y: number;
  lng0: number;
}

type Town = NonNullable<Tracking['destination']>;
type At = Pick<Town, 'lat' | 'lng'>;

/** The same projection as the server's, so that what moves can be put onto its drawing. */
export function pointOn({scale, x, y, lng0}: Sheet, {lat, lng}: At): {x: number; y: number} {
  const turn = ((((lng - lng0 + 180) % 360) + 360) % 360) - 180;
  const up = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return {x: round(x + (scale * turn * Math.PI) / 180), y: round(y - scale * up)};
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;

const ENDED = new Set(['CANCELLED', 'LOST', 'RETURN_TO_SENDER']);

/** Where each parcel is, as a drawing and in words. */
export function ParcelMap({view, sheet}: {view: Tracking; sheet: Sheet}) {
  const say = useWords(customerWords);
  const {destination: to} = view;
  const shown = view.shipments.filter((one) => one.from && !ENDED.has(stageOf(one)));
  if (!to || shown.length === 0) return null;
  const words = shown.map((shipment) => whereOf(shipment, to, say));
  const door = pointOn(sheet, to);
  return (
    <Card title={say('map')}>
      <figure className="map">
        <svg className="sheet" viewBox={`0 0 ${sheet.width} ${sheet.height}`} role="img" aria-label={words.join(' ')}>
          <path id="map-land" className="land" d={sheet.land} />
          <path id="map-borders" className="borders" d={sheet.borders} />
          {shown.map((shipment) => (
            <Way key={shipment.position} shipment={shipment} sheet={sheet} door={door} />
          ))}
          <circle className="door" cx={door.x} cy={door.y} r={9} />
          <circle className="door-in" cx={door.x} cy={door.y} r={3.5} />
          {dotsOf(shown, sheet).map(({shipment, x, y}) => (
            <g key={shipment.position} className={shipment.stage === 'DELIVERED' ? 'parcel-dot there' : 'parcel-dot'}>
              <circle cx={x} cy={y} r={13} />
              <text x={x} y={y + 5}>
                {shipment.position}
              </text>
            </g>
          ))}
        </svg>
        <figcaption>
          <ul>
            {words.map((one, i) => (
              <li key={shown[i]?.position}>{one}</li>
            ))}
          </ul>
        </figcaption>
      </figure>
    </Card>
  );
}

function Way({shipment: {from}, sheet, door}: {shipment: Shipment; sheet: Sheet; door: {x: number; y: number}}) {
  if (!from) return null;
  const start = pointOn(sheet, from);
  return (
    <>
      <line className="way" x1={start.x} y1={start.y} x2={door.x} y2={door.y} />
      <rect className="site" x={start.x - 6} y={start.y - 6} width={12} height={12} rx={2} />
    </>
  );
}

/** The first parcel that is still on its way stands for its shipment. */
const parcelOf = ({parcels}: Shipment) =>
  parcels.find(({at, status}) => at && status !== 'delivered') ?? parcels.find(({at}) => at);

interface Dot {
  shipment: Shipment;
  x: number;
  y: number;
}

/** two dots need so much room, in the sheet's pixels */
const APART = 24;

/** A dot for each shipment; those that would lie on each other stand side by side. */
function dotsOf(shown: readonly Shipment[], sheet: Sheet): Dot[] {
  const dots: Dot[] = [];
  for (const shipment of shown) {
    const at = parcelOf(shipment)?.at ?? shipment.from;
    if (!at) continue;
    const {x, y} = pointOn(sheet, at);
    const near = dots.filter(
      (dot) => Math.hypot(dot.x - x, dot.y - y) < APART * shown.length && Math.abs(dot.y - y) < APART,
    );
    const taken = (here: number) => near.some((dot) => Math.abs(dot.x - here) < APART);
    let here = x;
    while (taken(here)) here -= APART + 2;
    dots.push({shipment, x: round(here), y});
  }
  return dots;
}

function whereOf(shipment: Shipment, to: Town, say: Words): string {
  const {position, from} = shipment;
  const parcel = parcelOf(shipment);
  const home = from?.city ?? '';
  if (shipment.stage === 'DELIVERED') return say('map_arrived', {position, to: to.city});
  if (!parcel?.at) return say('map_waits', {position, from: home});
  const seen = parcel.events.find(({city}) => city !== null)?.city;
  if (parcel.at.exact && seen) return say('map_seen', {position, place: seen});
  return say('map_between', {position, from: home, to: to.city});
}
