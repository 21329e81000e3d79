import type {Consequence} from '../domain/order/consequences.ts';
import {applyChange} from './apply-change.ts';
import {askChange, outcomeOf} from './ask-change.ts';
import {beginChange} from './begin-change.ts';
import {cancelLines} from './cancel-lines.ts';
import type {StoreContext} from './context.ts';
import type {orders} from './generated/client.ts';
import {policyOf} from './policies.ts';

/** What an act would come to: refusals, and what only the run would do afterwards. */
export interface Tried {
  refused: {line_id?: string; code: string}[];
  more?: Consequence[];
}

/** For a rehearsal: cancels as the order's run would. */
export async function tryCancel(
  inner: StoreContext,
  order: orders,
  input: Parameters<typeof cancelLines>[1],
): Promise<Tried> {
  const {changes} = await policyOf(inner.prisma, order);
  const until = changes?.until.quantity;
  const {refused, cancelled} = await cancelLines(inner, {...input, ...(until && {until})});
  return {refused: refused.length + cancelled.length === 0 ? [{code: 'already_cancelled'}] : refused};
}

/** For a rehearsal: makes a change as the order's run would, without the bank. */
export async function tryChange(
  inner: StoreContext,
  order: orders,
  asked: Parameters<typeof askChange>[1],
): Promise<Tried> {
  const {id: change_id, kind} = await askChange(inner, asked);
  const policy = await policyOf(inner.prisma, order);
  const subs = await inner.prisma.sub_orders.findMany({where: {order_id: order.id}, select: {id: true}});
  const more: Consequence[] = [];
  if (kind !== 'hold' && kind !== 'release') {
    const begun = await beginChange(inner, {change_id});
    if (begun.state === 'decided') return {refused: begun.outcome.refused};
    const {extra_amount: extra} = await inner.prisma.order_changes.findUniqueOrThrow({where: {id: change_id}});
    if (begun.more_money) more.push({kind: 'hold_more', amount: Number(extra)});
  }
  const {outcome} = await applyChange(inner, {change_id, known: subs.map(({id}) => id), policy});
  const decided = outcomeOf(await inner.prisma.order_changes.findUniqueOrThrow({where: {id: change_id}}));
  if (decided?.state === 'refused') return {refused: outcome.refused};
  return {refused: outcome.refused, more};
}
