import type {PayFacts} from '../../domain/messages/pay-text.ts';
import {stillToHold} from '../begin-hold.ts';
import type {StoreContext, Tx} from '../context.ts';
import {findTracked} from '../find-tracked.ts';
import type {orders} from '../generated/client.ts';
import {readProfile} from '../personal-data.ts';

export interface PayView extends PayFacts {
  /** for the customer's bank, while it asks for a confirmation */
  client_secret: string | null;
}

/** What the payer behind an order's link is asked for; null for a link that leads nowhere. */
export async function readPayment(context: StoreContext, token: string): Promise<PayView | null> {
  if (!(await findTracked(context, token))) return null;
  return context.prisma.$transaction(
    async (tx) => {
      const order = await tx.orders.findUnique({where: {tracking_token: token}});
      return order && paymentOf(context, tx as Tx, order);
    },
    {isolationLevel: 'RepeatableRead'},
  );
}

async function paymentOf(context: StoreContext, tx: Tx, order: orders): Promise<PayView> {
  const asking = await tx.payments.findFirst({
    where: {order_id: order.id, state: 'requires_action'},
    orderBy: {created_at: 'desc'},
  });
  const client_secret = asking?.client_secret ?? null;
  const renewal = order.waiting_on === 'payment_renewal';
  const profile = await readProfile(context, tx, order.customer_id);
  return {
    number: order.number,
    locale: profile?.locale ?? null,
    case: caseOf(order, client_secret !== null),
    amount: renewal ? await stillToHold(tx, order, undefined) : Number(order.total_amount),
    currency: order.currency,
    until: order.waiting_deadline,
    client_secret,
  };
}

function caseOf({status, waiting_on, waiting_owner}: orders, bankAsks: boolean): PayFacts['case'] {
  if (status === 'cancelled') return 'cancelled';
  switch (waiting_on) {
    case 'customer_authentication':
      return 'confirm';
    case 'payment_method':
      return 'method';
    case 'payment_renewal':
      // past the window somebody here sees to it
      if (waiting_owner !== 'customer') return 'over';
      return bankAsks ? 'renew_confirm' : 'renew_method';
    default:
      return 'settled';
  }
}
