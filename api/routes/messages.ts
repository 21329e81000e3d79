import {instead} from '../../domain/order/change-limits.ts';
import {type Choice, type ChoiceFault, choiceFault} from '../../domain/messages/preferences.ts';
import {chooseMessages} from '../../store/choose-messages.ts';
import {resendMessage} from '../../store/resend-message.ts';
import {readPreferences} from '../../store/views/preferences-view.ts';
import * as contract from '../contract/messages.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {CUSTOMER, orderByLink, privately} from '../by-link.ts';
import {ownOrderRow} from '../own-order.ts';
import {requireKey} from '../idempotency.ts';
import {asSeen} from '../if-match.ts';
import {requestHash} from '../request-hash.ts';
import {ok, type Route, route} from '../route.ts';

const FAULTS: Readonly<Record<ChoiceFault, string>> = {
  mandatory: 'what becomes of an order, its money and its returns is told by mail in any case',
  never_sent: 'there are no such messages on this channel',
};

async function choose(
  {store}: ApiDeps,
  customer_id: string,
  choices: readonly Choice[],
  by: {actor: string; role: string},
): Promise<void> {
  const errors = choices.flatMap((choice, i) => {
    const fault = choiceFault(choice);
    return fault === null ? [] : [{pointer: `/preferences/${i}`, code: fault, detail: FAULTS[fault]}];
  });
  if (errors.length > 0) throw new Problem('invalid_request', 'not all of this can be chosen', {errors});
  await chooseMessages(store, {customer_id, choices, by});
}

const read = route(contract.getPreferences, async (call) => {
  const {customer_id} = await ownOrderRow(call, call.params.id);
  return ok(await readPreferences(call.deps.store, customer_id));
});

const write = route(contract.putPreferences, async (call) => {
  const {customer_id} = await ownOrderRow(call, call.params.id);
  const {client_id: actor, role} = call.caller;
  await choose(call.deps, customer_id, call.body.preferences, {actor, role});
  return ok(await readPreferences(call.deps.store, customer_id));
});

const resend = route(contract.resendMessage, async (call) => {
  const {deps, caller, params, body, idempotencyKey} = call;
  const order = await ownOrderRow(call, params.id);
  const by = {actor: caller.client_id, role: caller.role};
  const request_id = requestHash(caller.client_id, requireKey(idempotencyKey), order.id, params.message, body).slice(
    0,
    32,
  );
  const asked = {
    order_id: order.id,
    message_id: params.message,
    to: body.to ?? null,
    reason: body.reason,
    by,
    request_id,
  };
  return asSeen(call, order.id, async () => {
    const answer = await resendMessage(deps.store, asked);
    if (!('refused' in answer)) return {status: 202, body: answer};
    if (answer.refused === 'unknown_message') throw new Problem('not_found', 'the order has no such message');
    const detail = instead(answer.refused);
    throw new Problem('not_resent', detail, {errors: [{pointer: '', code: answer.refused, detail}]});
  });
});

const readByLink = route(contract.getTrackPreferences, async ({deps, params}) => {
  const {customer_id} = await orderByLink(deps, params.token);
  return privately(ok(await readPreferences(deps.store, customer_id)));
});

const writeByLink = route(contract.putTrackPreferences, async ({deps, params, body}) => {
  const {customer_id} = await orderByLink(deps, params.token);
  await choose(deps, customer_id, body.preferences, CUSTOMER);
  return privately(ok(await readPreferences(deps.store, customer_id)));
});

export const messageRoutes: readonly Route[] = [read, write, resend, readByLink, writeByLink];
