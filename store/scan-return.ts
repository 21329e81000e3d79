import {mayWorkAt} from './claim-task.ts';
import {receiveComeBack} from './come-back.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, returns} from './generated/client.ts';
import {takeIn} from './receive-return.ts';
import {refuse, type ScanAnswer, type ScanInput} from './scan-answer.ts';

/** What a code at the returns desk stands for: a return's label, a return's id, or a parcel of ours that came back. */
export async function findReturned(tx: Tx, code: string): Promise<{order_id: string} | null> {
  const found = await tx.returns.findFirst({where: {OR: [{tracking_number: code}, {id: code}], kind: 'customer'}});
  if (found) return found;
  return tx.parcels.findFirst({where: {OR: [{tracking_number: code}, {id: code}]}, select: {order_id: true}});
}

/** A parcel that comes in: sent back by the customer, or brought back by the carrier. */
export async function scanReturn(context: StoreContext, tx: Tx, order: orders, input: ScanInput): Promise<ScanAnswer> {
  const {code} = input;
  const by = {actor: input.by.actor, role: input.by.role};
  const found = await tx.returns.findFirst({where: {OR: [{tracking_number: code}, {id: code}], kind: 'customer'}});
  if (found) {
    if (!mayWorkAt(input.by, found.warehouse_id))
      return refuse('not_yours', 'This return belongs to another warehouse.');
    const {outcome} = await takeIn(context, tx, order, found, by);
    if (outcome === 'received') return accepted(tx, found, 'Received. Open it and say what is inside.');
    return outcome === 'received_before'
      ? refuse('done', 'This return was received already.')
      : refuse('cancelled', 'This return is not expected. Put it aside for the lead.');
  }
  const parcel = await tx.parcels.findFirstOrThrow({where: {OR: [{tracking_number: code}, {id: code}]}});
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  if (!mayWorkAt(input.by, sub.source_id ?? ''))
    return refuse('not_yours', 'This parcel belongs to another warehouse.');
  switch (await receiveComeBack(context, tx, order, parcel, by)) {
    case 'received':
      return {accepted: true, code: 'ok', next: null, message: 'Back. Put it into receiving.', parcel_id: parcel.id};
    case 'received_before':
      return refuse('done', 'This parcel was received already.');
    case 'lost':
      return refuse('cancelled', 'This parcel was given up as lost. Put it aside for the lead.');
    case 'not_sent':
      return refuse('unknown_code', 'This parcel has not left the house yet.');
  }
}

async function accepted(tx: Tx, found: returns, message: string): Promise<ScanAnswer> {
  const lines = await tx.return_lines.findMany({where: {return_id: found.id}, orderBy: {line_id: 'asc'}});
  const next = {return_id: found.id, lines: lines.map(({line_id, sku, qty}) => ({line_id, sku, qty}))};
  return {accepted: true, code: 'ok', next, message};
}
