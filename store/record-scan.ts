import {createHash} from 'node:crypto';
import type {Policy} from '../domain/policy/policy.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {lockOrder, toJson} from './record-change.ts';
import {refuse, type ScanAnswer, type ScanInput} from './scan-answer.ts';
import {scanDispatch} from './scan-dispatch.ts';
import {scanPack} from './scan-pack.ts';
import {scanPick} from './scan-pick.ts';
import {findReturned, scanReturn} from './scan-return.ts';
import {scanUnpick} from './scan-unpick.ts';
import {sqlState, UNIQUE_VIOLATION} from './sql-state.ts';
import {transact} from './transact.ts';

/**
 * Judges a scan and stores it with its answer in one short transaction; what it makes true is signalled afterwards.
 * The same operation id gets the same answer and counts once.
 */
export async function recordScan(
  context: StoreContext,
  input: ScanInput,
  rules: Policy['warehouse'],
): Promise<ScanAnswer> {
  try {
    return await transact(context, (tx) => judgeOnce(context, tx, input, rules));
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    // the same scan, sent twice at once: the other one counted
    const stored = await context.prisma.scans.findUniqueOrThrow({where: {operation_id: input.operation_id}});
    return stored.answer as unknown as ScanAnswer;
  }
}

async function judgeOnce(
  context: StoreContext,
  tx: Tx,
  input: ScanInput,
  rules: Policy['warehouse'],
): Promise<ScanAnswer> {
  const orderId = await findOrder(tx, input);
  const order = orderId ? await lockOrder(tx, orderId) : null;
  const stored = await tx.scans.findUnique({where: {operation_id: input.operation_id}});
  if (stored) return stored.answer as unknown as ScanAnswer;
  const answer = order
    ? await judge(context, tx, order, input, rules)
    : refuse('unknown_code', 'This code is not known here. Check the label and scan again.');
  await store(context, tx, input, orderId, answer);
  return answer;
}

async function judge(
  context: StoreContext,
  tx: Tx,
  order: orders,
  input: ScanInput,
  rules: Policy['warehouse'],
): Promise<ScanAnswer> {
  const task = input.task_id ? await tx.tasks.findUnique({where: {id: input.task_id}}) : null;
  const counting = input.kind !== 'dispatch' && input.kind !== 'pack' && input.kind !== 'return';
  // what is put back of an order on hold is put back all the same
  if (counting && task?.kind === 'unpick') return scanUnpick(context, tx, order, task, input, rules);
  if (input.kind === 'return') return scanReturn(context, tx, order, input);
  if (order.held_since) {
    return refuse('on_hold', 'This order is on hold. Put it aside as it is and take the next task.');
  }
  if (input.kind === 'dispatch') return scanDispatch(context, tx, order, input);
  return input.kind === 'pack'
    ? scanPack(context, tx, order, input, rules)
    : scanPick(context, tx, order, input, rules);
}

async function findOrder(tx: Tx, input: ScanInput): Promise<string | null> {
  if (input.kind === 'return') return (await findReturned(tx, input.code))?.order_id ?? null;
  if (input.kind === 'dispatch') {
    const parcel = await tx.parcels.findFirst({
      where: {OR: [{tracking_number: input.code}, {id: input.code}]},
      select: {order_id: true},
    });
    return parcel?.order_id ?? null;
  }
  const task = input.task_id ? await tx.tasks.findUnique({where: {id: input.task_id}, select: {order_id: true}}) : null;
  return task?.order_id ?? null;
}

async function store(
  context: StoreContext,
  tx: Tx,
  input: ScanInput,
  orderId: string | null,
  answer: ScanAnswer,
): Promise<void> {
  const {by, ...request} = input;
  const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  await tx.scans.create({
    data: {
      operation_id: input.operation_id,
      order_id: orderId,
      task_id: input.task_id ?? null,
      kind: input.kind,
      code: input.code,
      qty: input.qty ?? null,
      actor: by.actor,
      request_hash: hash,
      accepted: answer.accepted,
      answer: JSON.parse(toJson(answer)),
      at: context.now(),
    },
  });
}
