import {bulkRequestId} from '../../domain/ops/bulk.ts';
import type {ChangeKind, ChangeToAsk} from '../ask-change.ts';
import type {CancelInput} from '../cancel-lines.ts';
import type {bulk_jobs, orders} from '../generated/client.ts';
import type {Sent} from '../reallocate.ts';
import type {Actor} from '../record-change.ts';

/** Who answers for what is done: whoever confirmed it; before that, whoever looks at what would come of it. */
const byOf = ({actor, role, confirmed_by, confirmed_role}: bulk_jobs): Actor => ({
  actor: confirmed_by ?? actor,
  role: confirmed_role ?? role,
});

/** The act on one of its orders, as the order's own call would ask for it. `version`: only if it is still that. */
export function cancellationOf(job: bulk_jobs, orderId: string, version: number): Omit<CancelInput, 'until'> {
  const request_id = bulkRequestId(job.id, orderId);
  const unpick = job.unpick ? {unpick: true} : {};
  return {order_id: orderId, reason: job.reason, ...byOf(job), request_id, if_version: version, ...unpick};
}

export function changeOf(job: bulk_jobs, order: orders, version: number): ChangeToAsk {
  const {kind, reason, hold_until} = job;
  const body = {if_version: version, ...(hold_until && {until: hold_until.getTime()})};
  const request_id = bulkRequestId(job.id, order.id);
  return {order, kind: kind as ChangeKind, body, reason, by: byOf(job), request_id};
}

export function moveOf(job: bulk_jobs, orderId: string): {sent: Sent; cause: string} {
  const {away_from, reason} = job;
  const cause = bulkRequestId(job.id, orderId);
  return {cause, sent: {avoid: away_from ?? '', by: byOf(job), reason, subject: cause}};
}
