import type {ReturnState} from '../domain/returns/state.ts';
import type {StoreContext, Tx} from './context.ts';
import {lockReturn} from './lock-return.ts';
import type {orders, returns} from './generated/client.ts';
import {moveReturn} from './move-return.ts';
import type {Actor} from './record-change.ts';
import {transact} from './transact.ts';

const EXPECTED: readonly string[] = ['label_ready', 'in_transit'];
const ARRIVED: readonly string[] = ['received', 'inspected', 'closed'];

export type ReceiveResult =
  | {outcome: 'received' | 'received_before'; found: returns}
  /** nothing of the kind is awaited: cancelled, expired, not approved */
  | {outcome: 'not_expected'; found: returns}
  | {outcome: 'unknown'};

/** The parcel of a return is in the warehouse's hands. A repeat changes nothing. */
export function receiveReturn(
  context: StoreContext,
  input: {return_id: string; by: Actor & {warehouse_id?: string | null}},
): Promise<ReceiveResult> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, input.return_id);
    if (!locked) return {outcome: 'unknown'};
    return takeIn(context, tx, locked.order, locked.found, input.by);
  });
}

/** The same inside a transaction that holds the order's lock. */
export async function takeIn(
  context: StoreContext,
  tx: Tx,
  order: orders,
  found: returns,
  by: Actor,
): Promise<Exclude<ReceiveResult, {outcome: 'unknown'}>> {
  if (found.kind !== 'customer') return {outcome: 'not_expected', found};
  if (ARRIVED.includes(found.state)) return {outcome: 'received_before', found};
  if (!EXPECTED.includes(found.state)) return {outcome: 'not_expected', found};
  const {actor, role} = by;
  const columns = {received_at: context.now()};
  const moved = await moveReturn(context, tx, order, found, {to: 'received', by: {actor, role}, columns, tell: true});
  return {outcome: 'received', found: moved.found};
}

/** What the carrier says of a return's parcel: that it is on its way. Receipt is what our own scan says. */
export function applyReturnTracking(
  context: StoreContext,
  told: {tracking_number: string; status: string},
): Promise<'applied' | 'stale' | 'unknown_parcel'> {
  return transact(context, async (tx) => {
    const known = await tx.returns.findUnique({where: {tracking_number: told.tracking_number}, select: {id: true}});
    const locked = known && (await lockReturn(tx, known.id));
    if (!locked) return 'unknown_parcel';
    const {order, found} = locked;
    if (found.tracking_status === told.status || !ON_THE_WAY.has(told.status)) return 'stale';
    await tx.returns.update({where: {id: found.id}, data: {tracking_status: told.status}});
    if ((found.state as ReturnState) !== 'label_ready') return 'stale';
    await moveReturn(context, tx, order, found, {
      to: 'in_transit',
      by: {actor: 'carrier', role: 'carrier'},
      tell: true,
    });
    return 'applied';
  });
}

const ON_THE_WAY = new Set(['in_transit', 'out_for_delivery', 'delivered', 'failure', 'return_to_sender']);
