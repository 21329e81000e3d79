import type {Refused} from '../domain/returns/eligibility.ts';
import type {ReturnReason} from '../domain/returns/terms.ts';
import type {orders} from '../store/generated/client.ts';
import type {Actor} from '../store/record-change.ts';
import {type RequestResult, requestReturn} from '../store/request-return.ts';
import {readReturn, returnView} from '../store/views/returns-view.ts';
import type {returnBody} from './contract/returns.ts';
import type {z} from './contract/z.ts';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';
import {reused} from './idempotency.ts';
import {requestHash} from './request-hash.ts';
import type {Answer} from './route.ts';

type Body = z.output<typeof returnBody>;

/** Announces a return; `identity` is what makes two requests the same one. */
export async function askForReturn(
  deps: ApiDeps,
  order: orders,
  body: Body,
  {by, identity}: {by: Actor; identity: readonly string[]},
): Promise<Answer> {
  const result = await requestReturn(deps.store, {
    order_id: order.id,
    lines: wantedOf(body),
    resolution: body.resolution,
    by,
    request_id: requestHash('return', order.id, ...identity).slice(0, 32),
    request_hash: requestHash(body),
  });
  if (result.outcome === 'reused') throw reused();
  if (result.outcome === 'refused') throw returnRefused(body, result);
  const rows = await readReturn(deps.store, result.found.id);
  if (!rows) throw new Error(`return ${result.found.id} is gone`);
  return {status: 201, body: returnView(rows, true)};
}

export const wantedOf = ({lines}: Body) => lines as {line_id: string; qty: number; reason: ReturnReason}[];

const DETAILS: Readonly<Record<Refused['code'], (r: Refused) => string>> = {
  not_bought: () => 'this order has no such line; `returnable` tells what of it can be sent back',
  not_delivered: (r) => `has not been delivered yet; ${possible(r)}`,
  not_returnable: () => 'goods of this kind are not taken back',
  already_returned: (r) => `came back already; ${possible(r)}`,
  in_another_return: (r) => `is announced in another return, which could be cancelled; ${possible(r)}`,
  window_over: (r) => `could be sent back until ${isoOf(r.until) ?? 'then'}; ${possible(r)}`,
  more_than_delivered: (r) => `fewer were delivered; ${possible(r)}`,
};

const possible = (r: Refused) => (r.possible === 0 ? 'nothing of it can be sent back now' : `${r.possible} can be`);

type Refusal = Pick<Extract<RequestResult, {outcome: 'refused'}>, 'refused' | 'returnable'>;

const isoOf = (until: number | null) => (until === null ? null : new Date(until).toISOString());

export function returnRefused(body: Body, {refused, returnable}: Refusal): Problem {
  return new Problem('return_refused', 'not all of it can be sent back', {
    errors: refused.map((r) => ({
      pointer: `/lines/${body.lines.findIndex((line) => line.line_id === r.line_id)}`,
      code: r.code,
      detail: DETAILS[r.code](r),
    })),
    members: {
      possible: refused.map(({line_id, possible: qty, until}) => ({line_id, qty, until: isoOf(until)})),
      returnable: returnable.map(({until, ...line}) => ({...line, until: isoOf(until)})),
    },
  });
}
