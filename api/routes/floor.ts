import {staffClient, staffOf} from '../../domain/floor/sign-in.ts';
import {endSession} from '../../store/find-session.ts';
import {signIn} from '../../store/sign-in.ts';
import * as contract from '../contract/staff.ts';
import {cookie, DEVICE_COOKIE, readCookie, SESSION_COOKIE} from '../cookies.ts';
import type {ApiDeps} from '../deps.ts';
import {ok, type Route, route} from '../route.ts';
import {credentialOf, notLetIn} from '../second-person.ts';

const YEAR = 365;
export const secure = ({publicUrl}: ApiDeps) => publicUrl.startsWith('https:');

const device = route(contract.useDevice, ({deps, caller, request}) => {
  const {client_id, warehouse_id} = caller;
  const key = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const answer = {device: client_id, warehouse: warehouse_id};
  if (key === undefined) return Promise.resolve(ok(answer));
  const kept = cookie(DEVICE_COOKIE, key, {secure: secure(deps), days: YEAR});
  return Promise.resolve(ok(answer, {'Set-Cookie': kept}));
});

const enter = route(contract.signIn, async ({deps, caller, body}) => {
  const {client_id, warehouse_id} = caller;
  const result = await signIn(deps.store, {client_id, warehouse_id}, credentialOf(body));
  if (result.outcome !== 'in') throw notLetIn(result, deps.store.now());
  const {id, name, warehouse_id: warehouse, roles} = result.person;
  const me = {client: staffClient(id), staff_id: id, name, warehouse, roles};
  return ok(me, {'Set-Cookie': cookie(SESSION_COOKIE, result.token, {secure: secure(deps)})});
});

const leave = route(contract.signOut, async ({deps, request}) => {
  const token = readCookie(request, SESSION_COOKIE);
  if (token !== null) await endSession(deps.store, token);
  const gone = `${cookie(SESSION_COOKIE, '', {secure: secure(deps), days: 0})}`;
  return ok({signed_out: token !== null}, {'Set-Cookie': gone});
});

const me = route(contract.getMe, async ({deps, caller}) => {
  const {client_id: client, warehouse_id: warehouse, roles} = caller;
  const staff_id = staffOf(client);
  const person = staff_id && (await deps.store.prisma.staff.findUnique({where: {id: staff_id}}));
  return ok({client, staff_id, name: person ? person.name : client, warehouse, roles});
});

export const floorRoutes: readonly Route[] = [device, enter, leave, me];
