import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {freshBooks, hold, type Json, type RawAnswer, refusal, runStripe, type Running} from './stripe-support.ts';

let running: Running;

beforeAll(async () => {
  running = await runStripe({keyLifetimeMs: 86_400_000});
});
afterAll(() => running.close());
beforeEach(() => running.control('POST', 'reset'));

const FORM =
  'amount=700&currency=usd&payment_method=pm_card_visa&confirm=true&capture_method=manual&metadata[order_id]=ORD-7';
const post = (key: string, form = FORM): Promise<RawAnswer> =>
  running.raw('/v1/payment_intents', form, {'idempotency-key': key});
const inject = (fault: Json) => running.control('POST', 'faults', fault);
const holds = async (): Promise<Json[]> => (await running.ledger()).holds;

describe('an idempotency key', () => {
  it('gives the stored answer again, byte for byte, even after the intent has moved on', async () => {
    const first = await post('k1');
    const {id} = JSON.parse(first.body);
    await running.stripe.paymentIntents.capture(id);
    const second = await post('k1', FORM.split('&').reverse().join('&'));

    expect(second.body).toBe(first.body);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'));
    expect(await holds()).toMatchObject([{id, idempotency_key: 'k1'}]);
    const {requests} = await running.ledger();
    const ofKey = requests.filter((request: Json) => request.idempotency_key === 'k1');
    expect(ofKey.map((request: Json) => request.replayed)).toEqual([false, true]);
    expect(ofKey[0].param_hash).toBe(ofKey[1].param_hash);
  });

  it('refuses other parameters, and another endpoint', async () => {
    await post('k1');
    const other = await post('k1', FORM.replace('700', '800'));
    expect(other.status).toBe(400);
    expect(JSON.parse(other.body).error.type).toBe('idempotency_error');
    const elsewhere = refusal(running.stripe.customers.create({}, {idempotencyKey: 'k1'}));
    expect((await elsewhere).type).toBe('StripeIdempotencyError');
    expect(await holds()).toHaveLength(1);
  });

  it('is held while its call runs', async () => {
    await inject({operation: 'payment_intents.create', mode: 'delay', delay_ms: 800, when: 'after'});
    const first = post('k1');
    let during = await running.ledger();
    while (during.holds.length === 0) during = await running.ledger();
    const second = await post('k1');
    expect(second.status).toBe(409);
    expect(JSON.parse(second.body).error.code).toBe('idempotency_key_in_use');
    expect((await first).status).toBe(200);
    expect((await post('k1')).headers.get('idempotent-replayed')).toBe('true');
    expect(await holds()).toHaveLength(1);
  });

  it('keeps declines and refusals by state, not refusals of parameters', async () => {
    const declined = FORM.replace('pm_card_visa', 'pm_card_chargeDeclined');
    expect((await post('declined', declined)).status).toBe(402);
    expect((await post('declined', declined)).headers.get('idempotent-replayed')).toBe('true');
    expect(await holds()).toHaveLength(1);

    expect((await post('invalid', `${FORM}&bogus=1`)).status).toBe(400);
    expect((await post('invalid')).status).toBe(200);
  });

  it('starts a new call once it has been pruned', async () => {
    await post('k1');
    await running.control('POST', 'clock', {advance_ms: 86_400_000});
    expect((await post('k1')).headers.get('idempotent-replayed')).toBeNull();
    expect(await holds()).toHaveLength(2);
  });
});

