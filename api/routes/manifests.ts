import {askManifest} from '../../store/ask-manifest.ts';
import {readManifests} from '../../store/views/manifests-view.ts';
import * as contract from '../contract/manifests.ts';
import {Problem} from '../errors.ts';
import {requireKey} from '../idempotency.ts';
import {requireSite} from '../own.ts';
import {requestHash} from '../request-hash.ts';
import {ok, type Route, route} from '../route.ts';

const create = route(contract.createManifest, async ({deps, caller, params, body, idempotencyKey}) => {
  const warehouse = await requireSite({deps, caller}, params.id);
  const request_id = requestHash(caller.client_id, requireKey(idempotencyKey)).slice(0, 32);
  const {carrier} = body;
  const id = await askManifest(deps.store, {warehouse, carrier, by: caller.client_id, request_id});
  if (id === null) {
    throw new Problem('nothing_to_manifest', `no labelled parcel of ${carrier} is here that is on no manifest yet`);
  }
  const [made] = await readManifests(deps.store, {warehouse: warehouse.id, id});
  return ok(made);
});

const list = route(contract.listManifests, async ({deps, caller, params, query}) => {
  const {id: warehouse} = await requireSite({deps, caller}, params.id);
  return ok(await readManifests(deps.store, {warehouse, ...query}));
});

export const manifestRoutes: readonly Route[] = [create, list];
