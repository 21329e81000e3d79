import {rolesBeyond} from '../../domain/floor/roles.ts';
import {PIN_TRIES, staffClient} from '../../domain/floor/sign-in.ts';
import type {staff} from '../../store/generated/client.ts';
import {giveCredentials, putStaff} from '../../store/put-staff.ts';
import {versionOf} from '../../store/views/set-up/catalogue-views.ts';
import type {Caller} from '../auth.ts';
import * as contract from '../contract/staff.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {kept, setterOf} from '../setter.ts';
import {unknownParts} from './stock.ts';

const noPerson = () => new Problem('not_found', 'there is no such person');

function personView({id, name, warehouse_id, roles, active, updated_at, ...person}: staff) {
  const {badge_hash, pin_hash, pin_failures, password_hash} = person;
  return {
    ...{staff_id: id, name, warehouse: warehouse_id, roles, active},
    has_badge: badge_hash !== null,
    has_pin: pin_hash !== null,
    pin_spent: pin_failures >= PIN_TRIES,
    has_password: password_hash !== null,
    ...versionOf({updated_at}),
  };
}

/**
 * Leads run the floor of their own warehouse, ops all floors and who answers customers; who is a lead, of ops, of
 * finance or an admin is for those above to say, or anybody's secret would be theirs to set. One's own roles one keeps.
 */
function requireOver(caller: Caller, person: Pick<staff, 'id' | 'warehouse_id' | 'roles'>, known: staff | null): void {
  requireWarehouse(caller, person.warehouse_id ?? '');
  const own = caller.client_id === staffClient(person.id) ? (known?.roles ?? []) : [];
  const beyond = rolesBeyond(caller.roles, person.roles, own);
  if (beyond.length > 0)
    throw new Problem('forbidden', `whoever is ${beyond.join(' or ')} is not yours to name or change`);
}

const put = route(contract.putStaff, async (call) => {
  const {deps, caller, params, body} = call;
  const {id} = params;
  const setter = setterOf(call);
  const {warehouse, ...rest} = body;
  const given = {id, ...rest, warehouse_id: warehouse};
  const known = await deps.store.prisma.staff.findUnique({where: {id}});
  for (const person of known ? [known, given] : [given]) requireOver(caller, person, known);
  const stored = kept(await putStaff(deps.store, given, setter), setter);
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

const listAll = route(contract.listPeople, async ({deps}) => {
  const people = await deps.store.prisma.staff.findMany({orderBy: {id: 'asc'}, take: 5_000});
  return ok(people.map(personView));
});

const credentials = route(contract.giveCredentials, async ({deps, caller, params: {id}, body}) => {
  const person = await deps.store.prisma.staff.findUnique({where: {id}});
  if (!person) throw noPerson();
  requireOver(caller, person, person);
  const {badge, pin = null, password = null} = body;
  const given = await giveCredentials(deps.store, id, {badge, pin, password, by: caller.client_id});
  if (!given) throw noPerson();
  return ok({staff_id: id, badge: given.badge});
});

export const staffRoutes: readonly Route[] = [put, list, listAll, credentials];
