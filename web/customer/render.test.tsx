import type {Tracking} from '../../api/contract/track.ts';
import {STAGES} from '../../domain/order/stage.ts';
import {ORDER_STATUSES} from '../../domain/order/status.ts';
import {WAITING_NAMES} from '../../domain/order/waiting.ts';
import {RETURN_STATES} from '../../domain/returns/state.ts';
import {RETURN_REASONS} from '../../domain/returns/terms.ts';
import {parcelStatuses} from '../../domain/shipping/tracking.ts';
import {LANGUAGES, sayIn} from '../words/catalogue.ts';
import {customerWords} from '../words/customer/index.ts';
import {drawMap} from './draw-map.ts';
import {pointOn} from './map.tsx';
import {customerPage, lostPage} from './render.tsx';
import {storyOf} from './story.ts';

const usd = (amount: number) => ({amount, currency: 'USD'});
const NEW_YORK = {city: 'New York', country: 'US', lat: 40.7, lng: -74};
const CHICAGO = {city: 'Chicago', country: 'US', lat: 41.88, lng: -87.62};
const ENTRY = {script: '/assets/main.js', preload: [], styles: ['/assets/main.css']};
const LOOK = {language: 'en', theme: 'system'} as const;

type Shipment = Tracking['shipments'][number];
const parcel = (change: Partial<Shipment['parcels'][number]> = {}): Shipment['parcels'][number] => ({
  ...{carrier: 'UPS', service: 'Ground', tracking_number: '1Z999', status: 'in_transit', status_at: null},
  ...{eta_from: null, eta_to: null, at: {lat: 41, lng: -80, exact: false}},
  events: [{at: '2026-05-06T20:00:00.000Z', status: 'in_transit', city: 'Chicago', country: 'US'}],
  ...change,
});
const shipment = (change: Partial<Shipment> = {}): Shipment => ({
  ...{position: 1, stage: 'IN_TRANSIT', items: [{sku: 'PHONE-X', name: 'Phone X', qty: 1}], parcels: [parcel()]},
  ...{from: CHICAGO, estimated_delivery: null, delay: null},
  window: {from: '2026-05-07T12:00:00.000Z', to: '2026-05-09T23:00:00.000Z', basis: 'promise', late: false},
  money: {held: usd(4_000), charged: usd(0), to_be_charged: usd(4_000)},
  ...change,
});
const line = (change: Partial<Tracking['lines'][number]> = {}): Tracking['lines'][number] => ({
  ...{line_id: 'lin_1', sku: 'PHONE-X', name: 'Phone X', qty: 2, cancelled: 0, delivered: 0, returned: 0},
  ...{amount: usd(4_000), cancel: {qty: 1, refused: null}, backorder: null},
  return: {qty: 0, until: null, code: 'not_delivered'},
  ...change,
});
const view = (change: Partial<Tracking> = {}): Tracking => ({
  ...{number: 'ORD-2026-05-06-001', status: 'partially_fulfilled', placed_at: '2026-05-06T10:00:00.000Z'},
  ...{locale: 'en-US', timezone: 'America/New_York', destination: NEW_YORK, payment_action: null, total: usd(5_000)},
  waiting_on: {name: 'carrier', since: '2026-05-06T10:00:00.000Z', deadline: null},
  payment: {held: usd(4_000), charged: usd(1_000), refunded: usd(0)},
  lines: [line()],
  actions: {cancel: {possible: true, whole: false}, address: {possible: true, refused: null}},
  ...{unassigned: [], shipments: [shipment()], documents: [], returns: []},
  ...change,
});
const render = (change: Partial<Tracking> = {}) =>
  customerPage({view: view(change), token: 'a'.repeat(27), look: LOOK}, ENTRY);
