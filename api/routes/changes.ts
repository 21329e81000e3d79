import {changeOrder} from '../change-order.ts';
import * as contract from '../contract/changes.ts';
import {requireKey} from '../idempotency.ts';
import {asSeen} from '../if-match.ts';
import {ownOrderRow} from '../own-order.ts';
import {readChange} from '../read-change.ts';
import {requestHash} from '../request-hash.ts';
import {type Route, route} from '../route.ts';

/** The same key with the same body is the same change, whoever repeats it. */
const requestId = (...parts: unknown[]) => requestHash(...parts).slice(0, 32);

const change = route(contract.changeOrder, async (call) => {
  const {deps, caller, body, idempotencyKey} = call;
  const order = await ownOrderRow(call, call.params.id);
  const by = {actor: caller.client_id, role: caller.role};
  const asked = await readChange(deps, order, body, caller.role);
  const request_id = requestId(caller.client_id, requireKey(idempotencyKey), order.id, body);
  return asSeen(call, order.id, () => changeOrder(deps, {...asked, by, request_id}, order));
});

export const changeRoutes: readonly Route[] = [change];
