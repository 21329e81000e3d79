import {messageLink} from '../../store/message-link.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue} from '../support/catalogue.ts';

let api: TestApi;
let path: string;
let order: {id: string; customer_id: string};
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
  const {body} = await api.as('checkout').post('/v1/orders', sampleOrder());
  const {prisma} = api.store;
  order = await prisma.orders.findUniqueOrThrow({where: {id: (body as {order_id: string}).order_id}});
  path = `/messages/${await messageLink(prisma, order.customer_id, new Date())}`;
});
afterAll(() => api.close());

async function unwanted(): Promise<string[]> {
  const {body} = await api.as('support').get(`/v1/orders/${order.id}/preferences`).expect(200);
  const {preferences} = body as {preferences: {kind: string; channel: string; wanted: boolean}[]};
  return preferences.filter(({wanted}) => !wanted).map(({kind, channel}) => `${kind} ${channel}`);
}
const form = (at: string, fields: string) => api.anonymous.post(at).type('form').send(fields);

describe('the link under every mail', () => {
  it('opens a form in the language of its reader', async () => {
    const {text, headers} = await api.anonymous.get(path).expect(200);
    expect(text).toContain('<html lang="en-US" dir="ltr">');
    expect(text).toContain('name="dispatch.email"');
    expect(text).not.toContain('name="order.email"');
    expect(headers['content-security-policy']).toContain("form-action 'self'");
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it('keeps what is ticked, and nothing that cannot be chosen', async () => {
    const {text} = await form(path, 'dispatch.email=on&delay.sms=on&order.sms=on').expect(200);
    expect(text).toContain('Saved.');
    expect(await unwanted()).toEqual([
      'payment sms',
      'stock email',
      'arrival email',
      'arrival sms',
      'delay email',
      'reminder email',
    ]);
    await form(
      path,
      'payment.sms=on&stock.email=on&dispatch.email=on&arrival.email=on&arrival.sms=on&delay.email=on&delay.sms=on&reminder.email=on',
    );
    expect(await unwanted()).toEqual([]);
  });

  it('stops one kind by one click of a mail client, without a visit (RFC 8058)', async () => {
    await form(`${path}/stop/dispatch`, 'List-Unsubscribe=One-Click').expect(200);
    expect(await unwanted()).toEqual(['dispatch email']);
    // again: nothing more happens
    await form(`${path}/stop/dispatch`, 'List-Unsubscribe=One-Click').expect(200);
    expect(await api.store.prisma.message_choices.count({where: {kind: 'dispatch', wanted: false}})).toBe(1);
  });

  it('stops nothing when it is only looked at, and never what has to be known', async () => {
    const before = await unwanted();
    const {text} = await api.anonymous.get(`${path}/stop/delay`).expect(200);
    expect(text).toContain('No more mails: Delays?');
    await form(`${path}/stop/order`, 'List-Unsubscribe=One-Click').expect(200);
    await form(`${path}/stop/nonsense`, 'List-Unsubscribe=One-Click').expect(200);
    expect(await unwanted()).toEqual(before);
  });

  it('leads nowhere when it is guessed', async () => {
    for (const at of ['/messages/x', `/messages/${'a'.repeat(27)}`, '/messages/%00', `${path}x`]) {
      expect((await api.anonymous.get(at)).status).toBeGreaterThanOrEqual(400);
      expect((await form(at, 'dispatch.email=on')).status).toBeGreaterThanOrEqual(400);
    }
  });

  it('is read from right to left where its reader does', async () => {
    const {text} = await api.anonymous
      .get('/messages/nowhere-nowhere-nowhere')
      .set('Accept-Language', 'ar')
      .expect(404);
    expect(text).toContain('dir="rtl"');
  });
});
