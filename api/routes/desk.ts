import {staffClient, staffOf} from '../../domain/floor/sign-in.ts';
import {changePassword, signInAtDesk} from '../../store/desk-sign-in.ts';
import {endSession} from '../../store/find-session.ts';
import type {staff} from '../../store/generated/client.ts';
import type {SignIn} from '../../store/sign-in.ts';
import {type Look, readLook} from '../../web/words/look.ts';
import type {Caller} from '../auth.ts';
import * as contract from '../contract/desk.ts';
import {cookie, readCookie, requireOwnPage, SESSION_COOKIE} from '../cookies.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {PERMISSIONS} from '../permissions.ts';
import {type Answer, ok, type Route, route} from '../route.ts';
import {waitFor} from '../second-person.ts';
import {secure} from './floor.ts';

interface Who extends Pick<Caller, 'client_id' | 'warehouse_id'> {
  roles: readonly string[];
}

function meView({store, clock}: ApiDeps, {client_id, warehouse_id, roles}: Who, person: staff | null) {
  const may = Object.entries(PERMISSIONS).flatMap(([id, allowed]) =>
    allowed === 'public' || allowed.roles.some((role) => roles.includes(role)) ? [id] : [],
  );
  return {
    ...{client: client_id, staff_id: person?.id ?? null, name: person?.name ?? client_id},
    ...{warehouse: warehouse_id, roles, may},
    look: person && lookOf(person),
    now: store.now().toISOString(),
    speed: clock.speed,
  };
}

const lookOf = ({language, theme}: staff): Look | null => readLook(`${language}.${theme}`);

function letIn(deps: ApiDeps, result: SignIn, words: string): Answer {
  if (result.outcome === 'wait') throw waitFor(result.until, deps.store.now());
  if (result.outcome !== 'in') throw new Problem('sign_in_refused', words);
  const {person, token} = result;
  const {warehouse_id, roles} = person;
  const body = meView(deps, {client_id: staffClient(person.id), warehouse_id, roles}, person);
  return ok(body, {'Set-Cookie': cookie(SESSION_COOKIE, token, {secure: secure(deps)})});
}

const enter = route(contract.deskSignIn, async ({deps, request, body}) => {
  requireOwnPage(request);
  const result = await signInAtDesk(deps.store, body.login, body.password);
  return letIn(deps, result, 'this login and password let nobody in');
});

const leave = route(contract.deskSignOut, async ({deps, request}) => {
  const token = readCookie(request, SESSION_COOKIE);
  if (token !== null) await endSession(deps.store, token);
  return ok({signed_out: token !== null}, {'Set-Cookie': cookie(SESSION_COOKIE, '', {secure: secure(deps), days: 0})});
});

const me = route(contract.deskMe, async ({deps, caller}) => ok(meView(deps, caller, await personOf(deps, caller))));

function personOf({store}: ApiDeps, {client_id}: Caller): Promise<staff | null> {
  const id = staffOf(client_id);
  return id === null ? Promise.resolve(null) : store.prisma.staff.findUnique({where: {id}});
}

const look = route(contract.putDeskLook, async ({deps, caller, body}) => {
  const id = staffOf(caller.client_id);
  if (id !== null) await deps.store.prisma.staff.update({where: {id}, data: body});
  return ok(body);
});

const password = route(contract.putPassword, async ({deps, caller, body}) => {
  const staffId = staffOf(caller.client_id);
  if (staffId === null) throw new Problem('forbidden', 'a key has no password');
  const result = await changePassword(deps.store, {staffId, current: body.current, next: body.password});
  return letIn(deps, result, 'this is not your password until now');
});

export const deskRoutes: readonly Route[] = [enter, leave, me, look, password];
