import type {Store} from '../store/index.ts';
import {ProviderError} from '../domain/provider-error.ts';
import {buyLabel} from './buy-label.ts';
import {NO_PROMISE} from './choose-carrier.ts';
import type {Carrier} from './ports.ts';

/** Short database steps of a return. */
export function returnSteps(store: Store) {
  const {lookAtReturn, remindReturn, expireReturn, reportOverdueReturn, settleReturn, endReturnRun} = store;
  return {lookAtReturn, remindReturn, expireReturn, reportOverdueReturn, settleReturn, endReturnRun};
}

export function returnActivities(store: Store, carrier: Carrier) {
  return {
    /** Buys the one label of an approved return, the cheapest there is. */
    async buyReturnLabel(input: {return_id: string}): Promise<void> {
      const wanted = await store.returnToLabel(input);
      if (!wanted) return;
      const {return_id, shipment_ref, from, to, weight_g, length_mm, width_mm, height_mm, rules} = wanted;
      const request = {reference: return_id, is_return: true, from, to, weight_g, length_mm, width_mm, height_mm};
      const keep = (ref: string) => store.keepReturnShipment({return_id, shipment_ref: ref});
      const label = await buyLabel({carrier, store}, {shipment_ref, request, keep, rules, wish: NO_PROMISE});
      if (!label) return;
      const {carrier: by, service, tracking_number, tracker_ref, label_url, cost, currency} = label;
      await store.settleReturnLabel({
        return_id,
        carrier: by,
        ...{service, tracking_number, tracker_ref, label_url, cost, currency},
      });
    },

    /** Gives the label of a return that will not be sent back to the carrier, if one was bought. */
    async voidReturnLabel(input: {return_id: string}): Promise<void> {
      const due = await store.returnToVoid(input);
      if (!due) return;
      await store.settleReturnVoid({...input, outcome: await voidLabel(carrier, due.shipment_ref)});
    },
  };
}

async function voidLabel(carrier: Carrier, shipmentRef: string): Promise<'voided' | 'kept'> {
  const {label} = await carrier.retrieve(shipmentRef);
  if (!label) return 'kept';
  try {
    return (await carrier.refund(shipmentRef)) === 'rejected' ? 'kept' : 'voided';
  } catch (error) {
    // a label that was used cannot be given back; anything else may go through later
    if (error instanceof ProviderError && !error.retryable) return 'kept';
    throw error;
  }
}
