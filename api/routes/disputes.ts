import {listDisputes, readDispute} from '../../store/views/disputes-view.ts';
import * as contract from '../contract/disputes.ts';
import {Problem} from '../errors.ts';
import {nextLink} from '../next-link.ts';
import {ok, type Route, route} from '../route.ts';

const list = route(contract.listDisputes, async ({deps, query, request}) => {
  const page = await listDisputes(deps.store, query);
  return ok(page.items, nextLink(request, page.next));
});

const get = route(contract.getDispute, async ({deps, params}) => {
  const dispute = await readDispute(deps.store, params.id);
  if (!dispute) throw new Problem('not_found', 'there is no such dispute');
  return ok(dispute);
});

export const disputeRoutes: readonly Route[] = [list, get];
