import {type CodeName, carrierKey} from '../../domain/shipping/carrier-codes.ts';
import {putCarrierCodes} from '../../store/put-carrier-codes.ts';
import {switchCarrier} from '../../store/switch-carrier.ts';
import {readCarrierCodes, readUnreadCodes} from '../../store/views/carrier-codes-view.ts';
import {carrierView, readCarriers} from '../../store/views/carriers-view.ts';
import * as contract from '../contract/carriers.ts';
import {Problem} from '../errors.ts';
import {nextLink} from '../next-link.ts';
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

const put = route(contract.putCarrierCodes, async ({deps, caller, body}) =>
  ok(await putCarrierCodes(deps.store, {...body, actor: caller.client_id})),
);

const codes = route(contract.listCarrierCodes, async ({deps, query, request}) => {
  const {limit} = query;
  const found = await readCarrierCodes(deps.store, {
    limit,
    ...(query.carrier !== undefined && {carrier: carrierKey(query.carrier)}),
    ...(query.cursor !== undefined && {after: placeOf(query.cursor)}),
  });
  const last = found.length === limit ? found.at(-1) : undefined;
  return ok({codes: found}, nextLink(request, last ? `${last.carrier} ${last.code}` : null));
});

/** A carrier's key has no spaces. */
function placeOf(cursor: string): CodeName {
  const [carrier = '', ...rest] = cursor.split(' ');
  return {carrier, code: rest.join(' ')};
}

const UNREAD_AT_MOST = 500;
const unread = route(contract.listUnreadCodes, async ({deps}) =>
  ok({codes: await readUnreadCodes(deps.store, UNREAD_AT_MOST)}),
);

export const carrierRoutes: readonly Route[] = [list, flip, put, codes, unread];
