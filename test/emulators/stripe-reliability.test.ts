import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {openFaults} from '../../emulators/shared/faults.ts';
import {freshBooks, hold, type Json, type RawAnswer, refusal, runStripe, type Running} from './stripe-support.ts';

const DAY = 86_400_000;
let running: Running;

beforeAll(async () => {
  running = await runStripe();
});
afterAll(() => running.close());
beforeEach(() => running.control('POST', 'reset'));

const FORM =
  'amount=700&currency=usd&payment_method=pm_card_visa&confirm=true&capture_method=manual&metadata[order_id]=ORD-7' +
  '&automatic_payment_methods[enabled]=true&automatic_payment_methods[allow_redirects]=never';
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
    expect(second.headers.get('idempotent-replayed')).toBeNull();
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

  it('starts a new call, and a second hold, once it has been pruned after 24 hours', async () => {
    await post('k1');
    await running.control('POST', 'clock', {advance_ms: DAY - 1_000});
    expect((await post('k1')).headers.get('idempotent-replayed')).toBe('true');
    await running.control('POST', 'clock', {advance_ms: 1_000});
    expect((await post('k1')).headers.get('idempotent-replayed')).toBeNull();
    expect(await holds()).toHaveLength(2);
  });

  it('is pruned by the shared clock, however fast that runs', async () => {
    const env = {WAYBILL_CLOCK: JSON.stringify({t0: Date.now(), real0: Date.now(), speed: 100 * DAY})};
    const fast = await runStripe({env});
    const again = () => fast.raw('/v1/customers', 'name=A', {'idempotency-key': 'k1'});
    await again();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await again()).headers.get('idempotent-replayed')).toBeNull();
    expect((await fast.ledger()).customers).toBe(2);
    await fast.close();
  });

  it('of a 500 that was kept is free again after 24 hours', async () => {
    await inject({operation: 'payment_intents.create', mode: 'error_before'});
    await post('k1');
    const kept = await post('k1');
    expect([kept.status, kept.headers.get('idempotent-replayed')]).toEqual([500, 'true']);
    await running.control('POST', 'clock', {advance_ms: DAY});
    expect((await post('k1')).status).toBe(200);
    expect(await holds()).toHaveLength(1);
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

  it.each([
    ['error_before', undefined, 500, 0],
    ['error_after', undefined, 500, 1],
    ['status', 'before', 503, 0],
    ['status', 'after', 503, 1],
  ])('%s (%s) can be told to stick to the key or not', async (mode, when, status, effects) => {
    const fault = {operation: 'payment_intents.create', mode, ...(when && {when})};
    await inject({...fault, sticky: true});
    const kept = await Promise.all([await post('k1'), await post('k1')]);
    expect(kept.map((answer) => answer.status)).toEqual([status, status]);
    expect(kept.map((answer) => answer.headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await holds()).toHaveLength(effects);

    await inject({...fault, sticky: false});
    expect((await post('k2')).status).toBe(status);
    const then = await post('k2');
    // what was not kept leaves the key with the true answer, or free
    expect([then.status, then.headers.get('idempotent-replayed')]).toEqual([200, effects === 1 ? 'true' : null]);
    expect(await holds()).toHaveLength(effects + 1);
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

  it('is still there after a restart, with what it has done', async () => {
    const first = await runStripe();
    const call = (emulator: Running) => emulator.raw('/v1/customers', '').then(({status}) => status);
    const faults = async (emulator: Running) => (await emulator.control('GET', 'faults')).faults;
    await first.control('POST', 'faults', {operation: 'refunds.create', mode: 'drop'});
    await first.control('DELETE', 'faults');
    await first.control('POST', 'faults', {operation: 'customers.create', mode: 'status', count: 3});
    await first.control('POST', 'faults', {operation: 'webhook', mode: 'delay', probability: 0.5});
    expect(await call(first)).toBe(503);
    const before = await faults(first);
    expect(before).toHaveLength(2);

    // not closed: as kill -9 leaves it, in the middle of a line
    appendFileSync(join(first.booksDir, 'faults.jsonl'), '{"fired":1,"se');
    const second = await runStripe({booksDir: first.booksDir});
    expect(await faults(second)).toEqual(before);
    expect([await call(second), await call(second), await call(second)]).toEqual([503, 503, 200]);
    expect((await faults(second)).map((fault: Json) => fault.fired)).toEqual([3, 0]);
    await second.control('POST', 'reset');
    await Promise.all([first.close(), second.close()]);
    const third = await runStripe({booksDir: first.booksDir});
    expect(await faults(third)).toEqual([]);
    await third.close();
  });

  it('draws on from where it was after a restart', async () => {
    const dir = freshBooks();
    const fault = {operation: 'x', mode: 'status', probability: 0.5, seed: 3};
    const whole = openFaults(freshBooks());
    whole.add(fault);
    const expected = Array.from({length: 40}, () => whole.take('x') !== undefined);
    const drawn: boolean[] = [];
    let faults = openFaults(dir);
    faults.add(fault);
    while (drawn.length < 40) {
      drawn.push(faults.take('x') !== undefined);
      if (!drawn.at(-1)) continue;
      faults.close();
      faults = openFaults(dir);
    }
    expect(drawn).toEqual(expected);
  });

  it('that makes no sense is refused', async () => {
    expect(await inject({operation: 'x', mode: 'drop', sticky: 'yes'})).toHaveProperty('error');
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
