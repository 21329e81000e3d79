import {Stopped, type WorldClock} from './clock.ts';
import {type Call, NoAnswer, type Reply, send} from './http.ts';
import {randomStream} from './random.ts';

export interface CallSettings {
  api: string;
  /** development keys by role */
  keys: Record<string, string>;
  clock: Pick<WorldClock, 'pause'>;
  /** real milliseconds for which a service that is down or overloaded is asked again */
  patienceMs?: number;
  /** told about every answer that led to another try; status 0 is none at all */
  onRetry?: (status: number, reply: Reply) => void;
}

export interface ApiCall {
  role: string;
  method: Call['method'];
  path: string;
  body?: unknown;
  idempotencyKey?: string;
}

const DEFAULT_PATIENCE_MS = 180_000;
const TRY_AGAIN = new Set([0, 429, 502, 503, 504]);
/** a defect rather than a refusal: worth a few tries, since a kill can look like it, but never silently for ever */
const DEFECT_TRIES = 6;

/** An answer that the caller did not expect. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(call: ApiCall, reply: Reply) {
    const {code, detail, errors} = (reply.body ?? {}) as {
      code?: string;
      detail?: string;
      errors?: {pointer: string; code: string}[];
    };
    const faults = errors?.map((e) => `${e.pointer} ${e.code}`).join(', ') ?? '';
    super(`${call.method} ${call.path} answered ${reply.status} ${code ?? ''} ${detail ?? ''} ${faults}`.trimEnd());
    this.status = reply.status;
    this.code = code ?? '';
  }
}

/**
 * One call, repeated with back-off and the same body and key while the service is down (no answer, 429, 502, 503, 504)
 * or still at work on the same key (409 request_in_progress). Every other answer is returned as it is.
 */
export function apiCaller(settings: CallSettings): (call: ApiCall) => Promise<Reply> {
  const {api, keys, clock, patienceMs = DEFAULT_PATIENCE_MS, onRetry} = settings;
  const jitter = randomStream(1, 'back-off');
  return async (call) => {
    const headers = {
      authorization: `Bearer ${keys[call.role] ?? keys.admin ?? ''}`,
      ...(call.idempotencyKey && {'idempotency-key': call.idempotencyKey}),
    };
    const began = Date.now();
    for (let attempt = 0; ; attempt += 1) {
      const reply = await sendOnce({method: call.method, url: `${api}${call.path}`, headers, body: call.body});
      const again = shouldRepeat(reply, attempt);
      if (!again || Date.now() - began > patienceMs) return reply;
      onRetry?.(reply.status, reply);
      await clock.pause(waitMs(reply, attempt) * (0.5 + jitter.next()));
    }
  };
}

async function sendOnce(call: Call): Promise<Reply> {
  try {
    return await send(call);
  } catch (error) {
    if (error instanceof NoAnswer) return {status: 0, headers: {}, body: {code: 'no_answer', detail: error.message}};
    throw error instanceof Stopped ? error : new Error(`${call.method} ${call.url}`, {cause: error});
  }
}

function shouldRepeat(reply: Reply, attempt: number): boolean {
  if (TRY_AGAIN.has(reply.status)) return true;
  if (reply.status === 500) return attempt < DEFECT_TRIES;
  return reply.status === 409 && (reply.body as {code?: string} | null)?.code === 'request_in_progress';
}

function waitMs(reply: Reply, attempt: number): number {
  const told = Number(reply.headers['retry-after']);
  const grown = Math.min(3_000, 60 * 2 ** attempt);
  return Number.isFinite(told) ? Math.min(Math.max(told * 1000, 50), 5_000) : grown;
}
