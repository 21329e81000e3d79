import type {CollectionTerms} from '../domain/shipping/collection.ts';
import type {StoreContext, Tx} from './context.ts';
import type {manifests} from './generated/client.ts';
import {logDecision} from './log-decision.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

export interface DueManifest {
  id: string;
  /** the platform's names of its shipments */
  shipments: string[];
  /** an earlier question may have reached the platform */
  seen_before: boolean;
  attempts: number;
}

/** Takes the next manifest to ask the platform for, and records that it is about to be asked; null when none is due. */
export function beginManifest(context: StoreContext, {lease}: CollectionTerms): Promise<DueManifest | null> {
  return transact(context, async (tx) => {
    const now = context.now();
    const [due] = await tx.$queryRaw<manifests[]>`SELECT * FROM manifests
      WHERE state IN ('open', 'asked') AND due_at <= ${now} ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`;
    if (!due) return null;
    // what is asked for stays as it was asked: a lost answer is about all of it
    if (due.state === 'open') await dropVoided(tx, due.id);
    const rows = await tx.$queryRaw<{ref: string}[]>`SELECT p.shipment_ref AS ref FROM manifest_parcels m
      JOIN parcels p ON p.id = m.parcel_id WHERE m.manifest_id = ${due.id} ORDER BY p.id`;
    if (rows.length === 0) {
      await fail(context, tx, due, 'no_parcels');
      return null;
    }
    const attempts = due.attempts + 1;
    const data = {state: 'asked', attempts, due_at: new Date(now.getTime() + lease)};
    await tx.manifests.update({where: {id: due.id}, data});
    if (due.state === 'open') await decide(context, tx, due, {state: 'asked', parcels: rows.length});
    return {id: due.id, shipments: rows.map(({ref}) => ref), seen_before: due.state === 'asked', attempts};
  });
}

async function dropVoided(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM manifest_parcels m USING parcels p WHERE m.manifest_id = ${id} AND p.id = m.parcel_id
    AND (p.label_state <> 'bought' OR p.void_state IS NOT NULL OR p.state = 'cancelled')`;
}

/** Nothing is known yet: it is looked up after `rest` milliseconds. */
export async function putOffManifest(context: StoreContext, id: string, rest: number): Promise<void> {
  const due_at = new Date(context.now().getTime() + rest);
  await context.prisma.manifests.updateMany({where: {id, state: 'asked'}, data: {due_at}});
}

/** What the platform's form says. */
export interface MadeForm {
  form_ref: string;
  form_url: string | null;
  tracking_numbers: string[];
}

/** Writes down the form that was made; a parcel that is not on it is free for the next. A repeat changes nothing. */
export function settleManifest(context: StoreContext, id: string, form: MadeForm): Promise<void> {
  return transact(context, async (tx) => {
    const ours = await tx.$queryRaw<{order_id: string}[]>`SELECT DISTINCT p.order_id FROM manifest_parcels m
      JOIN parcels p ON p.id = m.parcel_id WHERE m.manifest_id = ${id} ORDER BY p.order_id`;
    const orders = new Map<string, Awaited<ReturnType<typeof lockOrder>>>();
    for (const {order_id} of ours) orders.set(order_id, await lockOrder(tx, order_id));
    const manifest = await lockAsked(tx, id);
    if (!manifest) return;
    await tx.$executeRaw`DELETE FROM manifest_parcels m USING parcels p WHERE m.manifest_id = ${id}
      AND p.id = m.parcel_id AND NOT p.tracking_number = ANY(${form.tracking_numbers}::text[])`;
    const kept = await tx.manifest_parcels.findMany({where: {manifest_id: id}, select: {parcel_id: true}});
    if (kept.length === 0) return fail(context, tx, manifest, 'on_no_form');
    const {form_ref: platform_ref, form_url} = form;
    await tx.manifests.update({where: {id}, data: {state: 'made', platform_ref, form_url, made_at: context.now()}});
    await decide(context, tx, manifest, {state: 'made', platform_ref, parcels: kept.length});
    const parcels = await tx.parcels.findMany({
      where: {id: {in: kept.map(({parcel_id}) => parcel_id)}},
      orderBy: {id: 'asc'},
    });
    for (const {id: parcel_id, order_id, sub_order_id} of parcels) {
      const order = orders.get(order_id) ?? (await lockOrder(tx, order_id));
      const data = {parcel_id, manifest_id: id, carrier: manifest.carrier};
      const change = {order, type: 'sub_order.manifested', by: SYSTEM, sub_order_id, data};
      orders.set(order_id, await recordChange(context, tx, change));
    }
  });
}

/** The platform makes no such form; its parcels are free for another. */
export function failManifest(context: StoreContext, id: string, failure: string): Promise<void> {
  return transact(context, async (tx) => {
    const manifest = await lockAsked(tx, id);
    if (manifest) await fail(context, tx, manifest, failure);
  });
}

async function lockAsked(tx: Tx, id: string): Promise<manifests | undefined> {
  const rows = await tx.$queryRaw<manifests[]>`SELECT * FROM manifests WHERE id = ${id} AND state = 'asked' FOR UPDATE`;
  return rows[0];
}

async function fail(context: StoreContext, tx: Tx, manifest: manifests, failure: string): Promise<void> {
  await tx.manifest_parcels.deleteMany({where: {manifest_id: manifest.id}});
  await tx.manifests.update({where: {id: manifest.id}, data: {state: 'failed', failure}});
  await decide(context, tx, manifest, {state: 'failed', failure});
}

async function decide(context: StoreContext, tx: Tx, {id, state}: manifests, output: object): Promise<void> {
  await logDecision(context, tx, {kind: 'manifest', inputs: {manifest_id: id, was: state}, output});
}
