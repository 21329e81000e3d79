import type {OrderView} from '../api-types.ts';
import {signIn} from './doors.ts';
import {buy} from './shop.ts';
import {until, type Walk} from './walk.ts';

const PLACE = 'WH-NY-1';
const SKU = 'NOTEBOOK-A5';
/** More than ten times what is usual, from somebody new. */
const MANY = 180;

/** An order that the rules leave to a person is let through. */
export async function reviewer(walk: Walk): Promise<void> {
  const {step, crew, doors} = walk;
  const window = await walk.open('desktop');
  let order: OrderView;
  const doubtful = async (name: string, n: number): Promise<OrderView> => {
    await crew.client.receive({warehouse: PLACE, sku: SKU, qty: MANY, reference: `${crew.tag}-review-${n}`});
    const placed = await buy(crew, {name, lines: [{sku: SKU, qty: MANY}]});
    if (placed.waiting_on?.name !== 'fraud_review') throw new Error(`it waits for ${placed.waiting_on?.name}`);
    return placed;
  };
  await step('reviewer: two who are new order unusually much', async () => {
    order = await doubtful('Henriette Okafor', 1);
    await doubtful('Jørgen Ali', 2);
  });
  await step('reviewer: finds it in the queue, with who orders, what it is worth and why it is there', async () => {
    await signIn(window, doors.office['support'], '/desk/reviews');
    const row = window.page.locator('.reviews-queue button').filter({hasText: order.number});
    await row.getByText('Henriette Okafor').waitFor();
    await row.click();
    await window.page.getByRole('heading', {name: order.number}).waitFor();
    await window.sees(/times a typical one/);
    await window.look('reviews');
  });
  await step('reviewer: approves it with a note, knowing what comes of it', async () => {
    await window.page.keyboard.press('a');
    const dialog = window.dialog();
    await dialog.getByLabel('Note').fill('called them, it is for a school');
    await dialog.locator('.ui-happens li').first().waitFor();
    await window.look('reviews-approve');
    await dialog.getByRole('button', {name: 'Approve', exact: true}).click();
    await dialog.waitFor({state: 'hidden'});
    await window.page.locator('.reviews-queue').getByText(order.number).waitFor({state: 'hidden'});
  });
  await step('reviewer: sees that the order goes on, and the note in its history', async () => {
    const waits = async () => (await crew.client.order(order.order_id)).waiting_on?.name === 'pick';
    await until('the order to go on', waits);
    await window.go(`/desk/support/${order.order_id}`);
    await window.sees('Waits for picking');
    await window.sees('called them, it is for a school');
    await window.look('reviews-order');
  });
  await window.close();
}
