import type {VoidState} from '../store/label-to-void.ts';
import type {Store} from '../store/index.ts';
import type {Carrier} from './ports.ts';

export interface VoidOutcome {
  /** `not_bought`: not yet, as far as the carrier knows; a purchase may still be on its way to it */
  state: VoidState | 'not_bought';
}

export function voidActivities(store: Store, carrier: Carrier) {
  return {
    /**
     * Gets the money for an unused label back, or sees what became of it. The carrier's books are read before anything
     * is asked. `ask`: how many times it may have been asked by the end of this step; `last_look`: no purchase can be
     * on its way any more.
     */
    async voidLabel(input: {parcel_id: string; ask: number; last_look: boolean}): Promise<VoidOutcome> {
      const {parcel_id, ask, last_look} = input;
      const wanted = await store.labelToVoid({parcel_id});
      if (wanted.state === 'refunded' || wanted.state === 'nothing_bought') return {state: wanted.state};
      const {shipment_ref: ref} = wanted;
      const found = ref === null ? null : await carrier.retrieve(ref);
      if (ref === null || !found?.label) {
        if (ref !== null && !last_look) return {state: 'not_bought'};
        await store.settleVoid({parcel_id, state: 'nothing_bought', ask: wanted.asked});
        return {state: 'nothing_bought'};
      }
      const open = found.refund === 'none' || (found.refund === 'rejected' && wanted.asked < ask);
      if (open) await store.beginVoid({parcel_id, ask});
      const answer = open ? await carrier.refund(ref) : found.refund;
      const state = answer === 'none' ? 'rejected' : answer;
      const asked = open ? ask : wanted.asked;
      await store.settleVoid({parcel_id, state, ask: asked, label: found.label});
      return {state};
    },
  };
}
