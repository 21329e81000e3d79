import {isSwitchedOff} from '../carrier-health.ts';
import type {StoreContext} from '../context.ts';
import type {carrier_health} from '../generated/client.ts';
import {time} from './shapes.ts';

export interface CarrierView {
  carrier: string;
  state: string;
  failures: number;
  opened_at: string | null;
  probe_at: string | null;
  probes_failed: number;
  active: boolean;
  reason: string | null;
  until: string | null;
}

export async function readCarriers({prisma, now}: StoreContext): Promise<CarrierView[]> {
  const rows = await prisma.carrier_health.findMany({orderBy: {carrier: 'asc'}});
  return rows.map((row) => carrierView(row, now()));
}

export function carrierView(row: carrier_health, now: Date): CarrierView {
  const {carrier, state, failures, opened_at, probe_at, probes_failed, switch_reason, switch_until} = row;
  const off = isSwitchedOff(row, now);
  return {
    carrier,
    state,
    failures,
    opened_at: opened_at && time(opened_at),
    probe_at: probe_at && time(probe_at),
    probes_failed,
    active: !off,
    reason: switch_reason,
    until: off && switch_until ? time(switch_until) : null,
  };
}
