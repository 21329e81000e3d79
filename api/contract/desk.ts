import {LANGUAGES} from '../../web/words/catalogue.ts';
import {THEMES} from '../../web/words/look.ts';
import {text, time} from './common.ts';
import {operation} from './operation.ts';
import {newPassword, staffId, who} from './staff.ts';
import {z} from './z.ts';

const tag = 'Office';

const look = z.strictObject({language: z.enum(LANGUAGES), theme: z.enum(THEMES)});

const me = who
  .extend({
    look: look.nullable(),
    may: z.array(z.string()).openapi({description: 'the calls their roles allow, by operation id'}),
    now: time.openapi({description: 'the time of the service'}),
    speed: z.number().openapi({description: 'how fast its clock runs; 1 is real time'}),
  })
  .openapi('DeskMe');

/** A guess is as long as it likes to be, but not endless. */
const password = text(200, {code: true});

export const deskSignIn = operation({
  id: 'deskSignIn',
  method: 'post',
  path: '/v1/desk/sign-in',
  tag,
  summary: 'Signs a person of the office in, by login and password: a cookie that no script reads',
  body: z.strictObject({login: staffId, password}).openapi('DeskSignInInput'),
  repeats: 'none',
  answers: {200: me},
  problems: ['sign_in_refused', 'sign_in_locked'],
});

export const deskSignOut = operation({
  id: 'deskSignOut',
  method: 'post',
  path: '/v1/desk/sign-out',
  tag,
  summary: 'Ends the session',
  repeats: 'none',
  answers: {200: z.object({signed_out: z.boolean()})},
});

export const deskMe = operation({
  id: 'deskMe',
  method: 'get',
  path: '/v1/desk/me',
  tag,
  summary: 'Who is signed in, what they may do, and how they read the pages',
  answers: {200: me},
});

export const putDeskLook = operation({
  id: 'putDeskLook',
  method: 'put',
  path: '/v1/desk/look',
  tag,
  summary: 'Language and colours of the pages, as the person wants them wherever they sign in',
  body: look.openapi('Look'),
  answers: {200: look},
});

export const putPassword = operation({
  id: 'putPassword',
  method: 'put',
  path: '/v1/desk/password',
  tag,
  summary: 'A new password of one’s own; whoever is signed in with the one before is signed out',
  body: z.strictObject({current: password, password: newPassword}).openapi('PasswordInput'),
  answers: {200: me},
  problems: ['sign_in_refused', 'sign_in_locked'],
});
