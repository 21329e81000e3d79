import type {IncomingMessage, ServerResponse} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';
import {type Fault, type Faults, faultPhase} from '../shared/faults.ts';
import {readBody, requestUrl} from '../shared/http.ts';
import {bySticking, faultWire, injectedError, renderAnswer, sendWire, type Wire} from './answer.ts';
import {type Call, newCall, type Route} from './call.ts';
import type {Engine} from './engine.ts';
import {errorJson, StripeError} from './errors.ts';
import {parseForm} from './form.ts';
import {type Idempotency, paramHash} from './idempotency.ts';
import {newId} from './ids.ts';
import type {Features} from './payment-intents.ts';
import type {Answer, Change} from './records.ts';
import {findRoute, type Match} from './router.ts';
import {bindAnswer, type StoredAnswer} from './state.ts';

export interface ApiOptions {
  engine: Engine;
  faults: Faults;
  features: Features;
  idempotency: Idempotency;
}

interface ApiRequest {
  id: string;
  method: string;
  pathname: string;
  /** Parameters as they came: the body, or the query of a GET. */
  text: string;
  key: string | null;
  hash: string;
  authorization: string;
}

/** The handler of `/v1/*`. */
export function createApi(options: ApiOptions) {
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    options.engine.expireDue();
    try {
      const match = accept(request);
      if (request.key === null) sendWire(response, await carryOut(options, request, match));
      else sendWire(response, await carryOutOnce(options, request, match, request.key));
    } catch (error) {
      sendWire(response, refuse(options, request, error));
    }
  };
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const url = requestUrl(incoming);
  const method = incoming.method ?? 'GET';
  const body = (await readBody(incoming)).toString('utf8');
  const text = method === 'GET' ? url.searchParams.toString() : body;
  const header = incoming.headers['idempotency-key'];
  return {
    id: newId('req'),
    method,
    pathname: url.pathname,
    text,
    key: method === 'POST' && typeof header === 'string' && header !== '' ? header : null,
    hash: paramHash(method, url.pathname, text),
    authorization: incoming.headers.authorization ?? '',
  };
}

function accept({authorization, method, pathname}: ApiRequest): Match {
  const [scheme = '', credentials = ''] = authorization.split(' ');
  const key = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString('utf8').split(':')[0] : credentials;
  if (!key || /^[sr]k_live_/.test(key)) {
    const message = key ? 'This emulator takes no live keys.' : 'You did not provide an API key.';
    throw new StripeError(401, {type: 'invalid_request_error', message});
  }
  const match = findRoute(method, pathname);
  if (match) return match;
  const message = `Unrecognized request URL (${method}: ${pathname}). This emulator covers only part of Stripe.`;
  throw new StripeError(404, {type: 'invalid_request_error', message});
}

/** Carries the call out unless its key has been answered before. Faults strike only calls that are carried out. */
async function carryOutOnce(options: ApiOptions, request: ApiRequest, match: Match, key: string): Promise<Wire> {
  const {engine, idempotency} = options;
  const stored = idempotency.begin(key, request.hash, engine.now());
  if (stored) return replay(options, request, stored);
  try {
    return await carryOut(options, request, match);
  } finally {
    idempotency.end(key);
  }
}

function replay({engine}: ApiOptions, request: ApiRequest, {answer, request: original}: StoredAnswer): Wire {
  engine.commit([requestChange(engine, request, answer.status, true)]);
  return {
    status: answer.status,
    body: renderAnswer(answer, engine.state()),
    headers: {'request-id': request.id, 'original-request': original, 'idempotent-replayed': 'true'},
  };
}

async function carryOut(options: ApiOptions, request: ApiRequest, match: Match): Promise<Wire> {
  const {engine, faults} = options;
  const struck = faults.take(match.route.operation);
  const fault = struck && bySticking(struck);
  const phase = fault && faultPhase(fault);
  if (fault?.mode === 'delay' && phase === 'before') await sleep(fault.delay_ms ?? 1000);
  const replaced = fault && ['drop', 'status', 'garbage'].includes(fault.mode) ? faultWire(fault) : undefined;
  if (replaced && phase === 'before') {
    engine.commit([requestChange(engine, request, statusOf(replaced), false)]);
    return replaced;
  }
  engine.expireDue();
  const wire = execute(options, request, match, fault, replaced);
  if (fault?.mode === 'delay' && phase === 'after') await sleep(fault.delay_ms ?? 1000);
  return wire;
}

/** The effect, its events, the stored answer and the request line: one entry in the books. Runs without a pause. */
function execute(
  {engine, features}: ApiOptions,
  request: ApiRequest,
  {route, path}: Match,
  fault: Fault | undefined,
  replaced: Wire | undefined,
): Wire {
  const {text, key, hash, id} = request;
  const call = newCall(engine.state(), features, engine.now(), {form: parseForm(text), path, key});
  const {answer, begun} = runRoute(route, call, fault, id);
  if (key !== null && begun) call.changes.push({add: 'answer', key, hash, at: call.now, request: id, answer});
  const status = replaced ? statusOf(replaced) : answer.status;
  engine.commit([...call.changes, requestChange(engine, request, status, false)]);
  if (replaced) return replaced;
  const body = renderAnswer(bindAnswer(engine.state(), answer), engine.state());
  return {status: answer.status, body, headers: {'request-id': id}};
}

/** `begun`: the endpoint began its work, so that its answer, even a 500, is kept for the key. */
function runRoute(
  route: Route,
  call: Call,
  fault: Fault | undefined,
  requestId: string,
): {answer: Answer; begun: boolean} {
  const injected = {answer: injectedError(fault?.status ?? 500), begun: true};
  if (fault?.mode === 'error_before') return injected;
  try {
    const answer = route.handle(call);
    return fault?.mode === 'error_after' ? injected : {answer, begun: true};
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    call.changes.length = 0;
    if (fault?.mode === 'error_after') return injected;
    return {answer: {status: error.status, body: errorJson(error.body, requestId)}, begun: error.stored};
  }
}

/** An error before the route was reached (or a bug of ours, which is a 500 that is stored nowhere). */
function refuse({engine}: ApiOptions, request: ApiRequest, error: unknown): Wire {
  const known = error instanceof StripeError;
  if (!known) console.error(error);
  const status = known ? error.status : 500;
  const body = known ? errorJson(error.body, request.id) : injectedError(500).body;
  engine.commit([requestChange(engine, request, status, false)]);
  return {status, body, headers: {'request-id': request.id}};
}

function requestChange(engine: Engine, request: ApiRequest, status: number, replayed: boolean): Change {
  const {method, pathname: path, key, hash} = request;
  const record = {at: engine.now(), method, path, idempotency_key: key, param_hash: hash, status, replayed};
  return {add: 'request', record};
}

function statusOf(wire: Wire): number {
  return wire === 'drop' ? 0 : wire.status;
}
