import type {OrderView} from '../../simulation/api-types.ts';
import {BOSTON, offer, type Wish} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {openOffice} from './desk-suite.ts';
import {PATIENCE} from './visit.ts';

/** The whole service, with goods as somebody of the office would meet them. */
export type ConsoleShop = Awaited<ReturnType<typeof openConsoleShop>>;

/** Twenty times what is usual, from somebody new: a person has to look at it. */
const DEAR = 400_000;

export async function openConsoleShop() {
  const office = await openOffice();
  const {api, floor} = office;
  const goods = (name: string, price: number, at: object) => offer(api, {price, at, backorderable: true, more: {name}});
  const skus = {
    lamp: await goods('Desk lamp, oak', 7_900, {EAST: 400}),
    mug: await goods('Stoneware mug, blue', 1_800, {EAST: 400}),
    vase: await goods('Vase, hand-blown', 4_600, {WEST: 400}),
    chair: await goods('Lounge chair, walnut', DEAR, {EAST: 400}),
  };

  /** An order that was taken, however slow the machine is. */
  const buy = async (wish: Wish): Promise<OrderView> => {
    const {order_id} = (await floor.place({ship_to: BOSTON, ...wish})).body as {order_id: string};
    const look = async () => {
      const {status, waiting_on} = await floor.order(order_id);
      return {status, waiting_on};
    };
    const settled = async () => {
      const found = await floor.order(order_id);
      return found.sub_orders.length > 0 || found.waiting_on?.name === 'fraud_review' ? found : undefined;
    };
    return until(`order ${order_id} to be taken`, settled, look, PATIENCE);
  };

  /** Of two shipments one is with its customer and paid for, the other waits on a shelf. */
  const halfDelivered = async (person: Wish['person'] & {name: string}): Promise<OrderView> => {
    const {lamp, mug, vase} = skus;
    const lines = [
      {sku: lamp, qty: 1},
      {sku: mug, qty: 4},
      {sku: vase, qty: 2},
    ];
    const bought = await buy({lines, person, ship_to: {...BOSTON, name: person.name}});
    await floor.deliver(bought.order_id, floor.partFrom(bought, 'EAST'));
    const charged = async () => (await floor.order(bought.order_id)).payment.captured.amount > 0;
    await until(`a part of ${bought.order_id} to be charged`, charged);
    return floor.order(bought.order_id);
  };

  /** A return that a person must look at: of an order that came, and is said to be broken. */
  const damaged = async (person: Wish['person']) => {
    const bought = await buy({lines: [{sku: skus.mug, qty: 2}], person: person ?? {}});
    await floor.deliver(bought.order_id, floor.partFrom(bought, 'EAST'));
    await floor.becomes(bought.order_id, 'delivered');
    const [line] = (await floor.order(bought.order_id)).lines;
    const body = {lines: [{line_id: line?.line_id, qty: 1, reason: 'damaged'}]};
    const asked = api.as('support').post(`/v1/orders/${bought.order_id}/returns`, body);
    return (await asked.expect(201)).body as {return_id: string; order_id: string};
  };

  /** An order that a person must look at. */
  const doubtful = (person: Wish['person']) => buy({lines: [{sku: skus.chair, qty: 1}], person: person ?? {}});

  return {...office, skus, goods, buy, halfDelivered, damaged, doubtful};
}
