import {startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue} from '../support/catalogue.ts';

let api: TestApi;
let link: string;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
  id = ((await api.as('checkout').post('/v1/orders', sampleOrder())).body as {order_id: string}).order_id;
  const {tracking_token} = await api.store.prisma.orders.findUniqueOrThrow({where: {id}});
  link = `/v1/track/${tracking_token}/preferences`;
});
afterAll(() => api.close());

const off = (kind: string, channel: string) => ({kind, channel, wanted: false});
const choose = (...preferences: object[]) => api.anonymous.put(link).send({preferences});
interface Pref {
  kind: string;
  channel: string;
  wanted: boolean;
}
const unwanted = (body: {preferences: Pref[]}) =>
  body.preferences.filter(({wanted}) => !wanted).map(({kind, channel}) => `${kind} ${channel}`);

describe('what a customer wants to be told', () => {
  it('is chosen behind the tracking link, and seen by support', async () => {
    const before = await api.anonymous.get(link).expect(200);
    expect([unwanted(before.body), before.body.phone_known, before.body.locale]).toEqual([[], true, 'en-US']);
    expect(before.headers['referrer-policy']).toBe('no-referrer');
    const {body} = await choose(off('dispatch', 'email'), off('arrival', 'sms')).expect(200);
    expect(unwanted(body)).toEqual(['dispatch email', 'arrival sms']);
    const seen = await api.as('support').get(`/v1/orders/${id}/preferences`).expect(200);
    expect(unwanted(seen.body)).toEqual(['dispatch email', 'arrival sms']);
  });

  it('is changed by support, with who did it; the same choice twice is one row', async () => {
    const wish = {preferences: [{...off('dispatch', 'email'), wanted: true}, off('arrival', 'sms')]};
    for (let i = 0; i < 2; i += 1) {
      const {body} = await api.as('support').put(`/v1/orders/${id}/preferences`, wish).expect(200);
      expect(unwanted(body)).toEqual(['arrival sms']);
    }
    const rows = await api.store.prisma.message_choices.findMany({orderBy: [{at: 'asc'}, {id: 'asc'}]});
    expect(rows.map(({kind, wanted, role}) => `${role}: ${kind} ${wanted}`).sort()).toEqual([
      'customer: arrival false',
      'customer: dispatch false',
      'support: dispatch true',
    ]);
    expect(rows.at(-1)?.role).toBe('support');
  });

  it('refuses what cannot be switched off and what is never sent, each by name', async () => {
    const {body} = await choose(off('order', 'email'), off('delay', 'sms'), off('order', 'sms')).expect(422);
    expect((body as {errors: object[]}).errors).toMatchObject([
      {pointer: '/preferences/0', code: 'mandatory'},
      {pointer: '/preferences/2', code: 'never_sent'},
    ]);
    expect(unwanted((await api.anonymous.get(link)).body)).toEqual(['arrival sms']);
  });

  it('is nobody else’s business', async () => {
    for (const path of ['/v1/track/x/preferences', `/v1/track/${'a'.repeat(27)}/preferences`]) {
      await api.anonymous.get(path).expect(404);
      await api.anonymous
        .put(path)
        .send({preferences: [off('delay', 'sms')]})
        .expect(404);
    }
    await api.as('checkout').get(`/v1/orders/${id}/preferences`).expect(403);
  });
});
