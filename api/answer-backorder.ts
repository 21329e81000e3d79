import type {orders} from '../store/generated/client.ts';
import {keepWaiting, waitOf} from '../store/keep-waiting.ts';
import type {Actor} from '../store/record-change.ts';
import {askToCancel} from './cancel-order.ts';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';
import {type Answer, ok} from './route.ts';

interface Asked {
  line_id: string;
  choice: 'wait' | 'cancel';
  by: Actor;
  request_id: string;
}

/** The customer goes on waiting for a line, or no longer: then what waits of it is cancelled, and only that. */
export async function answerBackorder(deps: ApiDeps, order: orders, asked: Asked): Promise<Answer> {
  const {line_id, choice, by, request_id} = asked;
  const before = await waitOf(deps.store, {order_id: order.id, line_id});
  if (!before) throw new Problem('not_found', 'the order has no such line');
  if (choice === 'wait') {
    const kept = await keepWaiting(deps.store, {order_id: order.id, line_id, by});
    if (!kept) throw nothingWaits();
    return ok({line_id, choice, waiting: kept.waiting, cancelled: 0, until: kept.until.toISOString()});
  }
  const lines = [{line_id, qty: Math.max(1, before.qty)}];
  const result = await askToCancel({deps}, order, {
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
