import {appendFile, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {bought, type CarrierFixture, openCarrierFixture, openSink, parcelTo} from './carrier-support.ts';

const HOUR = 3_600_000;

describe('carrier emulator: books', () => {
  it('come back after a restart with plans, refunds and clock', async () => {
    const first = await openCarrierFixture();
    const moving = await bought(first.client);
    const refunded = await bought(first.client);
    await first.control('trackers', {shipment_id: moving.id, events: [{status: 'in_transit', after_ms: 5 * HOUR}]});
    await first.client.Shipment.refund(refunded.id);
    await first.control('clock', {advance_ms: 60_000});
    const {now: before, ...kept} = await first.ledger();
    await first.close();
    // the process was killed in the middle of a line
    await appendFile(join(first.dir, 'carrier.jsonl'), '{"type":"shipment.cre');

    const second = await openCarrierFixture({booksDir: first.dir});
    const {now: after, ...found} = await second.ledger();
    expect(found).toEqual(kept);
    expect(Date.parse(after) - Date.parse(before)).toBeLessThan(60_000);
    expect((await second.client.Shipment.retrieve(moving.id)).tracking_code).toBe(moving.tracking_code);
    await expect(second.client.Shipment.buy(moving.id, moving.rates[0]!)).rejects.toMatchObject({statusCode: 422});
    await second.control('clock', {advance_ms: 5 * HOUR});
    const {shipments} = await second.ledger();
    expect(shipments.map((row) => [row.status, row.refund_status])).toEqual([
      ['in_transit', null],
      ['pre_transit', 'refunded'],
    ]);
    await second.discard();
  });

  it('send after a restart what was not delivered before, and nothing twice', async () => {
    const first = await openCarrierFixture({webhookUrl: 'http://127.0.0.1:9/nobody', webhookSecret: 's'});
    const {tracking_code: code} = await bought(first.client);
    await first.control('trackers', {tracking_code: code, events: [{status: 'in_transit'}]});
    const waiting = expect.objectContaining({attempts: 1, last_answer: 'ECONNREFUSED'});
    const failed = async () => ((await first.control('ledger')).webhooks as {failed_attempts: number}[])[0];
    while ((await failed())?.failed_attempts !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await first.close();

    const sink = await openSink();
    const second = await openCarrierFixture({booksDir: first.dir, webhookUrl: sink.url, webhookSecret: 's'});
    expect((await second.control('ledger')).webhooks).toEqual([
      expect.objectContaining({url: sink.url, pending: 2, failed_attempts: 2, waiting: [waiting, waiting]}),
    ]);
    await second.control('clock', {advance_ms: 5_000});
    await sink.received(2);
    const statuses = sink.hits.map((hit) => JSON.parse(hit.body.toString()).result.status);
    expect(statuses.sort()).toEqual(['in_transit', 'pre_transit']);
    while ((await second.control('ledger')).webhooks_pending !== 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await second.close();
    const third = await openCarrierFixture({booksDir: first.dir, webhookUrl: sink.url, webhookSecret: 's'});
    expect((await third.control('ledger')).webhooks_pending).toBe(0);
    await third.discard();
    await sink.close();
  });

  it('are empty after a reset', async () => {
    const carrier = await openCarrierFixture();
    await bought(carrier.client);
    await carrier.control('reset', {});
    expect(await carrier.ledger()).toMatchObject({shipments: [], labels: [], trackers: []});
    expect((await readFile(join(carrier.dir, 'carrier.jsonl'), 'utf8')).split('\n')).toHaveLength(2);
    await carrier.discard();
  });
});

describe('carrier emulator: faults', () => {
  let carrier: CarrierFixture;
  beforeEach(async () => {
    carrier = await openCarrierFixture();
  });
  afterEach(() => carrier.discard());
  const boughtLabels = async () => (await carrier.ledger()).labels.length;

  it('before the effect leave nothing behind', async () => {
    const shipment = await carrier.client.Shipment.create(parcelTo() as never);
    await carrier.control('faults', {operation: 'shipment.buy', mode: 'error_before'});
    const buy = () => carrier.client.Shipment.buy(shipment.id, shipment.lowestRate());
    await expect(buy()).rejects.toMatchObject({statusCode: 500, code: 'INTERNAL_SERVER_ERROR'});
    expect(await boughtLabels()).toBe(0);
    await buy();
    expect(await boughtLabels()).toBe(1);
  });

  it.each([
    {mode: 'error_after', fault: {}},
    {mode: 'drop', fault: {when: 'after'}},
    {mode: 'garbage', fault: {when: 'after'}},
  ])('after the effect ($mode) leave a label the client was not told of', async ({mode, fault}) => {
    const shipment = await carrier.client.Shipment.create(parcelTo() as never);
    await carrier.control('faults', {operation: 'shipment.buy', mode, ...fault});
    await expect(carrier.client.Shipment.buy(shipment.id, shipment.lowestRate())).rejects.toThrow();
    expect(await boughtLabels()).toBe(1);
    expect((await carrier.client.Shipment.retrieve(shipment.id)).tracking_code).toMatch(/^\w{3}\d{16}$/);
  });

  it('can speak with the words of EasyPost', async () => {
    const shipment = await carrier.client.Shipment.create(parcelTo() as never);
    const body = JSON.stringify({error: {code: 'SHIPMENT.POSTAGE.TIMED_OUT', message: 'Timed out.', errors: []}});
    await carrier.control('faults', {operation: 'shipment.buy', mode: 'status', status: 422, when: 'after', body});
    const buy = carrier.client.Shipment.buy(shipment.id, shipment.lowestRate());
    await expect(buy).rejects.toMatchObject({statusCode: 422, code: 'SHIPMENT.POSTAGE.TIMED_OUT'});
    await carrier.control('faults', {operation: '*', mode: 'status', status: 429, retry_after: 7});
    const limited = await fetch(`${carrier.url}/v2/shipments`, {headers: {authorization: 'Bearer k'}});
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  });
});
