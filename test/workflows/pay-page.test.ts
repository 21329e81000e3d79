import {PAYER} from '../../domain/policy/policy.ts';
import {capturesOf} from '../support/books.ts';
import {freshKey} from '../support/api.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, orderOf} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const ASKS = 'pm_card_authenticationRequired';

let world: World;
let floor: Floor;
beforeAll(async () => {
  world = await startWorld({policy: {payer: PAYER}});
  floor = openFloor(world);
  await openShop(world.api);
});
afterAll(() => world.close());

async function ordered(payment_method: string, locale: string): Promise<{id: string; token: string}> {
  const sku = await offer(world.api, {at: {EAST: 3}});
  const wish = orderOf({lines: [{sku, qty: 1}], payment_method}) as {customer: object};
  const body = {...wish, customer: {...wish.customer, locale}};
  const answer = await world.api.as('checkout').post('/v1/orders', body, freshKey());
  const id = (answer.body as {order_id: string}).order_id;
  return {id, token: (await floor.order(id)).tracking_url.split('/').at(-1) ?? ''};
}

const payPage = (token: string, language = 'en') =>
  world.api.anonymous
    .get(`/pay/${token}`)
    .set('Accept-Language', language)
    .expect('Content-Type', /text\/html/);

/** The button's address, as a browser reads it. */
const wayOn = (text: string) =>
  new URL((/<a class="ui-button go" href="([^"]*)"/.exec(text)?.[1] ?? 'about:blank').replaceAll('&amp;', '&'));

describe("a payer's link", () => {
  it('says in their language what the bank wants, for how much and until when, and leads there and back', async () => {
    const {id, token} = await ordered(ASKS, 'de-AT');
    const {text, headers} = await payPage(token).expect(200);
    const {number, total, waiting_on} = await floor.order(id);
    expect(text).toContain('<html lang="de-AT" dir="ltr">');
    expect(text).toContain('Ihre Bank fragt nach Ihnen');
    expect(text).toContain(number);
    const amount = new Intl.NumberFormat('de-AT', {style: 'currency', currency: 'USD'}).format(total.amount / 100);
    expect(text).toContain(amount);
    const day = new Intl.DateTimeFormat('de-AT', {dateStyle: 'full', timeZone: 'UTC'});
    expect(text).toContain(day.format(new Date(waiting_on?.deadline ?? '')));
    expect(text).not.toMatch(/<script| on\w+=| style=/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['referrer-policy']).toBe('no-referrer');
    const {origin, pathname, searchParams} = wayOn(text);
    expect([origin + pathname, searchParams.get('shop'), searchParams.get('order')]).toEqual([
      'http://shop.test/pay',
      '1',
      number,
    ]);
    expect(searchParams.get('return_url')).toBe(`${world.api.deps.publicUrl}/pay/${token}`);
    const bank = await (await fetch(`${world.stripeUrl}/bank?${searchParams}`)).text();
    expect(bank).toContain('Yes, it is me');
    searchParams.set('outcome', 'succeed');
    const after = await fetch(`${world.stripeUrl}/bank`, {method: 'POST', body: searchParams});
    expect(await after.text()).toContain(`href="${world.api.deps.publicUrl}/pay/${token}"`);
    await floor.waitsOn(id, 'pick');
    expect((await payPage(token)).text).toContain('Es ist nichts zu tun');
    await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((capture) => capture.amount)).toEqual([total.amount]);
  });

  it('asks for another method after a decline, and knows when it is too late', async () => {
    const {id, token} = await ordered('pm_card_chargeDeclined', 'fr');
    const {text} = await payPage(token).expect(200);
    expect(text).toContain('Le paiement n’est pas passé');
    expect(text).toContain('Payer autrement');
    expect(wayOn(text).searchParams.get('payment_intent_client_secret')).toBeNull();
    const tracked = await world.api.anonymous.get(`/track/${token}`).expect(200);
    expect(tracked.text).toContain(`href="/pay/${token}"`);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    const late = await payPage(token).expect(200);
    expect(late.text).toContain('Cette commande est annulée');
    expect(late.text).not.toContain('ui-button go');
  });

  it('that was guessed tells nothing, in the language of the browser', async () => {
    for (const token of ['x', 'x'.repeat(30), '%27%22%3E', `${(await ordered('pm_card_visa', 'en')).token}x`]) {
      const {text} = await payPage(token, 'de-CH,de;q=0.9').expect(404);
      expect(text).toContain('Diese Seite finden wir nicht');
      expect(text).not.toMatch(/ORD-|ui-button go/);
    }
  });

  it('is in the mail that asks for the money again, and leads to the bank', async () => {
    const {id, token} = await ordered(ASKS, 'en-GB');
    const confirm = async () => {
      const {text} = await payPage(token).expect(200);
      const body = wayOn(text).searchParams;
      body.set('outcome', 'succeed');
      await fetch(`${world.stripeUrl}/bank`, {method: 'POST', body});
      return text;
    };
    await confirm();
    await floor.waitsOn(id, 'pick');
    await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * 86_400_000});
    await floor.waitsOn(id, 'payment_renewal');
    const mail = await until('the mail', () =>
      Promise.resolve(world.mails.find((one) => one.order_id === id && one.text.includes(`/pay/${token}`))),
    );
    expect(mail.text).toContain('Go on with your payment');
    expect(await confirm()).toContain('Your bank wants to hear you again');
    await until('the money to be held', async () => (await floor.order(id)).waiting_on?.name === 'pick');
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });
});
