import {until} from '../support/until.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {violationsAtRest} from '../support/books.ts';
import {startWorld, type World} from '../support/world.ts';

interface Message {
  message_id: string;
  template: string;
  resent: {by: string; reason: string; corrected: boolean} | null;
}

describe('a mail that is sent again', () => {
  let world: World;
  let floor: Floor;
  let order = '';
  let first: Message;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
    const sku = await offer(world.api, {at: {EAST: 9}});
    order = (await floor.buy({lines: [{sku, qty: 1}], person: {email: 'ann@example.com'}})).order_id;
    first = await until('the first mail', async () => (await messages()).find(({template}) => template === 'received'));
    await until('it to be sent', async () => mailsTo('ann@example.com').length > 0);
  });
  afterAll(() => world.close());

  const support = () => world.api.as('support');
  const messages = async (): Promise<Message[]> =>
    (await support().get(`/v1/orders/${order}/dossier`).expect(200)).body.messages;
  const mailsTo = (to: string) => world.mails.filter((mail) => mail.order_id === order && mail.to === to);
  const resend = (body: object, key?: string, id = first.message_id) =>
    support().post(`/v1/orders/${order}/messages/${id}/resend`, body, key);

  it('goes to the customer once more, however often the request is repeated', async () => {
    await resend({reason: 'did not arrive'}, 'again-1').expect(202);
    await resend({reason: 'did not arrive'}, 'again-1').expect(202);
    await until('the second mail', async () => mailsTo('ann@example.com').length === 2);
    const [one, two] = mailsTo('ann@example.com');
    expect([two?.subject, two?.id === one?.id]).toEqual([one?.subject, false]);
    const {steps} = (await support().get(`/v1/orders/${order}/timeline`).expect(200)).body;
    const told = steps.filter(({type}: {type: string}) => type === 'order.message_resent');
    expect(told).toEqual([expect.objectContaining({actor: 'dev-support', note: 'did not arrive'})]);
    expect((await messages()).filter(({resent}) => resent)).toEqual([
      expect.objectContaining({
        template: 'received',
        resent: {by: 'dev-support', reason: 'did not arrive', corrected: false},
      }),
    ]);
  });

  it('goes to another address, which is kept sealed and changes nothing of the customer', async () => {
    await resend({reason: 'misspelt', to: 'anne@example.com'}).expect(202);
    await until('the mail to the other address', async () => mailsTo('anne@example.com').length === 1);
    const {body} = await support().get(`/v1/orders/${order}/dossier`).expect(200);
    expect(body.customer.email).toBe('ann@example.com');
    const {rows} = await world.api.store.pool.query(
      `SELECT 1 FROM events WHERE data::text LIKE '%anne@%' UNION ALL SELECT 1 FROM order_audit a WHERE a::text LIKE '%anne@%'
        UNION ALL SELECT 1 FROM message_resends r WHERE r::text LIKE '%anne@%'`,
    );
    expect(rows).toEqual([]);
  });

  it('of one that was sent again tells what the first told', async () => {
    const again = (await messages()).find(({resent}) => resent?.corrected);
    await resend({reason: 'once more'}, undefined, again?.message_id).expect(202);
    await until('the third mail', async () => mailsTo('ann@example.com').length === 3);
    expect(new Set(world.mails.filter((mail) => mail.order_id === order).map(({subject}) => subject)).size).toBe(1);
  });

  it('is said before it is done, and refused where it cannot be', async () => {
    const before = world.mails.length;
    const preview = async (resend: object) =>
      (await support().post(`/v1/orders/${order}/preview`, {resend}).expect(200)).body;
    const {message_id} = first;
    expect(await preview({message_id, reason: 'again', to: 'x@example.com'})).toMatchObject({
      possible: true,
      consequences: [{kind: 'sent_again', template: 'received', to: 'x@example.com'}],
    });
    expect(await preview({message_id: 'msg_nothing', reason: 'again'})).toMatchObject({
      possible: false,
      refused: [{code: 'unknown_message'}],
    });
    await resend({reason: 'again'}, undefined, 'msg_nothing').expect(404);
    await resend({reason: 'again', to: 'nobody'}).expect(422);
    await resend({}).expect(422);
    await world.api.as('picker').post(`/v1/orders/${order}/messages/${message_id}/resend`, {reason: 'x'}).expect(403);
    const {prisma} = world.api.store;
    await prisma.messages.update({where: {id: message_id}, data: {state: 'sending', sent_at: null}});
    const {body} = await resend({reason: 'again'}).expect(409);
    expect(body).toMatchObject({code: 'not_resent', errors: [{code: 'not_sent_yet'}]});
    await prisma.messages.update({where: {id: message_id}, data: {state: 'sent', sent_at: new Date()}});
    expect(world.mails.length).toBe(before);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
