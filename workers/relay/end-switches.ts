import type {StoreContext} from '../../store/context.ts';
import {endSwitches} from '../../store/ops/switches.ts';
import {switchCarriersOnInTime} from '../../store/switch-carrier.ts';

/** What was switched off for a time goes on again, on record; sites do so with their open work. Returns how much did. */
export async function endSwitchesInTime(store: StoreContext): Promise<number> {
  return (await endSwitches(store)) + (await switchCarriersOnInTime(store)).length;
}
