import {carrierAdmission, hearOfPurchase} from '../../store/carrier-health.ts';
import {CARRIERS} from '../../domain/shipping/carrier-health.ts';
import {startTestApi, type TestApi} from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await carrierAdmission(api.store, {carriers: ['SwiftPost', 'NordFreight']});
});
afterAll(() => api.close());

const call = async (method: string, path: string, body?: object) => {
  const answer = await fetch(`http://127.0.0.1:${api.port}${path}`, {
    method,
    headers: {Authorization: `Bearer ${api.keys.ops}`, 'Content-Type': 'application/json'},
    ...(body && {body: JSON.stringify(body)}),
  });
  return {status: answer.status, body: await answer.text()};
};
const list = async () => (JSON.parse((await call('GET', '/v1/carriers')).body) as {carriers: unknown[]}).carriers;
const admission = async () => (await carrierAdmission(api.store, {carriers: ['SwiftPost']}))['SwiftPost'];

describe('the carriers', () => {
  it('are shown with the state of their breakers, also as metrics', async () => {
    for (let i = 0; i < 4; i += 1) {
      const heard = {carrier: 'SwiftPost', parcel: 'p', outcome: 'failed', retry_after: null, terms: CARRIERS} as const;
      await hearOfPurchase(api.store, heard);
    }
    expect(await list()).toMatchObject([
      {carrier: 'NordFreight', state: 'closed', failures: 0, active: true},
      {carrier: 'SwiftPost', state: 'open', failures: 4, active: true, probe_at: expect.any(String)},
    ]);
    const metrics = (await call('GET', '/metrics')).body;
    expect(metrics).toContain('waybill_carrier_breaker{carrier="SwiftPost",state="open"} 1');
    expect(metrics).toContain('waybill_carrier_breaker{carrier="NordFreight",state="closed"} 1');
    const decided = await api.store.prisma.decisions.findMany({where: {kind: 'carrier_health'}});
    expect(decided).toMatchObject([
      {inputs: {carrier: 'SwiftPost', was: 'closed', failures: 4}, output: {state: 'open'}},
    ]);
  });

  it('can be switched on as if nothing had been, and off', async () => {
    const on = await call('POST', '/v1/carriers/SwiftPost/switch', {active: true, reason: 'they say it is mended'});
    expect(JSON.parse(on.body)).toMatchObject({state: 'closed', failures: 0, active: true});
    expect(await admission()).toBe('yes');
    const until = new Date(Date.now() + 60_000).toISOString();
    const off = await call('POST', '/v1/carriers/SwiftPost/switch', {active: false, reason: 'strike', until});
    expect(JSON.parse(off.body)).toMatchObject({active: false, reason: 'strike', until});
    expect(await admission()).toBe('no');
    expect((await call('GET', '/metrics')).body).toContain(
      'waybill_carrier_breaker{carrier="SwiftPost",state="switched_off"} 1',
    );
    expect(await api.store.prisma.decisions.count({where: {kind: 'switch'}})).toBe(2);
  });

  it('have to be known', async () => {
    expect((await call('POST', '/v1/carriers/SwiftPots/switch', {active: false, reason: 'typo'})).status).toBe(404);
  });
});
