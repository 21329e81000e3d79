import type {Request} from 'express';
import {Problem} from './errors.ts';

/** The key of a shared device, and the session of the person who is signed in, on it or at a desk. */
export const DEVICE_COOKIE = 'waybill_device';
export const SESSION_COOKIE = 'waybill_session';

/**
 * What our pages send with everything that changes something; no other site can without being allowed to. Its value may
 * be whose work it is (`staff:1001`): what waited while somebody else signed in is not theirs.
 */
export const PAGE_HEADER = 'x-waybill-page';

export function readCookie(request: Request, name: string): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? null : found.slice(name.length + 1);
}

/** Out of reach of scripts, sent by our own pages only. */
export function cookie(name: string, value: string, {secure, days}: {secure: boolean; days?: number}): string {
  const age = days === undefined ? '' : `; Max-Age=${days * 86_400}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${age}${secure ? '; Secure' : ''}`;
}

/**
 * A cookie is sent by the browser, whoever made it call: what changes something must carry a header that a form or an
 * image cannot, and that a script of another site may not (cookies do not tell ports of one host apart).
 */
export function requireOwnPage(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers[PAGE_HEADER] !== undefined) return;
  throw new Problem('forbidden', `a call with a cookie needs the header ${PAGE_HEADER}`);
}

/** A page that looks again by itself while nobody touches it says so: that does not keep anybody signed in. */
export const isIdle = (request: Request): boolean => request.headers[PAGE_HEADER] === 'idle';

/** Who did what a page sends, as the page knows them; null where it does not say. */
export function whoseWork(request: Request): string | null {
  const value = request.headers[PAGE_HEADER];
  return typeof value === 'string' && value.startsWith('staff:') ? value : null;
}
