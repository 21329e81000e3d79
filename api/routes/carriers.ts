import {switchCarrier} from '../../store/switch-carrier.ts';
import {carrierView, readCarriers} from '../../store/views/carriers-view.ts';
import * as contract from '../contract/carriers.ts';
import {Problem} from '../errors.ts';
import {ok, type Route, route} from '../route.ts';

const list = route(contract.listCarriers, async ({deps}) => ok({carriers: await readCarriers(deps.store)}));

const flip = route(contract.switchCarrier, async ({deps, caller, params, body}) => {
  const {store} = deps;
  const {active, reason} = body;
  const until = body.until === undefined ? null : new Date(body.until);
  const row = await switchCarrier(store, {carrier: params.id, active, reason, until, actor: caller.client_id});
  if (!row) throw new Problem('not_found', 'no parcel was ever offered to such a carrier');
  return ok(carrierView(row, store.now()));
});

export const carrierRoutes: readonly Route[] = [list, flip];
