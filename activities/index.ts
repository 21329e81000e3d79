import type {Store} from '../store/index.ts';
import {bulkActivities} from './bulk.ts';
import {judged} from './failures.ts';
import {orderActivities, recoveryActivities, subOrderActivities} from './order.ts';
import {paymentActivities} from './payment.ts';
import {payerActivities} from './payer.ts';
import {disputeActivities} from './dispute.ts';
import {refundActivities} from './refund.ts';
import type {Carrier, Clock, OrderRuns, PaymentGateway, SupplierChannel} from './ports.ts';
import {returnActivities, returnSteps} from './returns.ts';
import {shippingActivities} from './shipping.ts';
import {supplierActivities} from './suppliers.ts';
import {voidActivities} from './void-label.ts';

export interface ActivityPorts {
  store: Store;
  payments: PaymentGateway;
  carrier: Carrier;
  suppliers: SupplierChannel;
  runs: OrderRuns;
  clock: Clock;
}

/** Everything a workflow may ask for. */
export function createActivities({store, payments, carrier, suppliers, runs, clock}: ActivityPorts) {
  return judged({
    ...orderActivities(store),
    ...subOrderActivities(store),
    ...recoveryActivities(store),
    ...paymentActivities(store, payments, () => clock.now()),
    ...refundActivities(store, payments, () => clock.now()),
    ...payerActivities(store, payments),
    ...disputeActivities(store, payments),
    ...returnSteps(store),
    ...returnActivities(store, carrier),
    ...voidActivities(store, carrier),
    ...shippingActivities(store, carrier, () => clock.now()),
    ...supplierActivities(store, suppliers),
    ...bulkActivities(store, runs),
  });
}

export type Activities = ReturnType<typeof createActivities>;
