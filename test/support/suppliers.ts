import type {Character} from '../../emulators/supplier/types.ts';
import type {PurchaseView} from '../../store/views/purchases-view.ts';
import type {Caller} from './api.ts';
import supertest from 'supertest';
import {freshKey} from './api.ts';
import {until} from './until.ts';
import type {World} from './world.ts';

const usd = (amount: number) => ({amount, currency: 'USD'});

export interface SupplierWish {
  character?: Character;
  rating?: number;
  acknowledge_seconds?: number;
  /** less than the interface takes, for stories that cannot wait a minute */
  acknowledge_ms?: number;
  email?: string;
  /** by sku */
  offers: Record<string, {cost?: number; days?: number; available?: number | null; min_qty?: number}>;
}

export interface Supplier {
  id: string;
  calls: Caller;
  /** has the emulator verify our messages by another secret from now on */
  knows(secret: string): Promise<unknown>;
}

let suppliers = 0;

/** A supplier of its own for one scenario, played by the emulator; returns its id and a caller with its key. */
export async function openSupplier(world: World, wish: SupplierWish): Promise<Supplier> {
  suppliers += 1;
  const id = `SUP-${String(suppliers).padStart(3, '0')}`;
  const admin = world.api.as('admin');
  const {signing_secret} = (
    await admin
      .put(`/v1/suppliers/${id}`, {
        name: `Supplier ${id}`,
        currency: 'USD',
        active: true,
        rating: wish.rating ?? 90,
        acknowledge_seconds: wish.acknowledge_seconds ?? 86_400,
        country: 'US',
        ...(wish.email ? {email: wish.email} : {webhook_url: `${world.supplierUrl}/hooks/${id}`}),
      })
      .expect(200)
  ).body as {signing_secret: string};
  if (wish.acknowledge_ms !== undefined) {
    const data = {acknowledge_ms: BigInt(wish.acknowledge_ms)};
    await world.api.store.prisma.suppliers.update({where: {id}, data});
  }
  for (const [sku, {cost = 700, days = 2, available = null, min_qty = 1}] of Object.entries(wish.offers)) {
    const offer = {cost: usd(cost), lead_time_days: days, available, min_qty};
    await admin.put(`/v1/suppliers/${id}/offers/${sku}`, offer).expect(200);
  }
  const {key} = (await admin.post(`/v1/suppliers/${id}/keys`, {}).expect(201)).body as {key: string};
  const api = `http://127.0.0.1:${world.api.port}`;
  const player = {id, secret: signing_secret, api, key, character: wish.character ?? 'good'};
  await control(world, 'suppliers', player);
  return {id, calls: callerFor(api, key), knows: (secret) => control(world, 'suppliers', {...player, secret})};
}

function callerFor(api: string, key: string): Caller {
  const agent = supertest(api);
  const bearer = {Authorization: `Bearer ${key}`};
  return {
    get: (path) => agent.get(path).set(bearer),
    put: (path, body) => agent.put(path).set(bearer).send(body),
    post: (path, body = {}, once = freshKey()) =>
      agent
        .post(path)
        .set({...bearer, 'Idempotency-Key': once})
        .send(body),
  };
}

async function control(world: World, path: string, body: object): Promise<void> {
  const init = {method: 'POST', body: JSON.stringify(body)};
  const answer = await fetch(`${world.supplierUrl}/_control/${path}`, init);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`);
}

/** What happened at the suppliers, by their own books. */
export async function supplierLedger(world: World) {
  return (await (await fetch(`${world.supplierUrl}/_control/ledger`)).json()) as {
    forged: number;
    orders: {
      purchase_order_id: string;
      supplier_id: string;
      lines: {line_id: string; sku: string; qty: number}[];
      messages: {id: string; type: string; times: number}[];
      steps: {action: string; status: number; code: string | null}[];
      cancelled: boolean;
    }[];
  };
}

/** The purchase orders of an order, oldest first. */
export async function purchasesOf(world: World, orderId: string): Promise<PurchaseView[]> {
  const {body} = await world.api.as('ops').get(`/v1/purchase-orders?order_id=${orderId}`).expect(200);
  return (body as PurchaseView[]).reverse();
}

/** The order's purchase order with this supplier, once it is in that state. */
export function purchaseAt(world: World, orderId: string, supplier: string, state = 'open'): Promise<PurchaseView> {
  return until(
    `a purchase order at ${supplier} that is ${state}`,
    async () => (await purchasesOf(world, orderId)).find((p) => p.supplier_id === supplier && p.state === state),
    () => purchasesOf(world, orderId),
  );
}
