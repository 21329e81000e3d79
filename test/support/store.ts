import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {closeStore, openStore, type StoreContext} from '../../store/context.ts';
import {bindStore, type Store} from '../../store/index.ts';
import {keepPolicy} from '../../store/policies.ts';
import {receiveStock} from '../../store/receive-stock.ts';
import {createVault} from '../../store/vault.ts';
import {TEST_KEYS} from './api.ts';
import {createTestDatabase} from './database.ts';
import type {Wish} from './shop.ts';
import {storeOrder} from './stored-order.ts';

export interface TestStore {
  store: StoreContext;
  verbs: Store;
  databaseUrl: string;
  close: () => Promise<void>;
}

/** The store on a database of its own, with two warehouses; nothing else runs. */
export async function startTestStore(): Promise<TestStore> {
  const database = await createTestDatabase();
  const store = openStore({databaseUrl: database.url, vault: createVault(TEST_KEYS), now: () => new Date()});
  await keepPolicy(store, OPEN_POLICY);
  for (const id of ['EAST', 'WEST']) {
    const address = {line1: '1 Dock Road', city: 'New York', region: 'NY', postal_code: '10001', country: 'US'};
    await store.prisma
      .$executeRaw`INSERT INTO warehouses (id, name, address, lat, lng, timezone, cut_off, priority, active, updated_at)
      VALUES (${id}, ${id}, ${JSON.stringify(address)}::jsonb, 40.7, ${id === 'EAST' ? -74 : -118}, 'UTC', '16:00', 1, true, now())`;
  }
  return {
    store,
    verbs: bindStore(store),
    databaseUrl: database.url,
    close: async () => {
      await closeStore(store);
      await database.drop();
    },
  };
}

/** A product with so many units in EAST. */
export async function stockUp(store: StoreContext, sku: string, qty: number, backorderable = false): Promise<void> {
  await store.prisma.$executeRaw`INSERT INTO products (sku, name, price_amount, currency, weight_g, length_mm, width_mm,
      height_mm, capacity_units, barcode, backorderable, updated_at)
    VALUES (${sku}, ${sku}, 1999, 'USD', 400, 100, 80, 60, 1, ${`bar-${sku}`}, ${backorderable}, now())`;
  if (qty > 0) await receiveStock(store, {warehouse: 'EAST', sku, qty, bin: 'A-1', reference: 'first', actor: 'test'});
}

const {routing, shipping, fraud} = OPEN_POLICY;

/** An order whose money is held and whose units are planned, not yet promised. */
export async function planned({store, verbs}: TestStore, wish: Wish): Promise<{order_id: string; decision_id: string}> {
  const order_id = await storeOrder(store, wish);
  const plan = await verbs.planOrder({order_id, run_id: `run-${order_id}`, policy: {routing, shipping}});
  if (plan.outcome !== 'planned') throw new Error(`${order_id} is ${plan.outcome}`);
  const hold = await verbs.beginHold({order_id, purpose: 'initial', attempt: 1});
  await verbs.settleHold({
    payment_id: hold?.payment_id ?? '',
    hold: {
      ref: `pi_${order_id}`,
      state: 'authorized',
      capture_before: null,
      multicapture: false,
      saved_method: null,
      card_fingerprint: null,
      client_secret: null,
      decline_code: null,
    },
  });
  return {order_id, decision_id: plan.decision_id};
}

/** An order with open pick tasks; returns the ids of its sub-orders. */
export async function onTheFloor(test: TestStore, wish: Wish): Promise<{order_id: string; parts: string[]}> {
  const {order_id, decision_id} = await planned(test, wish);
  const {verbs} = test;
  const reserved = await verbs.reservePlan({order_id, decision_id});
  if (reserved.outcome !== 'reserved') throw new Error(`${order_id}: somebody was faster`);
  await verbs.screenOrder({order_id, limits: fraud, review_until: Date.now() + 3_600_000});
  const parts = await verbs.confirmPlan({order_id, decision_id});
  for (const {sub_order_id, source} of parts) if (source) await verbs.openTasks({sub_order_id});
  return {order_id, parts: parts.map((p) => p.sub_order_id)};
}

/** Every way in which the tables about units contradict each other; empty when they agree. */
export async function unitFaults({store}: TestStore): Promise<unknown[]> {
  const lines = store.prisma.$queryRaw<unknown[]>`
    SELECT l.id, l.qty, l.cancelled, l.picked, l.in_transit, l.delivered, l.reserved, p.* FROM order_lines l JOIN (
      SELECT line_id, sum(qty) AS p_qty, sum(cancelled) AS p_cancelled, sum(picked) AS p_picked FROM sub_order_lines
      GROUP BY line_id) p ON p.line_id = l.id
    WHERE l.unallocated + p_qty <> l.qty OR p_cancelled <> l.cancelled
      OR p_picked <> l.picked + l.in_transit + l.delivered + l.lost`;
  const stock = store.prisma.$queryRaw<unknown[]>`
    SELECT s.* FROM stock s LEFT JOIN (SELECT warehouse_id, sku, sum(qty) AS qty FROM reservations WHERE state = 'open'
      GROUP BY warehouse_id, sku) r USING (warehouse_id, sku) WHERE s.reserved <> coalesce(r.qty, 0)`;
  const ledger = store.prisma.$queryRaw<unknown[]>`
    SELECT s.* FROM stock s JOIN (SELECT warehouse_id, sku, sum(d_on_hand) AS a, sum(d_reserved) AS b FROM stock_moves
      GROUP BY warehouse_id, sku) m USING (warehouse_id, sku) WHERE s.on_hand <> m.a OR s.reserved <> m.b`;
  return (await Promise.all([lines, stock, ledger])).flat();
}
