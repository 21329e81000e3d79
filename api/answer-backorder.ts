import type {orders} from '../store/generated/client.ts';
import {keepWaiting, waitOf} from '../store/keep-waiting.ts';
import {askToCancel} from './cancel-order.ts';
import type {answerBackorder as contract} from './contract/orders.ts';
import {Problem} from './errors.ts';
import {requireKey} from './idempotency.ts';
import {requestHash} from './request-hash.ts';
import {type Answer, type Call, ok} from './route.ts';

type BackorderCall = Call<typeof contract.params, null, typeof contract.body>;

/** The customer goes on waiting for a line, or no longer: then what waits of it is cancelled, and only that. */
export async function answerBackorder(call: BackorderCall, order: orders): Promise<Answer> {
  const {deps, caller, body} = call;
  const {line_id, choice} = body;
  const request_id = requestHash(caller.client_id, requireKey(call.idempotencyKey)).slice(0, 32);
  const by = {actor: caller.client_id, role: caller.role};
  const before = await waitOf(deps.store, {order_id: order.id, line_id});
  if (!before) throw new Problem('not_found', 'the order has no such line');
  if (choice === 'wait') {
    const kept = await keepWaiting(deps.store, {order_id: order.id, line_id, by});
    if (!kept) throw nothingWaits();
    return ok({line_id, choice, waiting: kept.waiting, cancelled: 0, until: kept.until.toISOString()});
  }
  const lines = [{line_id, qty: Math.max(1, before.qty)}];
  const result = await askToCancel(call, order, {
    lines,
    waiting_only: true,
    reason: 'customer_choice',
    ...by,
    request_id,
  });
  const cancelled = result.cancelled.reduce((sum, line) => sum + line.qty, 0);
  if (cancelled === 0) throw nothingWaits();
  const after = await waitOf(deps.store, {order_id: order.id, line_id});
  return ok({line_id, choice, waiting: after?.waiting ?? 0, cancelled, until: null});
}

const nothingWaits = () => new Problem('nothing_waits', 'its units have a place, have left, or are cancelled');
