import {acceptAddress, type AddressCheckView, readAddressCheck} from '../../store/address-checks.ts';
import * as contract from '../contract/address-check.ts';
import {Problem} from '../errors.ts';
import {requireKey} from '../idempotency.ts';
import {noSuchOrder} from '../own-order.ts';
import {requestHash} from '../request-hash.ts';
import {type Call, ok, type Route, route} from '../route.ts';

async function find({deps}: Pick<Call, 'deps'>, id: string): Promise<AddressCheckView> {
  const found = await readAddressCheck(deps.store, id);
  if (!found) throw noSuchOrder();
  return found;
}

const show = route(contract.getAddressCheck, async ({deps, params}) => ok(await find({deps}, params.id)));

const accept = route(contract.acceptAddress, async ({deps, caller, params, body, idempotencyKey}) => {
  const outcome = await acceptAddress(deps.store, {
    order_id: params.id,
    note: body.note,
    by: {actor: caller.client_id, role: caller.role},
    request_id: requestHash(caller.client_id, requireKey(idempotencyKey)).slice(0, 32),
  });
  if (outcome === 'unknown') throw noSuchOrder();
  if (outcome === 'nothing_waits') throw new Problem('address_not_awaited', 'no carrier has refused this address');
  return ok(await find({deps}, params.id));
});

export const addressCheckRoutes: readonly Route[] = [show, accept];