/** What is to be read, without scripts and tags. */
const read = (page: string) =>
  page
    .replace(/<script.*?<\/script>|<style.*?<\/style>/gs, '')
    .replace(/<!-- -->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the tracking page as the server sends it', () => {
  it('tells the order as one story, and where each shipment is, when it comes and what it costs', () => {
    const waiting = shipment({position: 2, stage: 'BACKORDERED', parcels: [], from: null, window: null});
    const text = read(render({shipments: [shipment(), waiting]}));
    for (const words of [
      'Part of your order is on its way',
      'Shipment 2 of 2',
      'On the way to you',
      '1Z999',
      'Thu, May 7 – Sat, May 9',
      '$40.00',
      'Waiting for stock',
      'As soon as it is in stock',
      'Shipment 1 is somewhere between Chicago and New York.',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('held beyond');
    expect(read(render({payment: {held: usd(4_500), charged: usd(1_000), refunded: usd(0)}}))).toContain('held beyond');
  });

  it('escapes whatever comes in from outside, in every field, and in what it hands to its script', () => {
    const evil = `<script>alert("1")</script><!--' onload='x`;
    const items = [{sku: evil, name: evil, qty: 1}];
    const parcels = [parcel({carrier: evil, service: evil, tracking_number: evil, status: evil})];
    const page = render({
      ...{number: evil, unassigned: items, lines: [line({name: evil, sku: evil})]},
      shipments: [shipment({stage: evil, items, parcels, from: {...CHICAGO, city: evil}})],
    });
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain("<!--'");
    const [seen] = page.split('id="opened"');
    expect(seen).not.toContain("' onload");
    expect(page).not.toMatch(/ style=/);
    const [, sent = ''] = /id="opened">(.*?)<\/script>/s.exec(page) ?? [];
    expect((JSON.parse(sent) as {view: Tracking}).view.number).toBe(evil);
  });

  it('loads itself anew without scripts, as long as something can still happen', () => {
    expect(render()).toContain('<noscript><meta http-equiv="refresh" content="30"></noscript>');
    expect(render({status: 'delivered', waiting_on: null})).not.toContain('http-equiv="refresh"');
  });

  it('has words for every status, wait, stage, scan, return and reason, in every language', () => {
    for (const language of LANGUAGES) {
      const say = sayIn(customerWords, language);
      const clock = {locale: language, zone: 'UTC'};
      for (const status of ORDER_STATUSES) {
        for (const name of [null, ...WAITING_NAMES]) {
          const waiting_on = name === null ? null : {name, since: '', deadline: '2026-05-07T00:00:00.000Z'};
          const {title, next} = storyOf(view({status, waiting_on}), say, clock);
          expect([status, name, title.length > 3, next.length > 5]).toEqual([status, name, true, true]);
        }
      }
      const needed = [
        ...STAGES.map((stage) => `s_${stage}`),
        ...parcelStatuses.map((status) => `e_${status}`),
        ...RETURN_STATES.map((state) => `ret_${state}`),
        ...RETURN_REASONS.map((reason) => `r_${reason}`),
      ];
      expect(needed.filter((word) => say.maybe(word) === null)).toEqual([]);
    }
  });

  it('tells what came of a shipment that was lost beside one that arrived', () => {
    const arrived = {
      from: '2026-05-08T13:00:00.000Z',
      to: '2026-05-08T13:00:00.000Z',
      basis: 'arrived',
      late: false,
    } as const;
    const lost = shipment({
      position: 2,
      stage: 'EXCEPTION',
      parcels: [parcel({status: 'lost', at: null})],
      window: null,
    });
    const shipments = [shipment({stage: 'DELIVERED', window: arrived}), lost];
    const text = read(render({status: 'delivered', waiting_on: null, shipments}));
    for (const words of ['All that could be sent has arrived', 'Friday, May 8', 'Lost on the way, not charged'])
      expect(text).toContain(words);
    const ended = read(
      render({status: 'refunded', waiting_on: null, payment: {held: usd(0), charged: usd(0), refunded: usd(0)}}),
    );
    expect(ended).toContain('Nothing was charged');
  });

  it('says nothing about what a wrong link might have been', () => {
    expect(read(lostPage(LOOK, ENTRY))).toContain('We cannot find this page');
    expect(lostPage(LOOK, ENTRY)).not.toContain('<script');
  });
});

describe('the map', () => {
  it('puts points where the atlas has them, in little room', () => {
    const sheet = drawMap(view());
    if (!sheet) throw new Error('no map');
    const [site, door] = [pointOn(sheet, CHICAGO), pointOn(sheet, NEW_YORK)];
    expect(site.x).toBeCloseTo(56, 0);
    expect(door.x).toBeCloseTo(640 - 56, 0);
    expect(site.y).toBeLessThan(door.y);
    expect(sheet.land.length + sheet.borders.length).toBeLessThan(60_000);
    expect(sheet.land).toMatch(/^M[\d.,MLZ-]+$/);
  });

  it('goes the short way round the earth, and is not drawn where nobody knows the towns', () => {
    const tokyo = {city: 'Tokyo', country: 'JP', lat: 35.7, lng: 139.7};
    const sheet = drawMap(view({destination: tokyo, shipments: [shipment({from: {...CHICAGO, lng: -118.2}})]}));
    expect(sheet && pointOn(sheet, tokyo).x).toBeLessThan(100);
    expect(drawMap(view({destination: null}))).toBeNull();
    expect(drawMap(view({shipments: [shipment({from: null})]}))).toBeNull();
  });

  it('shows one town, where both are the same, with its surroundings', () => {
    const sheet = drawMap(view({shipments: [shipment({from: {...NEW_YORK}})]}));
    expect(sheet && pointOn(sheet, NEW_YORK).x).toBeCloseTo(320, 0);
    expect(sheet?.land.length).toBeGreaterThan(20);
  });
});
