import {type Books, by, sum, TERMINAL} from './books.ts';

/** W2, at rest: who has not ended waits for something with a name, an owner or a deadline. */
export function openOrdersWait({orders}: Books): string[] {
  return orders
    .filter((o) => !TERMINAL.includes(o.status))
    .filter((o) => o.waiting_on === null || (o.waiting_owner === null && o.waiting_deadline === null))
    .map((o) => `${o.number} is ${o.status} and waits for ${o.waiting_on ?? 'nothing'}`);
}

/** W3, at rest: a run is open as long as its order is, and as long as money for it is missing by name. */
export function runsFollowOrders({orders, executions}: Books): string[] {
  return orders.flatMap((o) => {
    const open = executions.some((e) => e.id === `order:${o.id}` && e.open);
    const ended = TERMINAL.includes(o.status) && o.waiting_on !== 'payment_renewal';
    return open === ended ? [`${o.number} is ${o.status}, its run is ${open ? 'open' : 'not open'}`] : [];
  });
}

/** W3: no run fails. */
export function noRunFails({executions}: Books): string[] {
  return executions
    .filter((e) => e.status === 'failed')
    .map((e) => `${e.type} ${e.id} failed: ${e.failure instanceof Error ? e.failure.stack : String(e.failure)}`);
}

/** W3, at rest: nothing is tried for ever. */
export function nothingIsTriedForEver({trying}: Books): string[] {
  return trying.map((what) => `${what} never succeeds`);
}

const BEFORE: readonly string[] = ['pending', 'payment_processing', 'paid'];

/** W4: the status is what units and parts say. */
export function statusFollowsFromUnits({orders, lines, subs}: Books): string[] {
  const linesOf = by(lines, (l) => l.order_id);
  const subsOf = by(subs, (s) => s.order_id);
  return orders.flatMap((o) => {
    const own = linesOf.get(o.id);
    const open = sum(own, (l) => l.qty - l.cancelled);
    const ended = sum(own, (l) => l.delivered + l.lost + l.came_back);
    const out = ended + sum(own, (l) => l.in_transit);
    const kept = sum(own, (l) => l.delivered - l.returned);
    const stages = (subsOf.get(o.id) ?? []).map((s) => s.stage);
    const units = `${o.number} is ${o.status}; of ${open} open units ${out} left, ${ended} ended, ${kept} arrived`;
    if (open === 0) return o.status === 'cancelled' ? [] : [units];
    if (BEFORE.includes(o.status)) return out > 0 ? [units] : [];
    const should =
      out === 0 ? 'awaiting_fulfillment' : out < open ? 'partially_fulfilled' : ended < open ? 'fulfilled' : '';
    if (should !== '' && o.status !== should) return [units];
    if (should === '' && !(o.status === 'delivered' || (o.status === 'refunded' && kept === 0))) return [units];
    const going = stages.filter((s) => !['DELIVERED', 'CANCELLED', 'RETURN_TO_SENDER', 'EXCEPTION'].includes(s));
    return TERMINAL.includes(o.status) && going.length > 0
      ? [`${o.number} is ${o.status}, its parts are ${stages.join()}`]
      : [];
  });
}

/** W5: one chain of runs per order, and it is the recorded one. */
export function oneChainPerOrder({orders, runs, executions}: Books): string[] {
  const chains = by(
    executions.filter((e) => e.type === 'orderWorkflow'),
    (e) => e.id,
  );
  const wrong = [...chains].filter(([, all]) => all.filter((e) => e.status !== 'continued').length > 1);
  const unrecorded = orders.filter(
    (o) => o.status !== 'pending' && !runs.some((r) => r.order_id === o.id) && o.status !== 'cancelled',
  );
  return [
    ...wrong.map(([id]) => `${id} was started twice`),
    ...unrecorded.map((o) => `no run is recorded for ${o.number}`),
  ];
}
