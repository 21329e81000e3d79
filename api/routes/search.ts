import {recordDeskRead} from '../../store/record-desk-read.ts';
import {searchOrders} from '../../store/views/search-view.ts';
import * as contract from '../contract/search.ts';
import {ok, type Route, route} from '../route.ts';

const search = route(contract.searchOrders, async ({deps, caller, query, requestId}) => {
  const result = await searchOrders(deps.store, query.q);
  await recordDeskRead(deps.store, {
    by: {actor: caller.client_id, role: caller.role},
    what: 'search',
    asked: query.q,
    kinds: [...new Set(result.results.flatMap(({found_by}) => found_by.map(({kind}) => kind)))],
    order_ids: result.results.map(({order_id}) => order_id),
    request_id: requestId,
  });
  return ok(result, {'Cache-Control': 'no-store'});
});

export const searchRoutes: readonly Route[] = [search];
