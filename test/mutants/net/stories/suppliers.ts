import {offer} from '../../../support/shop.ts';
import {openSupplier, purchaseAt, purchasesOf} from '../../../support/suppliers.ts';
import {expect, type Story} from '../story.ts';

export const SUPPLIERS: readonly Story[] = [
  {
    name: 'a supplier that says nothing, the next one sends it',
    play: async ({world, floor}) => {
      const sku = await offer(world.api, {price: 1_001});
      const mute = await openSupplier(world, {
        character: 'silent',
        acknowledge_ms: 1_500,
        offers: {[sku]: {cost: 400}},
      });
      await openSupplier(world, {offers: {[sku]: {cost: 900}}});
      const {order_id} = await floor.buy({lines: [{sku, qty: 2}]});
      await floor.ends(order_id, 'delivered');
      const [first] = await purchasesOf(world, order_id);
      expect('the silent one was given up', first?.supplier_id === mute.id && first.state === 'given_up', first);
    },
  },
  {
    name: 'a part from a supplier, a part from a warehouse',
    play: async ({world, floor}) => {
      const sku = await offer(world.api, {price: 777, at: {EAST: 1}});
      await openSupplier(world, {character: 'over', offers: {[sku]: {available: 5}}});
      const order = await floor.buy({lines: [{sku, qty: 3}]});
      await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
      await floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'acknowledged in part, the rest from the next supplier',
    play: async ({world, floor}) => {
      const sku = await offer(world.api, {price: 1_001});
      await openSupplier(world, {character: 'partial', offers: {[sku]: {cost: 400, available: 9}}});
      const next = await openSupplier(world, {offers: {[sku]: {cost: 900, available: 9}}});
      const {order_id} = await floor.buy({lines: [{sku, qty: 3}]});
      await floor.ends(order_id, 'delivered');
      const second = (await purchasesOf(world, order_id)).find((purchase) => purchase.supplier_id === next.id);
      expect('the next one is asked for what is missing', second?.lines[0]?.['qty'] === 1, second);
    },
  },
  {
    name: 'cancelled before the supplier answered, and too late afterwards',
    play: async ({world, floor}) => {
      const sku = await offer(world.api, {});
      const {id, calls} = await openSupplier(world, {character: 'silent', offers: {[sku]: {available: 9}}});
      const [early, late] = [await floor.buy({lines: [{sku, qty: 2}]}), await floor.buy({lines: [{sku, qty: 2}]})];
      await floor.cancel(early.order_id).expect(200);
      await floor.ends(early.order_id, 'cancelled');
      const purchase = await purchaseAt(world, late.order_id, id);
      const path = `/v1/purchase-orders/${purchase.purchase_order_id}`;
      await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 2}]}).expect(200);
      const refused = await floor.cancel(late.order_id);
      expect('it is too late once the supplier has acknowledged', refused.status === 409, refused.body);
      const tracking_number = `SUP-NET-${purchase.purchase_order_id}`;
      const at = new Date().toISOString();
      await calls.post(`${path}/shipments`, {tracking_number, carrier: 'Express', shipped_at: at}).expect(200);
      await calls.post(`${path}/tracking`, {status: 'delivered', at}).expect(200);
      await floor.ends(late.order_id, 'delivered');
    },
  },
  {
    name: "another supplier's purchase order",
    play: async ({world, floor}) => {
      const sku = await offer(world.api, {});
      const {id} = await openSupplier(world, {character: 'silent', offers: {[sku]: {}}});
      const stranger = await openSupplier(world, {offers: {}});
      const {order_id} = await floor.buy({lines: [{sku, qty: 1}]});
      const {purchase_order_id} = await purchaseAt(world, order_id, id);
      const seen = await stranger.calls.get(`/v1/purchase-orders/${purchase_order_id}`);
      expect('it does not exist to others', seen.status === 404, seen.body);
      const list = await stranger.calls.get('/v1/purchase-orders');
      expect('nor in their list', (list.body as unknown[]).length === 0, list.body);
      await floor.cancel(order_id).expect(200);
      await floor.ends(order_id, 'cancelled');
    },
  },
];
