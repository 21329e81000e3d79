import {randomUUID} from 'node:crypto';
import type {Express, NextFunction, Request, Response} from 'express';
import {authorize} from './auth.ts';
import {readJson} from './body.ts';
import type {Operation} from './contract/operation.ts';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';
import {answerOnce, readKey} from './idempotency.ts';
import {type Permission, permissionOf} from './permissions.ts';
import type {RateLimiter} from './rate-limit.ts';
import {send} from './respond.ts';
import type {Call, Route} from './route.ts';
import {parseBody, parseParameters} from './validate.ts';

/** Gives every request an id, told in the answer and in the log. */
export function nameRequest(_request: Request, response: Response, next: NextFunction): void {
  response.locals['requestId'] = randomUUID();
  response.set('X-Request-Id', response.locals['requestId'] as string);
  next();
}

/** Mounts the routes; one without an entry in the table of permissions is an error at start. */
export function mountRoutes(
  app: Express,
  deps: ApiDeps,
  routes: readonly Route[],
  limits: Readonly<Record<string, RateLimiter>> = {},
): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const permission = permissionOf(route.operation.id);
    const path = expressPath(route.operation);
    app[route.operation.method](path, (request, response) =>
      serve({deps, route, permission, limit: limits[route.operation.id]}, request, response),
    );
    methods.set(path, [...(methods.get(path) ?? []), route.operation.method.toUpperCase()]);
  }
  for (const [path, known] of methods) {
    const allow = (known.includes('GET') ? [...known, 'HEAD'] : known).join(', ');
    app.all(path, () => {
      throw new Problem('method_not_allowed', `use ${allow}`, {headers: {Allow: allow}});
    });
  }
}

const expressPath = ({path}: Operation) => path.replaceAll('{', ':').replaceAll('}', '');

interface Served {
  deps: ApiDeps;
  route: Route;
  permission: Permission;
  limit: RateLimiter | undefined;
}

async function serve({deps, route, permission, limit}: Served, request: Request, response: Response): Promise<void> {
  const {operation} = route;
  response.locals['operation'] = operation.id;
  const caller = await authorize(deps.store, request, permission);
  response.locals['client'] = caller.client_id;
  await limit?.(request, response);
  const params = operation.params && parseParameters(operation.params, {...request.params});
  const query = operation.query && parseParameters(operation.query, {...request.query});
  const idempotencyKey = operation.repeats === 'none' ? null : readKey(request.get('idempotency-key'));
  const raw = operation.body ? await readJson(request, operation.maxBody) : null;
  const call: Call = {
    deps,
    caller,
    params,
    query,
    // a call that recognises its repeats itself also judges its body, after looking for its key
    body: operation.body && operation.repeats !== 'own' ? parseBody(operation.body, raw) : null,
    raw,
    idempotencyKey,
    requestId: response.locals['requestId'] as string,
    request,
  };
  send(response, await answerOnce(route, call));
}
