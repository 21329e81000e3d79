import {ServiceError} from '@temporalio/client';
import type {NextFunction, Request, Response} from 'express';
import {isUnavailable} from '../store/is-unavailable.ts';
import type {ApiDeps} from './deps.ts';
import {Problem, problemBody} from './errors.ts';
import type {Answer} from './route.ts';

/** Sends an answer; refusals that were stored as answers go out as problems too. */
export function send(response: Response, answer: Answer): void {
  const {status, headers = {}, body} = answer;
  response.status(status).set({'Cache-Control': 'no-store', ...headers});
  if (status >= 400) {
    const problem = inOrder(body as object, requestIdOf(response));
    response.type('application/problem+json').send(JSON.stringify(problem));
  } else if (typeof body === 'string' || Buffer.isBuffer(body)) {
    response.send(body);
  } else {
    response.type('application/json').send(JSON.stringify(body));
  }
}

/** Stored problems come back with their members in another order than people like to read them. */
function inOrder(problem: object, request_id: string): object {
  const {type, title, status, detail, code, errors, ...members} = problem as Record<string, unknown>;
  return {type, title, status, detail, code, errors, ...members, request_id};
}

const requestIdOf = (response: Response) => (response.locals['requestId'] as string | undefined) ?? '';

export function sendProblem(response: Response, problem: Problem): void {
  send(response, {status: problem.status, body: problemBody(problem), headers: {...problem.options.headers}});
}

/** Every error that a route throws ends here; what it does not know is told to nobody but the log. */
export function handleErrors(deps: ApiDeps) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    const problem = asProblem(error);
    deps.metrics.refused(problem.code);
    if (problem.status >= 500) {
      const fields = {
        request_id: requestIdOf(response),
        operation: response.locals['operation'] as unknown,
        err: error,
      };
      if (problem.code === 'unavailable') deps.logger.warn(fields, 'cannot answer right now');
      else deps.logger.error(fields, 'request failed');
    }
    if (response.headersSent) next(error);
    else sendProblem(response, problem);
  };
}

const RETRY = {headers: {'Retry-After': '1'}};
const RESOURCE_EXHAUSTED = 8;

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isMalformed(error)) return new Problem('malformed_request', 'the address is not valid percent-encoded UTF-8');
  if (error instanceof ServiceError) {
    const {code} = (error.cause ?? {}) as {code?: number};
    if (code === RESOURCE_EXHAUSTED)
      return new Problem('rate_limited', 'too much at once: try again in a moment', RETRY);
    return new Problem('unavailable', 'the service is starting or recovering: try again', RETRY);
  }
  if (isUnavailable(error))
    return new Problem('unavailable', 'the service is starting or recovering: try again', RETRY);
  return new Problem('internal', 'this was not your fault; tell us the request id');
}

/** Express's own errors carry a status; of those only 400 (percent-encoding) can happen here. */
function isMalformed(error: unknown): boolean {
  return error instanceof URIError || (error as {status?: number} | null)?.status === 400;
}
