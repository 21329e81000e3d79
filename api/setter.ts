import type {Seen, Setter} from '../store/set-up/keep.ts';
import {Problem} from './errors.ts';
import type {Call} from './route.ts';

const VERSION = /^(?:W\/)?"(\d{1,16})"$/;

/**
 * Who sets something up, and what they had before them: `If-None-Match: *` is there to make something new, `If-Match`
 * carries the version that was read. Without either it is written over whatever is there, as a script wants it.
 */
export function setterOf({caller, request}: Pick<Call, 'caller' | 'request'>): Setter {
  return {actor: caller.client_id, seen: seenIn(request.get('if-none-match'), request.get('if-match'))};
}

function seenIn(none: string | undefined, match: string | undefined): Seen {
  if (none === '*') return 'nothing';
  if (match === undefined || match === '*') return 'anything';
  const version = Number(VERSION.exec(match)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) throw new Problem('invalid_parameter', 'If-Match carries a version, like "1767225600000"');
  return version;
}

/** What was written, or 412: it is not as the caller saw it. */
export function kept<T>(result: T | 'changed', {seen}: Setter): T {
  if (result !== 'changed') return result;
  const detail = seen === 'nothing' ? 'there is one already' : 'somebody changed it since you looked at it';
  throw new Problem('changed_meanwhile', detail);
}
