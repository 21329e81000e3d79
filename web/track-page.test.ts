import {formatMoney, formatWindow} from './format.ts';
import {html} from './html.ts';
import {notFoundPage} from './not-found-page.ts';
import {type Tracking, trackPage} from './track-page.ts';
import {stageWords, storyOf} from './track-words.ts';
import {STAGES} from '../domain/order/stage.ts';
import {ORDER_STATUSES} from '../domain/order/status.ts';
import {WAITING_NAMES} from '../domain/order/waiting.ts';

const usd = (amount: number) => ({amount, currency: 'USD'});
const shipment = (change = {}) => ({
  position: 1,
  stage: 'IN_TRANSIT',
  items: [{sku: 'PHONE-X', name: 'Phone X', qty: 1}],
  parcels: [
    {
      carrier: 'UPS',
      service: 'Ground',
      tracking_number: '1Z999',
      status: 'in_transit',
      status_at: '2026-05-06T20:00:00Z',
      eta_from: '2026-05-07T00:00:00Z',
      eta_to: '2026-05-09T00:00:00Z',
    },
  ],
  estimated_delivery: null,
  money: {held: usd(4_000), charged: usd(0), to_be_charged: usd(4_000)},
  ...change,
});
const view = (change: Partial<Tracking> = {}): Tracking => ({
  number: 'ORD-2026-05-06-001',
  status: 'partially_fulfilled',
  waiting_on: {name: 'carrier', since: '2026-05-06T10:00:00Z', deadline: null},
  placed_at: '2026-05-06T10:00:00Z',
  total: usd(5_000),
  payment: {held: usd(4_000), charged: usd(1_000), refunded: usd(0)},
  unassigned: [],
  shipments: [shipment()],
  ...change,
});

describe('the tracking page', () => {
  it('tells where each shipment is, when it comes and what it costs', () => {
    const page = trackPage(view({shipments: [shipment(), shipment({position: 2, stage: 'BACKORDERED', parcels: []})]}));
    for (const text of [
      'Part of your order is on its way',
      '1 of 2 shipments is on its way, 1 waits for stock.',
      'Shipment 2 of 2',
      'On the way to you',
      '1Z999',
      'Arrives <b>Thursday\u00a07\u00a0May – Saturday\u00a09\u00a0May</b>',
      '$40.00',
      'Waiting for stock',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('held beyond');
    expect(trackPage(view({payment: {held: usd(4_500), charged: usd(1_000), refunded: usd(0)}}))).toContain(
      'held beyond',
    );
    expect(page.match(/<ol class="steps">/g)).toHaveLength(1);
    expect(page.match(/<li class="done">/g)).toHaveLength(3);
    expect(page).toContain('<li class="now" aria-current="step">');
  });

  it('escapes whatever comes in from outside, in every field', () => {
    const evil = `<script>alert("1")</script>' onload='x`;
    const page = trackPage(
      view({
        number: evil,
        unassigned: [{sku: evil, name: evil, qty: 1}],
        shipments: [
          shipment({
            stage: evil,
            items: [{sku: evil, name: evil, qty: 1}],
            parcels: [
              {
                carrier: evil,
                service: evil,
                tracking_number: evil,
                status: evil,
                status_at: null,
                eta_from: null,
                eta_to: null,
              },
            ],
          }),
        ],
      }),
    );
    expect(page).not.toMatch(/<script/i);
    expect(page).not.toContain("' onload");
    expect(page).toContain('&lt;script&gt;');
  });

  it('stops refreshing when the order has ended', () => {
    expect(trackPage(view())).toContain('http-equiv="refresh"');
    expect(trackPage(view({status: 'delivered', waiting_on: null}))).not.toContain('http-equiv="refresh"');
  });

  it('has words for every status, wait and stage', () => {
    const payment = {charged: usd(0), refunded: usd(100)};
    for (const status of ORDER_STATUSES) {
      for (const name of [null, ...WAITING_NAMES]) {
        const waiting_on = name === null ? null : {name, deadline: '2026-05-07T00:00:00Z'};
        const {title, next} = storyOf({status, waiting_on, payment});
        expect([status, name, title.length > 3, next.length > 10]).toEqual([status, name, true, true]);
      }
    }
    for (const stage of STAGES) expect(stageWords(stage).text).not.toBe(stage.toLowerCase());
  });

  it('tells what came of a shipment that was lost beside one that arrived', () => {
    const parcel = (status: string) => ({...shipment().parcels[0], status, status_at: '2026-05-08T09:00:00Z'});
    const page = trackPage(
      view({
        status: 'delivered',
        waiting_on: null,
        shipments: [
          shipment({stage: 'DELIVERED', parcels: [parcel('delivered')]}),
          shipment({position: 2, stage: 'EXCEPTION', parcels: [parcel('lost')]}),
        ],
      } as Partial<Tracking>),
    );
    expect(page).toContain('All that could be sent has arrived');
    expect(page).toContain('Arrived <b>Friday\u00a08\u00a0May</b>');
    expect(page).toContain('Lost on the way, not charged');
    expect(
      storyOf({status: 'refunded', waiting_on: null, payment: {charged: usd(0), refunded: usd(0)}}).next,
    ).toContain('Nothing was charged');
  });

  it('says nothing about what a wrong link might have been', () => {
    expect(notFoundPage()).toContain('We cannot find this page');
  });
});

describe('formats', () => {
  it('show amounts with the digits of their currency', () => {
    expect(formatMoney(usd(5_000))).toBe('$50.00');
    expect(formatMoney({amount: 5_000, currency: 'JPY'})).toBe('¥5,000');
    expect(formatMoney({amount: 1_234, currency: 'KWD'})).toMatch(/1\.234$/);
  });

  it('show a window, a day, or nothing', () => {
    expect(formatWindow('2026-05-07T00:00:00Z', null)).toBe('Thursday\u00a07\u00a0May');
    expect(formatWindow('2026-05-07T00:00:00Z', '2026-05-07T20:00:00Z')).toBe('Thursday\u00a07\u00a0May');
    expect(formatWindow(null, null)).toBeNull();
  });

  it('escape in text and in attributes', () => {
    expect(html`<a title="${'"\'<&>'}">${['a', html`<b>${1}</b>`, null, false]}</a>`.text).toBe(
      '<a title="&quot;&#39;&lt;&amp;&gt;">a<b>1</b></a>',
    );
  });
});
