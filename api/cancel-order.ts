import {WorkflowNotFoundError, WorkflowUpdateRPCTimeoutOrCancelledError} from '@temporalio/client';
import {isTerminal, type OrderStatus} from '../domain/order/status.ts';
import {findAnswer} from '../store/cancel-lines.ts';
import type {orders} from '../store/generated/client.ts';
import {type CancelRequest, type CancelResult, cancelUpdate, orderWorkflowId} from '../workflows/messages.ts';
import type {cancelOrder as contract} from './contract/orders.ts';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';
import {requireKey} from './idempotency.ts';
import {requestHash} from './request-hash.ts';
import {type Answer, type Call, ok} from './route.ts';
import {sayInstead} from './say-instead.ts';
import {startOrder} from './start-order.ts';
import {isUnheard, untilHeard} from './until-heard.ts';

type CancelCall = Call<typeof contract.params, null, typeof contract.body>;

/** Asks the order's run to cancel, and waits for its answer. */
export function askToCancel(
  {deps}: Pick<CancelCall, 'deps'>,
  order: orders,
  request: CancelRequest,
): Promise<CancelResult> {
  const ask = async () => (await askRun(deps, order, request)) ?? (await askAgain(deps, order, request));
  return deps.turns.cancels.take([order.id], ask);
}

/** Asks the order's run to cancel; 409 when nothing at all could be cancelled. */
export async function cancelOrder(call: CancelCall, order: orders): Promise<Answer> {
  const {deps, caller, body} = call;
  if (body.unpick && caller.role === 'checkout') throw new Problem('forbidden', 'only support may ask for that');
  return cancelAs(deps, order, {
    ...(body.lines ? {lines: body.lines} : {}),
    ...(body.unpick ? {unpick: true} : {}),
    reason: body.reason,
    actor: caller.client_id,
    role: caller.role,
    request_id: requestHash(caller.client_id, requireKey(call.idempotencyKey)).slice(0, 32),
  });
}

/** The same for whoever is named in the request. */
export async function cancelAs(deps: ApiDeps, order: orders, request: CancelRequest): Promise<Answer> {
  const {cancelled, refused: lines} = await askToCancel({deps}, order, request);
  const nothing = cancelled.length + lines.length === 0;
  const refused = await sayInstead(deps.store, order.id, nothing ? await allCancelled(deps, order) : lines);
  if (cancelled.length > 0) return ok({cancelled, refused});
  throw new Problem('nothing_cancelled', refused[0]?.possible ?? 'it is too late for all of it', {
    errors: refused.map(({line_id, code, possible}) => {
      return {pointer: pointerOf(request.lines, line_id), code, detail: possible};
    }),
    members: {cancelled, refused},
  });
}

/** What was asked for where no unit is left that is not cancelled. */
async function allCancelled({store}: ApiDeps, order: orders): Promise<CancelResult['refused']> {
  const lines = await store.prisma.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  return lines.map(({id, qty}) => ({line_id: id, qty, code: 'already_cancelled'}));
}

function pointerOf(lines: CancelRequest['lines'], lineId: string): string {
  const index = lines?.findIndex((line) => line.line_id === lineId) ?? -1;
  return index < 0 ? '' : `/lines/${index}`;
}

/** Null when the order has no open run. */
async function askRun(deps: ApiDeps, order: orders, request: CancelRequest): Promise<CancelResult | null> {
  const handle = deps.temporal.workflow.getHandle(orderWorkflowId(order.id));
  try {
    const deadline = Date.now() + deps.verdictWait;
    return await deps.temporal.withDeadline(deadline, () =>
      untilHeard(deadline, () =>
        handle.executeUpdate(cancelUpdate, {args: [request], updateId: `cancel:${request.request_id}`}),
      ),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnheard(error)) {
      throw new Problem('unavailable', 'not decided yet: repeat the request', {headers: {'Retry-After': '2'}});
    }
    throw error;
  }
}

/** An order without an open run has ended, or its run was never started: then it is started first. */
async function askAgain(deps: ApiDeps, order: orders, request: CancelRequest): Promise<CancelResult> {
  const {store} = deps;
  const now = await store.prisma.orders.findUniqueOrThrow({where: {id: order.id}});
  if (now.status === 'pending') {
    await startOrder(deps, order.id);
    const result = await askRun(deps, now, request);
    if (result) return result;
  }
  const latest = await store.prisma.orders.findUniqueOrThrow({where: {id: order.id}});
  if (!isTerminal(latest.status as OrderStatus)) {
    throw new Problem('unavailable', 'the order cannot be asked right now', {headers: {'Retry-After': '2'}});
  }
  // its run has closed since: perhaps by this very request, whose answer was lost
  const answered = await findAnswer(store.prisma, request.request_id);
  if (answered) return answered;
  const lines = await store.prisma.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  const wanted = request.lines ?? lines.map((line) => ({line_id: line.id, qty: line.qty}));
  return {cancelled: [], refused: wanted.map((line) => ({...line, code: latest.status}))};
}
