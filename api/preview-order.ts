import type {Consequence} from '../domain/order/consequences.ts';
import {askRefund} from '../store/ask-refund.ts';
import type {StoreContext} from '../store/context.ts';
import {decideReview} from '../store/decide-review.ts';
import {decideReturnByHand} from '../store/decide-return.ts';
import {endOrder} from '../store/end-order.ts';
import type {orders} from '../store/generated/client.ts';
import {type Rehearsal, rehearse} from '../store/rehearse.ts';
import {resendMessage} from '../store/resend-message.ts';
import {resumeOrder} from '../store/stuck-steps.ts';
import {type Tried, tryCancel, tryChange} from '../store/try-acts.ts';
import type {previewBody} from './contract/preview.ts';
import type {z} from './contract/z.ts';
import {Problem} from './errors.ts';
import {readChange} from './read-change.ts';
import {rolesOf} from './permissions.ts';
import {type Answer, type Call, ok} from './route.ts';
import {sayInstead} from './say-instead.ts';

type Body = z.output<typeof previewBody>;
type Act = (inner: StoreContext) => Promise<Tried>;

interface Deed {
  /** the call that does it */
  operation: string;
  act: Act;
  undo: 'hold' | 'release' | 'quantity' | 'address' | null;
}

/** Rehearses an act and says what would come of it. */
export async function previewOrder(
  call: Pick<Call, 'deps' | 'caller' | 'requestId'>,
  order: orders,
  body: Body,
): Promise<Answer> {
  const {deps, caller} = call;
  const {operation, act, undo} = await deedOf(call, order, body);
  if (!rolesOf(operation).some((role) => caller.roles.includes(role))) {
    throw new Problem('forbidden', `the role ${caller.roles.join(', ')} may not do that`);
  }
  const {version, result, consequences}: Rehearsal<Tried> = await rehearse(deps.store, order.id, act);
  const refused = await sayInstead(deps.store, order.id, result.refused);
  const found = [...(result.more ?? []), ...consequences];
  const isMessage = ({kind}: Consequence) => kind === 'message';
  // what the customer hears comes last
  const all = [...found.filter((one) => !isMessage(one)), ...found.filter(isMessage)];
  const possible = refused.length === 0 || all.length > 0;
  return ok({version, possible, refused, consequences: possible ? all : [], undo: possible ? undo : null});
}

async function deedOf(
  {deps, caller, requestId}: Pick<Call, 'deps' | 'caller' | 'requestId'>,
  order: orders,
  body: Body,
): Promise<Deed> {
  const by = {actor: caller.client_id, role: caller.role};
  const request_id = `preview:${requestId}`;
  const {cancel, change, refund, review, resume, resend} = body;
  const order_id = order.id;
  if (cancel) {
    const {lines, unpick, reason} = cancel;
    const input = {order_id, reason, ...by, request_id, ...(lines && {lines}), ...(unpick && {unpick})};
    return {operation: 'cancelOrder', undo: null, act: (inner) => tryCancel(inner, order, input)};
  }
  if (change) {
    const asked = await readChange(deps, order, change, caller.role);
    const back = {hold: 'release', release: 'hold', quantity: 'quantity', address: 'address', add_lines: null} as const;
    return {
      operation: 'changeOrder',
      undo: back[change.kind],
      act: (inner) => tryChange(inner, order, {...asked, order, by, request_id}),
    };
  }
  if (refund) {
    const {kind, lines, amount, reason} = refund;
    const input = {
      order_id,
      kind,
      reason,
      by,
      request_id,
      ...(lines && {lines}),
      ...(amount && {amount: amount.amount}),
    };
    return {operation: 'requestRefund', undo: null, act: (inner) => tryRefund(inner, input)};
  }
  if (review)
    return {operation: 'decideReview', undo: null, act: (inner) => tryReview(inner, order_id, {...review, by})};
  if (resume) {
    const input = {order_id, note: resume.note, by, request_id};
    return {operation: 'resumeOrder', undo: null, act: (inner) => tryResume(inner, input)};
  }
  if (resend) {
    const {message_id, reason, to = null} = resend;
    const input = {order_id, message_id, to, reason, by, request_id};
    return {operation: 'resendMessage', undo: null, act: (inner) => tryResend(inner, input)};
  }
  const decision = body.return ?? {return_id: '', decision: 'refuse' as const, note: ''};
  return {operation: 'decideReturn', undo: null, act: (inner) => tryReturn(inner, order_id, {...decision, by})};
}

async function tryRefund(inner: StoreContext, input: Parameters<typeof askRefund>[1]): Promise<Tried> {
  const answer = await askRefund(inner, input);
  if ('refused' in answer) return {refused: [{code: answer.refused}]};
  // the mail goes once the bank has given it back
  return {refused: [], more: [{kind: 'message', template: 'refunded_part'}]};
}

/** What follows a rejection is its run's doing, with the same step. */
async function tryReview(
  inner: StoreContext,
  order_id: string,
  verdict: Omit<Parameters<typeof decideReview>[1], 'review_id'>,
): Promise<Tried> {
  const review = await inner.prisma.reviews.findUnique({where: {order_id}});
  const {outcome} = await decideReview(inner, {...verdict, review_id: review?.id ?? ''});
  if (outcome !== 'decided') return {refused: [{code: 'already_decided'}]};
  if (verdict.decision === 'reject') await endOrder(inner, {order_id, reason: 'fraud_review_rejected'});
  return {refused: []};
}

async function tryReturn(
  inner: StoreContext,
  orderId: string,
  input: Parameters<typeof decideReturnByHand>[1],
): Promise<Tried> {
  const found = await inner.prisma.returns.findUnique({where: {id: input.return_id}});
  if (found?.order_id !== orderId) return {refused: [{code: 'unknown_return'}]};
  const {outcome} = await decideReturnByHand(inner, input);
  return {refused: outcome === 'decided' ? [] : [{code: 'already_decided'}]};
}

async function tryResume(inner: StoreContext, input: Parameters<typeof resumeOrder>[1]): Promise<Tried> {
  const steps = await resumeOrder(inner, input);
  if (steps.length === 0) return {refused: [{code: 'nothing_stuck'}]};
  return {refused: [], more: steps.map(({step}) => ({kind: 'tried_again', step}))};
}

async function tryResend(inner: StoreContext, input: Parameters<typeof resendMessage>[1]): Promise<Tried> {
  const answer = await resendMessage(inner, input);
  if ('refused' in answer) return {refused: [{code: answer.refused}]};
  return {refused: [], more: [{kind: 'sent_again', template: answer.template, to: input.to}]};
}
