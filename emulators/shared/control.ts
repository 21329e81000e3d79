import type {IncomingMessage, ServerResponse} from 'node:http';
import type {EmulatorClock} from './clock.ts';
import {FaultError, type Faults} from './faults.ts';
import {readBody, requestUrl, sendJson} from './http.ts';

export interface ControlOptions {
  name: string;
  clock: EmulatorClock;
  faults: Faults;
  /** Everything that really happened, as JSON. */
  ledger(query: URLSearchParams): unknown;
  /** Called after the clock moved: keep the offset in the books, then let due things happen. */
  clockMoved(): void;
  /** Empties books and state; the faults are cleared by the control interface itself. */
  reset(): void;
  /** More control routes of one emulator, keyed `POST /_control/name`; throws ControlError for a bad request. */
  extra?: Record<string, (body: Record<string, unknown>) => unknown>;
}

/** A control request that makes no sense; its message is the answer (400). */
export class ControlError extends Error {}

/**
 * The handler of `/_control/*`. Resolves to false, without touching the response, for any other path, so it can stand
 * before a plain node:http handler or in an Express middleware (before body parsers: it reads the body itself).
 */
export function createControl(options: ControlOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = requestUrl(request);
    if (!url.pathname.startsWith('/_control/')) return false;
    try {
      const text = (await readBody(request)).toString('utf8');
      const body = text === '' ? {} : parseObject(text);
      const answer = dispatch(options, `${request.method} ${url.pathname}`, url.searchParams, body);
      if (answer === undefined) sendJson(response, 404, {error: `no control route ${request.method} ${url.pathname}`});
      else sendJson(response, 200, answer);
    } catch (error) {
      const known = error instanceof ControlError || error instanceof FaultError;
      sendJson(response, known ? 400 : 500, {error: error instanceof Error ? error.message : String(error)});
    }
    return true;
  };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // answered below, like any other body that is not an object
  }
  throw new ControlError('the body must be a JSON object');
}

function dispatch(
  {name, clock, faults, ledger, clockMoved, reset, extra}: ControlOptions,
  route: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
): unknown {
  switch (route) {
    case 'GET /_control/health':
      return {ok: true, name, now: iso(clock.now())};
    case 'GET /_control/ledger':
      return ledger(query);
    case 'GET /_control/faults':
      return {faults: faults.list()};
    case 'POST /_control/faults':
      return faults.add(body);
    case 'DELETE /_control/faults':
      faults.clear();
      return {faults: []};
    case 'POST /_control/clock':
      moveClock(clock, body);
      clockMoved();
      return {now: iso(clock.now())};
    case 'POST /_control/reset':
      faults.clear();
      reset();
      return {ok: true};
    default:
      return extra?.[route]?.(body);
  }
}

/** `{advance_ms}` or `{now}` (RFC 3339 or milliseconds). Time only goes forward. */
function moveClock(clock: EmulatorClock, body: Record<string, unknown>): void {
  const {advance_ms: advance, now} = body;
  if (typeof advance === 'number' && Number.isFinite(advance) && advance >= 0) return clock.advance(advance);
  const target = typeof now === 'string' ? Date.parse(now) : now;
  if (typeof target === 'number' && Number.isFinite(target) && target >= clock.now()) return clock.set(target);
  throw new ControlError('send {"advance_ms": 0 or more} or {"now": a time not before the present one}');
}

const iso = (ms: number) => new Date(ms).toISOString();