describe('a fault', () => {
  it('error_after answers 500 although the hold stands; the 500 sticks to its key', async () => {
    await inject({operation: 'payment_intents.create', mode: 'error_after'});
    expect((await post('k1')).status).toBe(500);
    expect(await holds()).toMatchObject([{status: 'requires_capture'}]);

    expect(await post('k1')).toMatchObject({status: 500});
    const found = await running.stripe.paymentIntents.search({query: "metadata['order_id']:'ORD-7'"});
    expect(found.data).toHaveLength(1);
    expect((await post('k2')).status).toBe(200);
  });

  it('error_before has no effect', async () => {
    await inject({operation: 'payment_intents.create', mode: 'error_before', count: 1});
    expect((await post('k1')).status).toBe(500);
    expect((await post('k1')).status).toBe(500);
    expect(await holds()).toEqual([]);
  });

  it('drop cuts the connection before or after the effect', async () => {
    await inject({operation: 'payment_intents.create', mode: 'drop', when: 'before'});
    await expect(post('k1')).rejects.toThrow();
    expect(await holds()).toEqual([]);
    expect((await post('k1')).status).toBe(200);

    await inject({operation: 'payment_intents.create', mode: 'drop', when: 'after'});
    await expect(post('k2')).rejects.toThrow();
    expect(await holds()).toHaveLength(2);
    expect((await post('k2')).headers.get('idempotent-replayed')).toBe('true');
    expect(await holds()).toHaveLength(2);
  });

  it('status and garbage replace the answer, and no key remembers them', async () => {
    await inject({operation: 'payment_intents.create', mode: 'status', status: 429, retry_after: 2});
    const limited = await post('k1');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
    await inject({operation: 'payment_intents.create', mode: 'garbage'});
    const garbage = await post('k1');
    expect(garbage.status).toBe(200);
    expect(() => JSON.parse(garbage.body)).toThrow();
    expect((await post('k1')).status).toBe(200);
    const {faults} = await running.control('GET', 'faults');
    expect(faults.map((fault: Json) => fault.fired)).toEqual([1, 1]);
  });

  it('with a probability strikes the same calls for the same seed', async () => {
    const run = async () => {
      await running.control('POST', 'reset');
      await inject({operation: '*', mode: 'status', probability: 0.5, seed: 7});
      const statuses = [];
      for (let i = 0; i < 12; i++) statuses.push((await running.raw('/v1/customers', '')).status);
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await run()).toEqual(first);
  });

  it('that makes no sense is refused', async () => {
    expect(await inject({operation: 'x', mode: 'nonsense'})).toHaveProperty('error');
    expect(await inject({mode: 'drop'})).toHaveProperty('error');
    expect((await running.control('GET', 'faults')).faults).toEqual([]);
  });
});

describe('the books', () => {
  it('hold everything that was acknowledged when the process is gone', async () => {
    const booksDir = freshBooks();
    const first = await runStripe({booksDir});
    const {id} = await hold(first, {metadata: {order_id: 'ORD-1'}}, {idempotencyKey: 'k1'});
    await first.stripe.paymentIntents.capture(id, {amount_to_capture: 100});
    await first.control('POST', 'clock', {advance_ms: 3_600_000});
    const before = await first.ledger();

    // Not closed: the second process finds the books as kill -9 leaves them, with a line torn in the middle.
    appendFileSync(join(booksDir, 'stripe.jsonl'), '[{"set":"intent","rec');
    const second = await runStripe({booksDir});
    const after = await second.ledger();

    expect({...after, now: null}).toEqual({...before, now: null});
    expect(Date.parse(after.now)).toBeGreaterThanOrEqual(Date.parse(before.now));
    const replayed = await hold(second, {metadata: {order_id: 'ORD-1'}}, {idempotencyKey: 'k1'});
    expect(replayed).toMatchObject({id, status: 'requires_capture'});
    expect((await hold(second)).id).not.toBe(id);
    expect(readFileSync(join(booksDir, 'stripe.jsonl'), 'utf8')).not.toContain('"rec[');
    await Promise.all([first.close(), second.close()]);
    const third = await runStripe({booksDir});
    expect((await third.ledger()).holds).toHaveLength(2);
    await third.close();
  });

  it('refuse to open when damaged in the middle', async () => {
    const booksDir = freshBooks();
    writeFileSync(join(booksDir, 'stripe.jsonl'), 'not json\n[]\n');
    await expect(runStripe({booksDir})).rejects.toThrow('stripe.jsonl:1');
  });

  it('are empty after a reset', async () => {
    await post('k1');
    await running.control('POST', 'reset');
    expect(await running.ledger()).toMatchObject({holds: [], captures: [], customers: 0, requests: []});
    expect((await post('k1')).headers.get('idempotent-replayed')).toBeNull();
  });
});
