import {logDecision} from './log-decision.ts';
import {lockCarrier} from './carrier-health.ts';
import type {StoreContext} from './context.ts';
import type {carrier_health} from './generated/client.ts';
import {transact} from './transact.ts';

/** Switches a carrier off or on by hand; null when no parcel was ever offered to it. On is a clean slate. */
export function switchCarrier(
  context: StoreContext,
  input: {carrier: string; active: boolean; reason: string; until: Date | null; actor: string},
): Promise<carrier_health | null> {
  return transact(context, async (tx) => {
    const {carrier, active, reason, until, actor} = input;
    const before = await lockCarrier(tx, carrier);
    if (!before) return null;
    const at = context.now();
    const well = {state: 'closed', failures: 0, strain: 0, opened_at: null, probe_at: null, probe_by: null};
    const row = await tx.carrier_health.update({
      where: {carrier},
      data: {
        active,
        switch_reason: reason,
        switch_until: active ? null : until,
        updated_at: at,
        ...(active && {...well, probes_failed: 0}),
      },
    });
    const inputs = {carrier, active, reason, until, actor};
    await logDecision(context, tx, {kind: 'switch', inputs, output: {was: before.active, state: before.state}});
    return row;
  });
}

/** Carriers whose time off is over are asked again; returns their names. */
export async function switchCarriersOnInTime(context: StoreContext): Promise<string[]> {
  const due = await context.prisma.carrier_health.findMany({
    where: {active: false, switch_until: {lte: context.now()}},
    select: {carrier: true},
  });
  for (const {carrier} of due) {
    const on = {active: true, reason: 'its time off is over', until: null, actor: 'waybill'};
    await switchCarrier(context, {carrier, ...on});
  }
  return due.map(({carrier}) => carrier);
}
