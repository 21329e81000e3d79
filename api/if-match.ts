import {claimEdit, giveEditBack} from '../store/claim-edit.ts';
import {readSteps} from '../store/views/past-view.ts';
import {Problem} from './errors.ts';
import {requestHash} from './request-hash.ts';
import type {Answer, Call} from './route.ts';

const VERSION = /^(?:W\/)?"(\d{1,9})"$/;

/**
 * Does something to an order only if it is as the caller saw it: `If-Match` carries the version they had before them.
 * Without it the act is done to whatever the order is now, as a shop's server wants it. 412 tells what changed.
 */
export async function asSeen(
  call: Pick<Call, 'deps' | 'caller' | 'request' | 'idempotencyKey'>,
  orderId: string,
  act: () => Promise<Answer>,
): Promise<Answer> {
  const header = call.request.get('if-match');
  if (header === undefined || header === '*') return act();
  const version = Number(VERSION.exec(header)?.[1] ?? 0);
  if (version === 0) throw new Problem('invalid_parameter', 'If-Match carries the version of an order, like "12"');
  const {deps, caller, idempotencyKey} = call;
  const by = {actor: caller.client_id, role: caller.role};
  const request_id = requestHash(caller.client_id, idempotencyKey).slice(0, 32);
  const edit = {order_id: orderId, version, by, request_id};
  if (!(await claimEdit(deps.store, edit))) throw await changedSince(call, orderId, version);
  try {
    return await act();
  } catch (error) {
    // refused for good: nothing came of it; what nobody knows the end of keeps its place for its repeat
    if (error instanceof Problem && error.status < 500) await giveEditBack(deps.store, edit);
    throw error;
  }
}

async function changedSince({deps}: Pick<Call, 'deps'>, orderId: string, version: number): Promise<Problem> {
  const steps = await readSteps(deps.store, orderId, version);
  const now = steps.at(-1)?.seq ?? version;
  return new Problem('order_changed', 'the order changed since you looked at it', {
    members: {version: now, changes: steps},
  });
}
