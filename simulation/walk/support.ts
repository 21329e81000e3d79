import type {OrderView} from '../api-types.ts';
import {advancePart} from '../world/move-along.ts';
import {signIn} from './doors.ts';
import {buy} from './shop.ts';
import {until, type Walk} from './walk.ts';
import type {Window} from './window.ts';

interface Scene {
  walk: Walk;
  window: Window;
  order: OrderView;
}

/** Somebody calls about an order of which a part is at home and the rest waits for stock. */
export async function support(walk: Walk): Promise<void> {
  const {step, doors} = walk;
  const window = await walk.open('desktop');
  const scene = {walk, window} as Scene;
  await step('support: an order is half delivered, and the rest waits for stock', async () => {
    scene.order = await halfDelivered(walk);
  });
  await step('support: signs in and sees the newest orders', async () => {
    await window.go('/desk');
    await window.sees('For people of the office.');
    await window.look('desk-door');
    await signIn(window, doors.office['support'], '/desk/support');
    await window.sees('Newest orders');
    await window.look('support-home');
  });
  await find(scene);
  await refund(scene);
  await window.close();
}

async function halfDelivered({crew}: Walk): Promise<OrderView> {
  const lines = [
    {sku: 'NOTEBOOK-A5', qty: 2},
    {sku: 'HONEY-500', qty: 1},
  ];
  const {order_id} = await buy(crew, {name: 'Katarzyna Wiśniewska', lines, allow_backorder: true});
  const parts = async () => (await crew.client.order(order_id)).sub_orders;
  const part = await until('a shipment with a place', async () => (await parts()).find(({source}) => source.id));
  await advancePart(crew, order_id, part, 'delivered');
  return until('a part to be charged', async () => {
    const order = await crew.client.order(order_id);
    return order.payment.captured.amount > 0 && order;
  });
}

async function find({walk: {step}, window, order}: Scene): Promise<void> {
  await step('support: finds the order by a misspelt name', async () => {
    await window.page.getByRole('searchbox').first().fill('Katarina Wisniefska');
    await window.page.getByText(order.number).first().waitFor();
    await window.sees(/similar name|sounds alike/);
    await window.look('support-search');
  });
  await step('support: sees why it waits, and whose move that is', async () => {
    await window.page.getByText(order.number).first().click();
    await window.page.getByRole('heading', {name: order.number}).waitFor();
    await window.sees('Waits for stock to arrive');
    await window.sees('Whose move');
    await window.look('support-order');
  });
}

async function refund({walk: {step, crew}, window, order}: Scene): Promise<void> {
  const dialog = () => window.dialog();
  await step('support: sees what a refund of the shipping would do, and does it', async () => {
    await window.page.locator('.support-acts summary').click();
    await window.look('support-acts');
    await window.page.locator('.support-acts').getByRole('button', {name: 'Refund shipping', exact: true}).click();
    await dialog().getByLabel('Reason').fill('the parcel came late');
    await dialog()
      .getByText(/go(es)? back to the customer/)
      .waitFor();
    await window.look('support-refund');
    await dialog().getByRole('button', {name: 'Refund', exact: true}).click();
    await dialog().waitFor({state: 'hidden'});
  });
  await step('support: finds the refund in the history and in the money', async () => {
    await window.page.locator('.support-steps').getByText('the parcel came late').first().waitFor();
    await window.page.getByText('given back').first().waitFor();
    const {refunded} = (await crew.client.order(order.order_id)).payment;
    if (refunded.amount === 0) throw new Error('the order knows of no refund');
    await window.sees(`$${(refunded.amount / 100).toFixed(2)}`);
    await window.look('support-refunded');
  });
}
