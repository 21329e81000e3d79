import type {StoreContext, Tx} from './context.ts';
import type {order_lines, purchase_messages, purchase_orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {isLive} from '../domain/suppliers/purchase.ts';
import {readShipTo, type ShipTo} from './personal-data.ts';
import {toJson} from './record-change.ts';
import {secretsOf} from './supplier-secret.ts';
import {transact} from './transact.ts';

/** `order` asks for units, `reminder` for an answer; `change` and `cancellation` say what is no longer wanted. */
export type MessageKind = 'order' | 'reminder' | 'change' | 'cancellation';

/** One message to a supplier, ready to be sent; it holds an address and goes no further than its channel. */
export interface DueMessage {
  message_id: string;
  purchase_id: string;
  order_id: string;
  kind: MessageKind;
  created_at: Date;
  to: {webhook_url: string | null; email: string | null; secrets: string[]};
  body: Record<string, unknown>;
}

/** Writes down what a supplier is to be told, with the fact that it is about; the part's run sends it. */
export async function writeMessage(
  context: StoreContext,
  tx: Tx,
  purchaseId: string,
  kind: MessageKind,
  body: Record<string, unknown>,
): Promise<void> {
  const at = context.now();
  const seq = (await tx.purchase_messages.count({where: {purchase_id: purchaseId}})) + 1;
  await tx.purchase_messages.create({
    data: {
      id: newId('msg', at),
      purchase_id: purchaseId,
      seq,
      kind,
      body: JSON.parse(toJson(body)),
      state: 'due',
      created_at: at,
    },
  });
}

/**
 * What a part's supplier is still to be told, oldest first. Of a purchase order that has ended nobody needs to hear who
 * never heard of it.
 */
export function dueMessages(context: StoreContext, input: {sub_order_id: string}): Promise<DueMessage[]> {
  return transact(context, async (tx) => {
    const purchase = await tx.purchase_orders.findUnique({where: {sub_order_id: input.sub_order_id}});
    if (!purchase) return [];
    const all = await tx.purchase_messages.findMany({where: {purchase_id: purchase.id}, orderBy: {seq: 'asc'}});
    const due = all.filter((message) => message.state === 'due');
    const unheard = all.every((message) => message.attempts === 0);
    const late = isLive(purchase.state)
      ? []
      : due.filter(({kind}) => unheard || kind === 'order' || kind === 'reminder');
    for (const {id} of late) await tx.purchase_messages.update({where: {id}, data: {state: 'dropped'}});
    const wanted = due.filter((message) => !late.includes(message));
    return wanted.length > 0 ? addressed(context, tx, purchase, wanted) : [];
  });
}

async function addressed(
  context: StoreContext,
  tx: Tx,
  purchase: purchase_orders,
  messages: readonly purchase_messages[],
): Promise<DueMessage[]> {
  const supplier = await tx.suppliers.findUniqueOrThrow({where: {id: purchase.supplier_id}});
  const secrets = await secretsOf(context.vault, tx, supplier);
  const to = {webhook_url: supplier.webhook_url, email: supplier.email, secrets};
  const wishes = await wishesOf(tx, purchase);
  const shipTo = await readShipTo(context, tx, purchase.order_id);
  return messages.map(({id, kind, created_at, body}) => ({
    message_id: id,
    purchase_id: purchase.id,
    order_id: purchase.order_id,
    kind: kind as MessageKind,
    created_at,
    to,
    body: {
      ...head(purchase),
      ...(kind === 'order' ? {lines: wishes, ship_to: shownAddress(shipTo)} : {}),
      ...(body as object),
    },
  }));
}

const head = ({id, sub_order_id, supplier_id, currency}: purchase_orders) => ({
  purchase_order_id: id,
  supplier_id,
  /** printed on the parcel: our customer service finds the order by it */
  reference: sub_order_id,
  currency,
});

/** The address as a supplier needs it: no coordinates. */
export function shownAddress(shipTo: ShipTo | null): Omit<ShipTo, 'lat' | 'lng'> | null {
  if (!shipTo) return null;
  const {lat: _lat, lng: _lng, ...address} = shipTo;
  return address;
}

async function wishesOf(tx: Tx, purchase: purchase_orders) {
  const lines = await tx.purchase_order_lines.findMany({where: {purchase_id: purchase.id}, orderBy: {line_id: 'asc'}});
  const names = new Map(
    (await tx.order_lines.findMany({where: {id: {in: lines.map((line) => line.line_id)}}})).map(
      (line: order_lines): [string, string] => [line.id, line.name],
    ),
  );
  return lines.map(({line_id, sku, qty, unit_cost}) => ({
    line_id,
    sku,
    name: names.get(line_id) ?? sku,
    qty,
    unit_cost: {amount: Number(unit_cost), currency: purchase.currency},
  }));
}

/** Counts an attempt before it is made: what may have been heard must be taken back by another message. */
export async function beginMessage(context: StoreContext, input: {message_id: string}): Promise<void> {
  await context.prisma.purchase_messages.update({where: {id: input.message_id}, data: {attempts: {increment: 1}}});
}

/** The supplier has taken the message. A repeat changes nothing. */
export async function settleMessage(context: StoreContext, input: {message_id: string}): Promise<void> {
  await context.prisma.purchase_messages.updateMany({
    where: {id: input.message_id, state: 'due'},
    data: {state: 'sent', sent_at: context.now()},
  });
}
