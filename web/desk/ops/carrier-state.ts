import type {Tone} from '../../ui/status.tsx';
import type {Carrier} from './types.ts';

export type CarrierState = Carrier['state'] | 'off';

/** What people are told of a carrier: who is switched off is not asked, whatever its breaker says. */
export const stateOf = ({active, state}: Carrier): CarrierState => (active ? state : 'off');

export const CARRIER_TONES: Readonly<Record<CarrierState, Tone>> = {
  closed: 'good',
  open: 'bad',
  half_open: 'wait',
  off: 'ended',
};
