import type {Request} from 'express';
import type {Caller} from './auth.ts';
import type {Operation, Parsed, Shape} from './contract/operation.ts';
import type {ApiDeps} from './deps.ts';

export interface Call<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape> {
  deps: ApiDeps;
  caller: Caller;
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  /** the body as it came, for calls that judge it themselves */
  raw: unknown;
  /** of the client, if it sent one */
  idempotencyKey: string | null;
  requestId: string;
  request: Request;
}

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface Route {
  operation: Operation;
  handle: (call: Call) => Promise<Answer>;
}

/** Ties a call of the contract to what answers it; the types of parameters and body come from the contract. */
export function route<P extends Shape, Q extends Shape, B extends Shape>(
  operation: Operation<P, Q, B>,
  handle: (call: Call<P, Q, B>) => Promise<Answer>,
): Route {
  return {operation: operation as Operation, handle: handle as unknown as Route['handle']};
}

export const ok = (body: unknown, headers?: Record<string, string>): Answer => ({
  status: 200,
  body,
  ...(headers ? {headers} : {}),
});
