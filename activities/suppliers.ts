import type {Store} from '../store/index.ts';
import type {DueMessage, MessageKind} from '../store/purchase-messages.ts';
import type {SupplierChannel, SupplierMessage} from './ports.ts';

const TYPES: Readonly<Record<MessageKind, string>> = {
  order: 'purchase_order.created',
  reminder: 'purchase_order.reminder',
  change: 'purchase_order.changed',
  cancellation: 'purchase_order.cancelled',
};

export function supplierActivities(store: Store, channel: SupplierChannel) {
  return {
    watchPurchase: store.watchPurchase,

    /**
     * Sends what the supplier of a part has not been told yet, in order. A message keeps its id and its text over all
     * attempts: one that arrived twice is one message to the supplier.
     */
    async sendPurchaseOrder(input: {sub_order_id: string}): Promise<{sent: number}> {
      const due = await store.dueMessages(input);
      for (const message of due) {
        const {message_id} = message;
        await store.beginMessage({message_id});
        await channel.send(toSend(message));
        await store.settleMessage({message_id});
      }
      return {sent: due.length};
    },
  };
}

function toSend({message_id, order_id, kind, created_at, body, to}: DueMessage): SupplierMessage {
  return {id: message_id, order_id, type: TYPES[kind], at: created_at.getTime(), data: body, to};
}
