import M from '@easypost/api';
import {bought, type CarrierFixture, type Hit, openCarrierFixture, openSink, T0} from './carrier-support.ts';

const EasyPost = M as unknown as (typeof M)['default'];
const HOUR = 3_600_000;
/** Written differently after NFKD: the signature must use the normalised form. */
const SECRET = 'sécret-ﬁne';

interface TrackerEvent {
  id: string;
  object: string;
  description: string;
  previous_attributes: {status?: string};
  result: {
    status: string;
    weight: number;
    tracking_code: string;
    tracking_details: {status: string; datetime: string}[];
  };
}

const utils = new EasyPost('EZTK_test').Utils;
const read = (hit: Hit) => utils.validateWebhook(hit.body, hit.headers, SECRET) as unknown as TrackerEvent;

describe('carrier emulator: trackers and webhooks', () => {
  let sink: Awaited<ReturnType<typeof openSink>>;
  let carrier: CarrierFixture;
  beforeEach(async () => {
    sink = await openSink();
    carrier = await openCarrierFixture({webhookUrl: sink.url, webhookSecret: SECRET});
  });
  afterEach(async () => {
    await carrier.discard();
    await sink.close();
  });

  it('signs its events so that the SDK accepts them, whole weights included', async () => {
    await bought(carrier.client);
    await sink.received(1);
    const hit = sink.hits[0] as Hit;
    expect(hit.body.toString('utf8')).toContain('"weight":17.0');
    expect(read(hit)).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      object: 'Event',
      description: 'tracker.created',
      result: {object: 'Tracker', status: 'pre_transit', weight: 17},
    });
    expect(() => utils.validateWebhook(hit.body, hit.headers, 'another')).toThrow();
  });

  it('signs fractional weights too', async () => {
    await bought(carrier.client, {parcel: {weight: 17.637}});
    await sink.received(1);
    expect(read(sink.hits[0] as Hit).result.weight).toBe(17.637);
  });

  it('lets nothing happen until told, then moves the tracker as the clock moves', async () => {
    const {tracking_code: code} = await bought(carrier.client);
    await carrier.control('trackers', {
      tracking_code: code,
      events: [
        {status: 'in_transit', after_ms: HOUR},
        {status: 'out_for_delivery', at: new Date(T0 + 20 * HOUR).toISOString(), message: 'On the van'},
        {status: 'delivered', after_ms: 24 * HOUR, signed_by: 'A. Lovelace'},
      ],
    });
    const status = async () => (await carrier.client.Tracker.all({tracking_code: code} as never)).trackers[0]?.status;
    expect(await status()).toBe('pre_transit');
    await carrier.control('clock', {advance_ms: HOUR});
    expect(await status()).toBe('in_transit');
    await carrier.control('clock', {advance_ms: 23 * HOUR});
    const shipment = (await carrier.ledger()).shipments[0];
    expect(shipment?.status).toBe('delivered');
    await sink.received(4);
    expect(
      sink.hits
        .map((hit) => read(hit))
        .map((event) => `${event.description} ${event.result.status}`)
        .sort(),
    ).toEqual([
      'tracker.created pre_transit',
      'tracker.updated delivered',
      'tracker.updated in_transit',
      'tracker.updated out_for_delivery',
    ]);
    const van = sink.hits.map(read).find((event) => event.result.status === 'out_for_delivery');
    expect(van?.previous_attributes).toEqual({status: 'in_transit'});
    expect(van?.result.tracking_details.at(-1)).toMatchObject({
      message: 'On the van',
      datetime: '2026-04-11T05:00:00Z',
    });
    const tracker = await carrier.client.Tracker.retrieve(read(sink.hits[0] as Hit).result.tracking_code);
    expect(tracker.signed_by).toBe('A. Lovelace');
  });

  it('can go wrong as carriers do: backwards, dated in the future, or without a word', async () => {
    const {tracking_code: code} = await bought(carrier.client);
    await sink.received(1);
    await carrier.control('trackers', {tracking_code: code, silent: true, events: [{status: 'delivered'}]});
    await carrier.control('trackers', {
      tracking_code: code,
      events: [{status: 'in_transit', datetime: '2030-01-01T00:00:00Z'}],
    });
    await sink.received(2);
    expect(sink.hits.map((hit) => read(hit).result.status)).toEqual(['pre_transit', 'in_transit']);
    expect((await carrier.ledger()).tracker_events.map((event) => event.status)).toEqual([
      'pre_transit',
      'delivered',
      'in_transit',
    ]);
  });

  it('follows the days of the service once a parcel is handed over', async () => {
    const {id} = await bought(carrier.client);
    await carrier.control('trackers', {shipment_id: id, handed_over: true});
    await carrier.control('clock', {advance_ms: 2 * HOUR});
    expect((await carrier.client.Shipment.retrieve(id)).status).toBe('in_transit');
    await carrier.control('clock', {advance_ms: 24 * 9 * HOUR});
    expect((await carrier.client.Shipment.retrieve(id)).status).toBe('delivered');
  });

  it('moves parcels by itself on autopilot, but none whose label was given back first', async () => {
    const pilot = await openCarrierFixture({handOverAfterMs: 4 * HOUR});
    const kept = await bought(pilot.client);
    const voided = await bought(pilot.client);
    await pilot.client.Shipment.refund(voided.id);
    await pilot.control('clock', {advance_ms: 24 * 10 * HOUR});
    expect((await pilot.client.Shipment.retrieve(kept.id)).status).toBe('delivered');
    expect(await pilot.client.Shipment.retrieve(voided.id)).toMatchObject({
      status: 'pre_transit',
      refund_status: 'refunded',
    });
    await pilot.discard();
  });

  it('repeats an event until it is taken, and duplicates or loses it when told to', async () => {
    await carrier.control('faults', {operation: 'webhook', mode: 'duplicate', count: 1});
    await carrier.control('faults', {operation: 'webhook', mode: 'drop', count: 1});
    const {tracking_code: code} = await bought(carrier.client);
    await sink.received(2);
    expect(sink.hits[0]?.body).toEqual(sink.hits[1]?.body);
    await carrier.control('trackers', {tracking_code: code, events: [{status: 'in_transit'}, {status: 'delivered'}]});
    await sink.received(3);
    expect(read(sink.hits[2] as Hit).result.status).toBe('delivered');
  });

  it('serves webhooks made through the API with their own secret', async () => {
    const second = await openSink(1);
    const hook = await carrier.client.Webhook.create({url: second.url, webhook_secret: 'own'} as never);
    expect((await carrier.client.Webhook.all()).webhooks.map(({id}) => id)).toEqual([hook.id]);
    await bought(carrier.client);
    const mine = async () =>
      ((await carrier.control('ledger')).webhooks as {url: string; waiting: unknown[]}[]).find(
        ({url}) => url === second.url,
      );
    while ((await mine())?.waiting.length !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
    await carrier.control('clock', {advance_ms: 5_000});
    await second.received(1);
    const hit = second.hits[0] as Hit;
    expect(utils.validateWebhook(hit.body, hit.headers, 'own')).toMatchObject({description: 'tracker.created'});
    await carrier.client.Webhook.delete(hook.id);
    expect((await carrier.client.Webhook.all()).webhooks).toEqual([]);
    await second.close();
  });

  it('tracks foreign codes, one tracker each', async () => {
    const first = await carrier.client.Tracker.create({tracking_code: 'FOREIGN1', carrier: 'SwiftPost'});
    const second = await carrier.client.Tracker.create({tracking_code: 'FOREIGN1', carrier: 'SwiftPost'});
    expect(second.id).toBe(first.id);
    expect(first.status).toBe('unknown');
  });

  it('refuses control requests that make no sense', async () => {
    await expect(carrier.control('trackers', {tracking_code: 'nobody', events: []})).rejects.toThrow('no tracker');
    const {tracking_code: code} = await bought(carrier.client);
    await expect(carrier.control('trackers', {tracking_code: code, events: [{status: 'lost'}]})).rejects.toThrow(
      'status',
    );
    await expect(carrier.control('refunds', {shipment_id: 'shp_x', state: 'refunded'})).rejects.toThrow(
      'no open refund',
    );
  });
});
