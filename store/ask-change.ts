import type {StoreContext, Tx} from './context.ts';
import type {order_changes, orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {sealPersonal} from './keep-customer.ts';
import type {ShipTo} from './personal-data.ts';
import {type Actor, toJson} from './record-change.ts';
import {transact} from './transact.ts';

export type ChangeKind = 'quantity' | 'add_lines' | 'address' | 'hold' | 'release';

/** What is asked, without anything personal: the new address is sealed beside it. */
export interface ChangeBody {
  /** quantity: how many units of the line there shall be */
  lines?: {line_id: string; qty: number}[];
  /** add_lines */
  add?: {sku: string; qty: number}[];
  /** hold: until when at the latest, epoch milliseconds */
  until?: number;
  /** units that are picked already are put back */
  unpick?: boolean;
  /** only to the order as it was seen: the number of its last event then */
  if_version?: number;
}

export interface ChangeToAsk {
  order: orders;
  kind: ChangeKind;
  body: ChangeBody;
  ship_to?: ShipTo;
  reason: string;
  by: Actor;
  /** the same request is one change */
  request_id: string;
}

/** What came of a change, for whoever asked for it. */
export interface ChangeOutcome {
  state: 'applied' | 'refused';
  applied: {line_id: string; sku: string; qty: number}[];
  refused: {line_id?: string; sku?: string; qty?: number; code: string}[];
}

/** Where the address of a change is sealed until it is the order's. */
export const addressOf = (changeId: string) => ({subject: `change:${changeId}`, field: 'ship_to'});

/** Writes down what is asked of an order, before its run hears of it. A repeat finds the first one. */
export function askChange(context: StoreContext, input: ChangeToAsk): Promise<order_changes> {
  return transact(context, (tx) => askWithin(context, tx, input));
}

/** The same as a part of the caller's transaction. */
export async function askWithin(context: StoreContext, tx: Tx, input: ChangeToAsk): Promise<order_changes> {
  const known = await tx.order_changes.findUnique({where: {request_id: input.request_id}});
  if (known) return known;
  const {order, kind, body, reason, by, request_id, ship_to} = input;
  const at = context.now();
  const id = newId('chg', at);
  const kept = await tx.$executeRaw`INSERT INTO order_changes
    (id, order_id, request_id, kind, state, actor, role, reason, body, created_at)
    VALUES (${id}, ${order.id}, ${request_id}, ${kind}, 'asked', ${by.actor}, ${by.role}, ${reason},
      ${toJson(body)}::jsonb, ${at}) ON CONFLICT (request_id) DO NOTHING`;
  const row = await tx.order_changes.findUniqueOrThrow({where: {request_id}});
  if (kept === 1 && ship_to) await sealAddress(context, tx, order.customer_id, id, ship_to);
  return row;
}

async function sealAddress(
  context: StoreContext,
  tx: Tx,
  customerId: string,
  changeId: string,
  value: ShipTo,
): Promise<void> {
  const key = await tx.customer_keys.findUniqueOrThrow({where: {customer_id: customerId}});
  await sealPersonal(context, tx, {id: customerId, wrapped_key: key.wrapped_key}, {...addressOf(changeId), value});
}

/** What came of the change; null while it is not decided. */
export function outcomeOf(change: order_changes): ChangeOutcome | null {
  return change.state === 'applied' || change.state === 'refused' ? (change.outcome as unknown as ChangeOutcome) : null;
}

/** Writes down what came of it, in the transaction that made it so. */
export async function decideChange(
  context: StoreContext,
  tx: Tx,
  change: order_changes,
  outcome: ChangeOutcome,
): Promise<void> {
  await tx.order_changes.update({
    where: {id: change.id},
    data: {state: outcome.state, outcome: JSON.parse(toJson(outcome)), decided_at: context.now()},
  });
  // refused or taken over: nobody needs it here any more
  await tx.personal_data.deleteMany({where: addressOf(change.id)});
}
