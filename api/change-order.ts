import {WorkflowNotFoundError, WorkflowUpdateRPCTimeoutOrCancelledError} from '@temporalio/client';
import {type ChangeOutcome, type ChangeToAsk, askChange, outcomeOf} from '../store/ask-change.ts';
import type {order_changes, orders} from '../store/generated/client.ts';
import {refuseChange} from '../store/refuse-change.ts';
import {money} from '../store/views/shapes.ts';
import {changeUpdate, orderWorkflowId} from '../workflows/messages.ts';
import type {ApiDeps} from './deps.ts';
import {type Fault, Problem} from './errors.ts';
import {type Answer, ok} from './route.ts';
import {sayInstead} from './say-instead.ts';
import {isUnheard, untilHeard} from './until-heard.ts';

/** Writes a change down, asks the order's run to make it, and tells what came of it, line by line. */
export async function changeOrder(deps: ApiDeps, change: Omit<ChangeToAsk, 'order'>, order: orders): Promise<Answer> {
  const {store, turns} = deps;
  const asked = await askChange(store, {...change, order});
  const outcome = outcomeOf(asked) ?? (await turns.cancels.take([order.id], () => askRun(deps, asked)));
  const now = await store.prisma.orders.findUniqueOrThrow({where: {id: order.id}});
  const refused = await sayInstead(store, order.id, outcome.refused);
  const {id: change_id, kind} = asked;
  if (outcome.state === 'refused') throw refusal(change_id, kind, refused);
  return ok({change_id, kind, applied: outcome.applied, refused, total: money(now.total_amount, now.currency)});
}

type Told = ChangeOutcome['refused'][number] & {possible: string};

function refusal(change_id: string, kind: string, refused: readonly Told[]): Problem {
  const declined = refused.some(({code}) => code === 'payment_declined');
  const errors = refused.map(({code, possible}): Fault => ({pointer: '', code, detail: possible}));
  const detail = refused[0]?.possible ?? 'nothing of it can be done';
  return new Problem(declined ? 'payment_declined' : 'change_refused', detail, {
    errors,
    members: {change_id, kind, refused},
  });
}

async function askRun(deps: ApiDeps, change: order_changes): Promise<ChangeOutcome> {
  const {id: change_id, order_id} = change;
  const kind = change.kind as ChangeToAsk['kind'];
  const handle = deps.temporal.workflow.getHandle(orderWorkflowId(order_id));
  const deadline = Date.now() + deps.verdictWait;
  try {
    return await deps.temporal.withDeadline(deadline, () =>
      untilHeard(deadline, () =>
        handle.executeUpdate(changeUpdate, {args: [{change_id, kind}], updateId: `change:${change_id}`}),
      ),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return withoutRun(deps, change);
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnheard(error)) throw notYet();
    throw error;
  }
}

const notYet = () => new Problem('unavailable', 'not decided yet: repeat the request', {headers: {'Retry-After': '2'}});

/** An order without an open run has ended, or was never started: then it is asked again in a moment. */
async function withoutRun({store}: ApiDeps, {id, order_id}: order_changes): Promise<ChangeOutcome> {
  const order = await store.prisma.orders.findUniqueOrThrow({where: {id: order_id}});
  if (order.status === 'pending') throw notYet();
  return refuseChange(store, {change_id: id, refused: [{code: 'order_ended'}]});
}
