import {hashKey} from '../../api/auth.ts';
import {registerApiKeys} from '../../store/register-api-keys.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import type {OrderView, SubOrderView} from '../../simulation/api-types.ts';
import {openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

export const DEVICE_KEY = 'wb_test_device_0123456789';

export interface ShopFloor {
  world: World;
  floor: Floor;
  url: string;
  /** an order that was accepted, however slow the machine is, with its part at EAST */
  buy: (lines: readonly {sku: string; qty: number}[]) => Promise<{order: OrderView; east: SubOrderView}>;
  /** badge of a person with these roles at EAST */
  hire: (id: string, name: string, roles: string[], pin?: string) => Promise<string>;
}

const usd = (amount: number) => ({amount, currency: 'USD'});

/** Goods with bins of their own, as a picker would meet them. */
export const GOODS = [
  {
    sku: 'WHEY-2KG-CHOC',
    name: 'Whey Protein 2 kg Chocolate',
    barcode: '4006381333931',
    grams: 2_150,
    at: ['12', 'C', '4'],
  },
  {sku: 'MUG-BLUE', name: 'Stoneware mug, blue', barcode: '4012345678901', grams: 420, at: ['3', 'A', '1']},
  {sku: 'LAMP-OAK', name: 'Desk lamp, oak', barcode: '4023456789012', grams: 1_400, at: ['7', 'B', '2']},
] as const;

/** A warehouse with goods in named places, and devices to work with. */
export async function openShopFloor(): Promise<ShopFloor> {
  const world = await startWorld();
  const {api} = world;
  await openShop(api);
  const admin = api.as('admin');
  for (const [i, {sku, name, barcode, grams, at}] of GOODS.entries()) {
    const [aisle, rack, shelf] = at;
    const bin = at.join('-');
    const place = {aisle, rack, shelf, x_mm: Number(aisle) * 3_000, y_mm: i * 900};
    await admin.put(`/v1/warehouses/EAST/bins/${bin}`, place).expect(200);
    const size = {length_mm: 140, width_mm: 120, height_mm: 110, weight_g: grams, capacity_units: 1};
    const more = {price: usd(2_000), backorderable: false, category: 'home'};
    await admin.put(`/v1/products/${sku}`, {name, barcode, ...size, ...more}).expect(200);
    const receipt = {warehouse: 'EAST', sku, qty: 50, bin, reference: `first-${sku}`};
    await admin.post('/v1/inventory/receipts', receipt).expect(200);
  }
  await registerApiKeys(api.store, [
    {role: 'device', client_id: 'handheld-1', key_hash: hashKey(DEVICE_KEY), warehouse_id: 'EAST'},
  ]);
  const hire = async (id: string, name: string, roles: string[], pin = '4711') => {
    await admin.put(`/v1/staff/${id}`, {name, warehouse: 'EAST', roles}).expect(200);
    const {body} = await admin.post(`/v1/staff/${id}/credentials`, {badge: true, pin}).expect(200);
    return body.badge as string;
  };
  const floor = openFloor(world);
  const buy = async (lines: readonly {sku: string; qty: number}[]) => {
    const {order_id} = (await floor.place({lines: [...lines]})).body as {order_id: string};
    const planned = async () => {
      const order = await floor.order(order_id);
      return order.sub_orders.length > 0 ? order : undefined;
    };
    const order = await until(`order ${order_id} to have its parts`, planned);
    return {order, east: floor.partFrom(order, 'EAST')};
  };
  return {world, floor, buy, url: `http://127.0.0.1:${api.port}`, hire};
}
