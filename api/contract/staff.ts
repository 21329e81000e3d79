import {FLOOR_ROLES, STAFF_ROLES} from '../../domain/floor/roles.ts';
import {code, idParam, text} from './common.ts';
import {operation} from './operation.ts';
import {version} from './set-up.ts';
import {z} from './z.ts';

const tag = 'Floor';

/** Printed on badges and typed with gloves on. */
export const staffId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'must be 1 to 40 letters, digits, dots, dashes');
const staffParam = z.object({id: staffId});
const roles = z.array(z.enum(STAFF_ROLES)).min(1).max(STAFF_ROLES.length);
const pin = z.string().regex(/^[0-9]{4,8}$/, 'must be 4 to 8 digits');

/** Long is better than strange: no rule asks for signs. */
export const newPassword = text(200, {code: true}).min(10, 'must have 10 characters or more');

const person = z.object({
  staff_id: staffId,
  name: z.string(),
  warehouse: code.nullable(),
  roles,
  active: z.boolean(),
  has_badge: z.boolean(),
  has_pin: z.boolean(),
  pin_spent: z.boolean(),
  has_password: z.boolean(),
  version,
});

const staffFields = {
  name: text(100),
  warehouse: code.nullable().default(null),
  roles,
  active: z.boolean().default(true),
};

function worksSomewhere(
  {warehouse, roles: given}: {warehouse: string | null; roles: readonly string[]},
  context: z.core.$RefinementCtx,
): void {
  if (warehouse !== null || !given.some((role) => FLOOR_ROLES.some((floor) => floor === role))) return;
  const message = 'is missing: who works on the floor works somewhere';
  context.addIssue({code: 'custom', path: ['warehouse'], message, params: {code: 'missing'}});
}

/** A person as a line of a file has them. */
export const personLine = z.strictObject({...staffFields, login: staffId}).superRefine(worksSomewhere);

export const putStaff = operation({
  id: 'putStaff',
  method: 'put',
  path: '/v1/staff/{id}',
  tag,
  summary: 'A person: as what they work, and where if it is on the floor; one who is not active is signed in nowhere',
  params: staffParam,
  body: z.strictObject(staffFields).superRefine(worksSomewhere).openapi('StaffInput'),
  answers: {200: person.openapi('Staff')},
  problems: ['changed_meanwhile', 'invalid_request', 'forbidden'],
});

export const listStaff = operation({
  id: 'listStaff',
  method: 'get',
  path: '/v1/warehouses/{id}/staff',
  tag,
  summary: 'The people of a warehouse',
  params: idParam,
  answers: {200: z.array(person)},
  problems: ['not_found', 'forbidden'],
});

export const listPeople = operation({
  id: 'listPeople',
  method: 'get',
  path: '/v1/staff',
  tag,
  summary: 'Everybody, of the office and of every warehouse',
  answers: {200: z.array(person)},
});

export const giveCredentials = operation({
  id: 'giveCredentials',
  method: 'post',
  path: '/v1/staff/{id}/credentials',
  tag,
  summary:
    'A new badge, PIN or password; the badge is told this once, and who is signed in with the old ones is signed out',
  params: staffParam,
  body: z
    .strictObject({badge: z.boolean().default(false), pin: pin.optional(), password: newPassword.optional()})
    .openapi('CredentialsInput'),
  repeats: 'none',
  answers: {200: z.object({staff_id: staffId, badge: z.string().nullable()}).openapi('Credentials')},
  problems: ['not_found', 'forbidden'],
});

export const useDevice = operation({
  id: 'useDevice',
  method: 'post',
  path: '/v1/floor/device',
  tag,
  summary: 'Makes the browser that calls a shared device: it keeps the key in a cookie that no script reads',
  repeats: 'none',
  answers: {200: z.object({device: code, warehouse: code.nullable()}).openapi('Device')},
});

/** A badge, or a number and PIN. */
export const credential = z
  .strictObject({badge: text(100, {code: true}).optional(), staff_id: staffId.optional(), pin: pin.optional()})
  .superRefine(({badge, staff_id, pin: digits}, context) => {
    const [asBadge, asPin] = [badge !== undefined, staff_id !== undefined && digits !== undefined];
    const stray = asBadge && (staff_id !== undefined || digits !== undefined);
    if ((asBadge || asPin) && !stray) return;
    context.addIssue({code: 'custom', message: 'give either badge, or staff_id and pin', params: {code: 'missing'}});
  })
  .openapi('SignInInput');

export const who = z
  .object({
    client: code,
    staff_id: staffId.nullable(),
    name: z.string(),
    warehouse: code.nullable(),
    roles: z.array(z.string()),
  })
  .openapi('Me');

export const signIn = operation({
  id: 'signIn',
  method: 'post',
  path: '/v1/floor/sign-in',
  tag,
  summary:
    'Signs a person in on a shared device, by badge or by number and PIN; whoever was signed in there is signed out',
  body: credential,
  repeats: 'none',
  answers: {200: who},
  problems: ['sign_in_refused', 'sign_in_locked'],
});

export const signOut = operation({
  id: 'signOut',
  method: 'post',
  path: '/v1/floor/sign-out',
  tag,
  summary: 'Ends the session of this device',
  repeats: 'none',
  answers: {200: z.object({signed_out: z.boolean()}).openapi('SignedOut')},
});

export const getMe = operation({
  id: 'getMe',
  method: 'get',
  path: '/v1/floor/me',
  tag,
  summary: 'Who is signed in here',
  answers: {200: who},
});
