import type {z} from './z.ts';

export type Method = 'get' | 'put' | 'post';

/** How repeats of a POST are recognised: by the client's key (required or not), by the operation itself, or not at all. */
export type Repeats = 'key-required' | 'key-optional' | 'own' | 'none';

export type Shape = z.ZodObject | null;

/** One call of the HTTP interface: the routes, their validation and `/openapi.json` all come from these. */
export interface Operation<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape> {
  id: string;
  method: Method;
  /** OpenAPI style: `/v1/orders/{id}` */
  path: string;
  tag: string;
  summary: string;
  params: P;
  query: Q;
  body: B;
  repeats: Repeats;
  /** bytes a body may have, where that is more than usual */
  maxBody?: number;
  /** by status; a string is the content type of an answer that is not JSON */
  answers: Record<number, z.ZodType | string>;
  /** codes of the problems this call answers with, beyond those every call may have */
  problems: readonly string[];
}

interface Given<P extends Shape, Q extends Shape, B extends Shape> {
  id: string;
  method: Method;
  path: string;
  tag: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  repeats?: Repeats;
  maxBody?: number;
  answers: Operation['answers'];
  problems?: readonly string[];
}

export function operation<P extends Shape = null, Q extends Shape = null, B extends Shape = null>(
  given: Given<P, Q, B>,
): Operation<P, Q, B> {
  return {
    ...given,
    params: (given.params ?? null) as P,
    query: (given.query ?? null) as Q,
    body: (given.body ?? null) as B,
    repeats: given.repeats ?? (given.method === 'post' ? 'key-optional' : 'none'),
    problems: given.problems ?? [],
  };
}

export type Parsed<S extends Shape> = S extends z.ZodType ? z.output<S> : null;
