/** A fault of one field: a JSON pointer into what was sent, and words. */
export interface Fault {
  pointer: string;
  code: string;
  detail: string;
}

/** What the interface said instead of doing it (RFC 9457); `status` 0: nobody answered. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly errors: readonly Fault[];
  readonly requestId: string | null;
  /** seconds after which to ask again, if it said so */
  readonly retryAfter: number | null;
  /** everything else it said, such as `order_id` */
  readonly members: Readonly<Record<string, unknown>>;
  constructor(status: number, problem: Readonly<Record<string, unknown>>, retryAfter: number | null = null) {
    const text = (name: string) => (typeof problem[name] === 'string' ? problem[name] : '');
    super(text('detail') || text('title') || `HTTP ${status}`);
    this.name = 'ProblemError';
    this.status = status;
    this.code = text('code') || (status === 0 ? 'no_answer' : 'internal');
    this.title = text('title');
    this.errors = Array.isArray(problem['errors']) ? (problem['errors'] as Fault[]) : [];
    this.requestId = text('request_id') || null;
    this.retryAfter = retryAfter;
    this.members = problem;
  }
}

export interface Sent {
  body?: unknown;
  /** Idempotency-Key */
  key?: string;
  /** of what somebody had before them: refused when it has changed since; `new`: refused when there is one already */
  version?: number | 'new';
  signal?: AbortSignal;
  /** milliseconds it may take, where that is longer than usual */
  patience?: number;
}

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

const PATIENCE_MS = 30_000;

const IDLE_MS = 60_000;
let touched = Date.now();
if (typeof addEventListener === 'function') {
  for (const name of ['pointerdown', 'keydown', 'wheel'])
    addEventListener(name, () => (touched = Date.now()), {passive: true});
}

/**
 * Told to the server with every call: no other site can send it without being allowed to. A page that only looks again
 * by itself says that nobody is there, so that it keeps nobody signed in.
 */
const ownPage = () => ({'X-Waybill-Page': !watched && Date.now() - touched > IDLE_MS ? 'idle' : 'used'});

let watched = false;

/** From here on the page is looked at without being touched, as a screen on a wall is; returns what ends that. */
export function beWatched(): () => void {
  watched = true;
  return () => {
    watched = false;
  };
}

/** One call of the interface: its answer, or a ProblemError. A busy service is asked again, as it wishes. */
export async function call<T>(method: Method, path: string, sent: Sent = {}): Promise<T> {
  return (await ask<T>(method, path, sent)).answer;
}

/** A page of a list, and where the next one is; null behind the last. */
export async function callPage<T>(path: string, sent: Sent = {}): Promise<{rows: T; next: string | null}> {
  const {answer, headers} = await ask<T>('GET', path, sent);
  return {rows: answer, next: /<([^>]+)>; rel="next"/.exec(headers.get('Link') ?? '')?.[1] ?? null};
}

/** So often a call is sent when a busy service says when to come again. */
const TRIES = 4;
/** Seconds somebody is let wait for that; who shall come later than that is told so. */
const LONGEST_REST = 5;

async function ask<T>(method: Method, path: string, sent: Sent): Promise<{answer: T; headers: Headers}> {
  for (let tries = 1; ; tries += 1) {
    const response = await send(method, path, sent);
    const answer = (await response.json().catch(() => null)) as unknown;
    if (response.ok) return {answer: answer as T, headers: response.headers};
    const after = Number(response.headers.get('Retry-After')) || null;
    const busy = response.status === 503 && after !== null && after <= LONGEST_REST;
    // what was done all the same is not done twice: it carries the same Idempotency-Key, or says itself what shall be
    if (!busy || tries === TRIES)
      throw new ProblemError(response.status, (answer ?? {}) as Record<string, unknown>, after);
    await rest(after * 1_000, sent.signal);
  }
}

async function send(
  method: Method,
  path: string,
  {body, key, version, signal, patience = PATIENCE_MS}: Sent,
): Promise<Response> {
  const headers: Record<string, string> = ownPage();
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key !== undefined) headers['Idempotency-Key'] = key;
  if (version === 'new') headers['If-None-Match'] = '*';
  else if (version !== undefined) headers['If-Match'] = `"${version}"`;
  const late = AbortSignal.timeout(patience);
  const init: RequestInit = {
    ...{method, headers, credentials: 'same-origin', cache: 'no-store'},
    signal: signal ? AbortSignal.any([signal, late]) : late,
    ...(body === undefined ? {} : {body: JSON.stringify(body)}),
  };
  return fetch(path, init).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ProblemError(0, {});
  });
}

/** Ends early, and badly, when nobody waits for it any more. */
function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** A new Idempotency-Key. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
