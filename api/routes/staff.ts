import {PIN_TRIES, staffClient} from '../../domain/floor/sign-in.ts';
import type {staff} from '../../store/generated/client.ts';
import {giveCredentials, putStaff} from '../../store/put-staff.ts';
import type {Caller} from '../auth.ts';
import * as contract from '../contract/staff.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {unknownParts} from './stock.ts';

const noPerson = () => new Problem('not_found', 'there is no such person');

function personView({id, name, warehouse_id, roles, active, badge_hash, pin_hash, pin_failures}: staff) {
  return {
    ...{staff_id: id, name, warehouse: warehouse_id, roles, active},
    has_badge: badge_hash !== null,
    has_pin: pin_hash !== null,
    pin_spent: pin_failures >= PIN_TRIES,
  };
}

/** Leads run their own warehouse; who is a lead is for ops to say, or anybody's PIN would be any lead's to set. */
function requireOver(caller: Caller, person: Pick<staff, 'id' | 'warehouse_id' | 'roles'>): void {
  requireWarehouse(caller, person.warehouse_id);
  if (caller.role !== 'warehouse_lead' || caller.client_id === staffClient(person.id)) return;
  if (person.roles.includes('warehouse_lead')) throw new Problem('forbidden', 'only ops may name or change a lead');
}

const put = route(contract.putStaff, async ({deps, caller, params: {id}, body}) => {
  const {warehouse, ...rest} = body;
  const given = {id, ...rest, warehouse_id: warehouse};
  const known = await deps.store.prisma.staff.findUnique({where: {id}});
  const promoted = given.roles.includes('warehouse_lead') && !known?.roles.includes('warehouse_lead');
  if (promoted && caller.role === 'warehouse_lead')
    throw new Problem('forbidden', 'only ops may name or change a lead');
  for (const person of known ? [known, given] : [given]) requireOver(caller, person);
  const stored = await putStaff(deps.store, given, caller.client_id);
  if (!stored) throw unknownParts(['warehouse']);
  return ok(personView(stored));
});

const list = route(contract.listStaff, async ({deps, caller, params: {id}}) => {
  requireWarehouse(caller, id);
  const {prisma} = deps.store;
  if ((await prisma.warehouses.count({where: {id}})) === 0)
    throw new Problem('not_found', 'there is no such warehouse');
  const people = await prisma.staff.findMany({where: {warehouse_id: id}, orderBy: {id: 'asc'}, take: 1_000});
  return ok(people.map(personView));
});

const credentials = route(contract.giveCredentials, async ({deps, caller, params: {id}, body}) => {
  const person = await deps.store.prisma.staff.findUnique({where: {id}});
  if (!person) throw noPerson();
  requireOver(caller, person);
  const given = await giveCredentials(deps.store, id, {badge: body.badge, pin: body.pin ?? null, by: caller.client_id});
  if (!given) throw noPerson();
  return ok({staff_id: id, badge: given.badge});
});

export const staffRoutes: readonly Route[] = [put, list, credentials];
