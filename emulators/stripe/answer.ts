import type {ServerResponse} from 'node:http';
import {type Fault, GARBAGE_BODY} from '../shared/faults.ts';
import {sendJson} from '../shared/http.ts';
import {errorJson} from './errors.ts';
import {show} from './show.ts';
import type {BoundAnswer, State} from './state.ts';

/** What goes over the wire; `drop` cuts the connection instead. */
export type Wire = {status: number; body: string; headers: Record<string, string>} | 'drop';

export function renderAnswer(answer: BoundAnswer, state: State): string {
  return 'body' in answer ? answer.body : JSON.stringify(show(answer.about, answer.expand, state));
}

/** A fault by what it does here: one whose answer is kept with the key strikes inside the endpoint, else in front. */
export function bySticking(fault: Fault): Fault {
  const {mode, sticky} = fault;
  if (mode === 'status' && sticky === true) {
    return {...fault, mode: fault.when === 'after' ? 'error_after' : 'error_before', status: fault.status ?? 503};
  }
  if ((mode === 'error_before' || mode === 'error_after') && sticky === false) {
    return {...fault, mode: 'status', when: mode === 'error_after' ? 'after' : 'before', status: fault.status ?? 500};
  }
  return fault;
}

/** What a drop, status or garbage fault puts in place of an answer. */
export function faultWire(fault: Fault): Wire {
  if (fault.mode === 'drop') return 'drop';
  const headers: Record<string, string> =
    fault.retry_after === undefined ? {} : {'retry-after': String(fault.retry_after)};
  if (fault.mode === 'garbage') return {status: fault.status ?? 200, body: fault.body ?? GARBAGE_BODY, headers};
  const status = fault.status ?? 503;
  return {status, body: fault.body ?? statusBody(status), headers};
}

function statusBody(status: number): string {
  if (status === 429) {
    return errorJson({type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.'});
  }
  return injectedError(status).body;
}

/** The body of error_before and error_after. */
export function injectedError(status: number): {status: number; body: string} {
  return {status, body: errorJson({type: 'api_error', message: 'An unknown error occurred'})};
}

export function sendWire(response: ServerResponse, wire: Wire): void {
  if (wire === 'drop') response.destroy();
  else sendJson(response, wire.status, wire.body, wire.headers);
}
