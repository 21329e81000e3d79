import {beginRequest, forgetRequest, keepAnswer, type RequestKey, type StoredAnswer} from '../store/request-keys.ts';
import {Problem} from './errors.ts';
import {requestHash} from './request-hash.ts';
import type {Answer, Call, Route} from './route.ts';

export const REPLAYED = {'Idempotent-Replayed': 'true'};

const KEY = /^[\x20-\x7e]{1,200}$/;

/** The client's key; null when it sent none. */
export function readKey(header: string | undefined): string | null {
  if (header === undefined || header.trim() === '') return null;
  if (!KEY.test(header)) {
    throw new Problem('idempotency_key_malformed', 'a key has 1 to 200 printable ASCII characters');
  }
  return header;
}

export function requireKey(key: string | null): string {
  if (key === null) throw new Problem('idempotency_key_missing', 'send a header Idempotency-Key, new for each request');
  return key;
}

export const reused = () => new Problem('idempotency_key_reused', 'this key was used for another request before');

/** Answers a call so that its repeats under the same key get the same answer. */
export async function answerOnce(route: Route, call: Call): Promise<Answer> {
  const {operation, handle} = route;
  if (operation.repeats === 'none' || operation.repeats === 'own') return handle(call);
  if (call.idempotencyKey === null) {
    if (operation.repeats === 'key-required') requireKey(null);
    return handle(call);
  }
  const request: RequestKey = {
    client_id: call.caller.client_id,
    key: call.idempotencyKey,
    operation: operation.id,
    request_hash: requestHash(operation.id, call.params, call.body),
  };
  const {store} = call.deps;
  const known = await beginRequest(store, request, Object.values(call.params ?? {}).join('/'));
  if (known.state === 'reused') throw reused();
  if (known.state === 'answered') return {...known.answer, headers: REPLAYED};
  try {
    // one that was cut off is simply done again: every verb behind this recognises its own work
    const answer = await handle(call);
    return {...answer, ...(await keepAnswer(store, request, answer as StoredAnswer))};
  } catch (error) {
    if (error instanceof Problem && error.status < 500 && known.state === 'new') await forgetRequest(store, request);
    throw error;
  }
}
