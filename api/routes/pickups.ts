import {COLLECTION} from '../../domain/shipping/collection.ts';
import {askPickup, callOffPickup, type PickupAsked} from '../../store/ask-pickup.ts';
import {readCollection, readPickups} from '../../store/views/pickups-view.ts';
import * as contract from '../contract/pickups.ts';
import {Problem} from '../errors.ts';
import {requireKey} from '../idempotency.ts';
import {requireSite, requireWarehouse} from '../own.ts';
import {requestHash} from '../request-hash.ts';
import {ok, type Route, route} from '../route.ts';

const create = route(contract.createPickup, async ({deps, caller, params, body, idempotencyKey}) => {
  const warehouse = await requireSite({deps, caller}, params.id);
  const request_id = requestHash(caller.client_id, requireKey(idempotencyKey)).slice(0, 32);
  const {carrier, day = null} = body;
  const terms = (await deps.policy()).policy.collection ?? COLLECTION;
  const asked = await askPickup(deps.store, {warehouse, carrier, day, by: caller.client_id, request_id, terms});
  if ('refused' in asked) throw refusal(asked.refused, carrier);
  const [pickup] = await readPickups(deps.store, {warehouse: warehouse.id, id: asked.id});
  return ok(pickup);
});

type Refused = Extract<PickupAsked, {refused: unknown}>['refused'];

function refusal(why: Refused, carrier: string): Problem {
  switch (why) {
    case 'nothing_ready':
      return new Problem('nothing_to_fetch', `no labelled parcel of ${carrier} is here`);
    case 'closed':
      return new Problem('no_pickup_then', 'the warehouse is closed that day');
    case 'too_late':
      return new Problem('no_pickup_then', 'it is too late for that day: leave the day out for the next one');
  }
}

const list = route(contract.listPickups, async ({deps, caller, params, query}) => {
  const {id: warehouse} = await requireSite({deps, caller}, params.id);
  return ok(await readPickups(deps.store, {warehouse, ...query}));
});

const cancel = route(contract.cancelPickup, async ({deps, caller, params: {id}}) => {
  const known = await deps.store.prisma.pickups.findUnique({where: {id}});
  if (!known) throw new Problem('not_found', 'there is no such pickup');
  const {warehouse_id: warehouse} = known;
  requireWarehouse(caller, warehouse);
  if (!(await callOffPickup(deps.store, id, caller.client_id))) {
    throw new Problem('pickup_over', 'its driver has been, or nobody was to come');
  }
  const [pickup] = await readPickups(deps.store, {warehouse, id});
  return ok(pickup);
});

const collection = route(contract.getCollection, async ({deps, caller, params}) => {
  const {id} = await requireSite({deps, caller}, params.id);
  return ok(await readCollection(deps.store, id));
});

export const pickupRoutes: readonly Route[] = [create, list, cancel, collection];
