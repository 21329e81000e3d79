import type {OrderView} from '../api-types.ts';
import {send as ask} from '../http.ts';
import {advancePart} from '../world/move-along.ts';
import {buy, DENVER, partFrom, say} from './shop.ts';
import type {Walk} from './walk.ts';
import type {Window} from './window.ts';

/** One lies in Chicago only, another in Los Angeles only, the third nowhere yet. */
const LINES = [
  {sku: 'BLANKET-WOOL', qty: 1},
  {sku: 'HEADSET-AIR', qty: 1},
  {sku: 'HONEY-500', qty: 1},
];
const PLACES = ['WH-CHI-1', 'WH-LA-1'] as const;

interface Scene {
  walk: Walk;
  window: Window;
  order: OrderView;
}

/** An order from two places, followed by its link to the door, and a part of it on its way back. */
export async function customer(walk: Walk): Promise<void> {
  const {step, crew} = walk;
  const window = await walk.open('phone');
  const scene = {walk, window} as Scene;
  await step('customer: orders two things that lie in two places, and one that is out of stock', async () => {
    scene.order = await buy(crew, {name: 'Ben Sample', lines: LINES, to: DENVER, allow_backorder: true});
    for (const place of PLACES) partFrom(scene.order, place);
  });
  await step('customer: follows the link and finds all shipments on one page, and what waits', async () => {
    await window.go(scene.order.tracking_url);
    for (const words of ['We are preparing your order', 'Shipment 1 of 3', '1 piece waits for stock'])
      await window.sees(words);
    await window.look('tracking-placed');
  });
  await follow(scene);
  await sendBack(scene);
  await readMails(scene);
  await window.close();
}

/** The page moves by itself while people and carriers do their work. */
async function follow({walk: {step, crew}, window, order}: Scene): Promise<void> {
  const [first, second] = PLACES;
  await step('customer: sees by itself how the first shipment is packed and sent', async () => {
    await advancePart(crew, order.order_id, partFrom(order, first), 'packed');
    await window.sees('Packed, waiting for the carrier');
    await advancePart(crew, order.order_id, partFrom(await crew.client.order(order.order_id), first), 'dispatched');
    await say(crew, order, partFrom(order, first), 'in_transit');
    await window.sees('Part of your order is on its way');
    await window.look('tracking-on-the-way');
  });
  await step('customer: sees it in the van, and at the door, and what was charged for it', async () => {
    await say(crew, order, partFrom(order, first), 'out_for_delivery');
    await window.sees('It is in the van.');
    await window.look('tracking-in-the-van');
    await say(crew, order, partFrom(order, first), 'delivered');
    await window.sees('Part of your order has arrived');
    await window.sees('Charged');
    await window.look('tracking-part-arrived');
  });
  await step('customer: does not want to wait for what is out of stock', async () => {
    await window.press('Stop waiting');
    await window.look('tracking-stop-waiting');
    await window.dialog().getByRole('button', {name: 'Stop waiting'}).click();
    await window.dialog().waitFor({state: 'hidden'});
    await window.page.getByText('waits for stock').first().waitFor({state: 'hidden'});
  });
  await step('customer: has everything, with a receipt for each shipment', async () => {
    await advancePart(crew, order.order_id, partFrom(order, second), 'dispatched');
    for (const news of ['in_transit', 'out_for_delivery', 'delivered'] as const)
      await say(crew, order, partFrom(order, second), news);
    await window.sees('Everything has arrived. Thank you for your order.');
    await window.page
      .getByRole('link', {name: /^Receipt/})
      .nth(1)
      .waitFor();
    await window.look('tracking-delivered');
  });
}

async function sendBack({walk: {step, system}, window}: Scene): Promise<void> {
  await step('customer: says what goes back and why, and sees what comes of it', async () => {
    await window.press('Send something back');
    await window.press('More of Headset Air');
    await window.dialog().getByLabel('Why?').selectOption('not_as_described');
    await window.look('tracking-return-choose');
    await window.dialog().getByRole('button', {name: 'Next'}).click();
    await window.dialog().getByText('You get back').waitFor();
    await window.look('tracking-return');
  });
  await step('customer: opens the label', async () => {
    await window.dialog().getByRole('button', {name: 'Get the label'}).click();
    const link = window.page.getByRole('link', {name: 'Print the label (PDF)'});
    await link.waitFor();
    const {href} = new URL((await link.getAttribute('href')) ?? '', system.urls.api);
    const {status, headers} = await ask({method: 'GET', url: href});
    if (status !== 200 || headers['content-type'] !== 'application/pdf')
      throw new Error(`the label answered ${status} ${headers['content-type']}`);
    await window.look('tracking-label');
  });
}

/** What is written about each shipment, and about the order. */
const OF_EACH = ['is on its way', 'arrives today', 'was delivered'];
const ONCE = ['We received your order', 'The label for your return'];

async function readMails({walk: {step, doors}, window, order}: Scene): Promise<void> {
  await step('customer: finds the mails and texts of the order on the mail page', async () => {
    await window.go(doors.mail);
    await window.page.getByLabel('Order number').fill(order.number);
    await window.press('Show');
    await window.page.waitForURL(/order=ORD-/);
    const mails = (subject: string) => window.page.getByRole('link', {name: subject});
    for (const subject of ONCE) await mails(subject).first().waitFor();
    for (const subject of OF_EACH)
      await mails(subject)
        .nth(PLACES.length - 1)
        .waitFor();
    await window.look('mails');
    await window.follow('is on its way');
    await window.page.getByRole('heading', {level: 1, name: 'is on its way'}).waitFor();
    await window.look('mail');
  });
}
