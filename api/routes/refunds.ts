import {type AskedAnswer, askRefund} from '../../store/ask-refund.ts';
import {decideRefund} from '../../store/decide-refund.ts';
import {listRefunds, readOrderRefunds, readRefund, refundView} from '../../store/views/refunds-view.ts';
import {money} from '../../store/views/shapes.ts';
import * as contract from '../contract/refunds.ts';
import {type Fault, Problem} from '../errors.ts';
import {asSeen} from '../if-match.ts';
import {requireKey} from '../idempotency.ts';
import {nextLink} from '../next-link.ts';
import {requestHash} from '../request-hash.ts';
import {type Answer, type Call, ok, type Route, route} from '../route.ts';
import {invalidRequest} from '../validate.ts';

type RefundCall = Call<typeof contract.requestRefund.params, null, typeof contract.refundBody>;

const request = route(contract.requestRefund, async (call) => {
  const {deps, body, params} = call;
  const {prisma} = deps.store;
  const order = await prisma.orders.findUnique({where: {id: params.id}, select: {id: true, currency: true}});
  if (!order) throw new Problem('not_found', 'there is no such order');
  checkFields(body, order.currency);
  return asSeen(call, order.id, () => refundNow(call, order));
});

async function refundNow(
  {deps, caller, body, idempotencyKey}: RefundCall,
  order: {id: string; currency: string},
): Promise<Answer> {
  const {prisma} = deps.store;
  const {kind, lines, amount, reason} = body;
  const answer = await askRefund(deps.store, {
    order_id: order.id,
    kind,
    reason,
    ...(lines ? {lines} : {}),
    ...(amount ? {amount: amount.amount} : {}),
    by: {actor: caller.client_id, role: caller.role},
    request_id: requestHash(caller.client_id, requireKey(idempotencyKey)).slice(0, 32),
  });
  if ('refused' in answer) throw refusal(answer, order.currency);
  const rows = await prisma.refunds.findMany({where: {id: {in: answer.refund_ids}}, orderBy: {id: 'asc'}});
  const {awaiting_approval} = answer;
  return {status: 201, body: {awaiting_approval, refunds: rows.map(refundView)}};
}

/** Which fields belong to which kind. */
function checkFields({kind, lines, amount}: RefundCall['body'], currency: string): void {
  const faults: Fault[] = [];
  const fault = (field: string, code: string, detail: string) => faults.push({pointer: `/${field}`, code, detail});
  if (kind === 'line' && !lines) fault('lines', 'missing', 'say which units of which lines');
  if (kind !== 'line' && lines) fault('lines', 'not_allowed', 'only a refund of lines names lines');
  if (kind === 'line' && amount) fault('amount', 'not_allowed', 'what lines are worth is computed');
  if (kind === 'goodwill' && !amount) fault('amount', 'missing', 'say how much');
  if (amount && amount.amount < 1) fault('amount/amount', 'too_small', 'must be more than nothing');
  if (amount && amount.currency !== currency) fault('amount/currency', 'mixed_currency', `the order is in ${currency}`);
  const ids = (lines ?? []).map(({line_id}) => line_id);
  if (new Set(ids).size < ids.length) fault('lines', 'not_allowed', 'name each line once');
  if (faults.length > 0) throw invalidRequest(faults);
}

type Refused = Extract<AskedAnswer, {refused: string}>;

function refusal(answer: Refused, currency: string): Problem {
  if ('line' in answer) {
    const {line, possible, refused} = answer;
    const unknown = refused === 'unknown_line';
    const pointer = `/lines/${line}/${unknown ? 'line_id' : 'qty'}`;
    const detail = unknown ? 'the order has no such line' : `${possible} units were paid for and not given back`;
    const errors = [{pointer, code: refused, detail}];
    if (unknown) return invalidRequest(errors);
    return new Problem('units_already_refunded', detail, {errors, members: {possible_qty: possible}});
  }
  const possible = money(answer.possible, currency);
  const members = {members: {possible}};
  const said = `${possible.amount} minor units of ${currency} can be given back`;
  switch (answer.refused) {
    case 'order_disputed':
      return new Problem('order_disputed', 'a bank is judging about this money: wait until it has decided', members);
    case 'nothing_captured':
      return new Problem('nothing_captured', 'no money was taken for this order yet: cancel it instead', members);
    case 'units_already_refunded':
      return new Problem('units_already_refunded', said, members);
    case 'refund_too_large':
    case 'amount_not_positive':
      return new Problem('refund_too_large', said, members);
  }
}

const ofOrder = route(contract.getRefunds, async ({deps, params}) => {
  const view = await readOrderRefunds(deps.store, params.id);
  if (!view) throw new Problem('not_found', 'there is no such order');
  return ok(view);
});

const list = route(contract.listRefunds, async ({deps, query, request: asked}) => {
  const page = await listRefunds(deps.store, query);
  return ok(page.items, nextLink(asked, page.next));
});

const decide = (operation: typeof contract.approveRefund, decision: 'approve' | 'reject') =>
  route(operation, async ({deps, caller, params, body}) => {
    const by = {actor: caller.client_id, role: caller.role};
    const outcome = await decideRefund(deps.store, {refund_id: params.id, decision, note: body.note, by});
    const refund = outcome === 'unknown' ? null : await readRefund(deps.store, params.id);
    if (!refund) throw new Problem('not_found', 'there is no such refund');
    if (outcome === 'same_person') throw new Problem('second_person_needed', 'somebody else has to approve it');
    // the caller's own decision, whose answer was lost on the way
    const repeat = refund.decided_by === caller.client_id && refund.note === body.note;
    const same = repeat && (refund.state === 'rejected') === (decision === 'reject');
    if (outcome === 'decided' || same) return ok(refund);
    throw new Problem('refund_decided', `the refund is ${refund.state}`);
  });

export const refundRoutes: readonly Route[] = [
  request,
  list,
  ofOrder,
  decide(contract.approveRefund, 'approve'),
  decide(contract.rejectRefund, 'reject'),
];
