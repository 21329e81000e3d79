import {OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig} from '@asteasolutions/zod-to-openapi';
import {problem} from './contract/common.ts';
import {OPERATIONS} from './contract/index.ts';
import type {Operation} from './contract/operation.ts';
import {z} from './contract/z.ts';
import {PROBLEMS, type ProblemCode} from './errors.ts';
import {permissionOf} from './permissions.ts';

let document: object | null = null;

/** The whole interface as OpenAPI 3.1, made from the contract the routes run on. */
export function openApiDocument(serverUrl: string): object {
  document ??= generate();
  return {...document, servers: [{url: serverUrl}]};
}

function generate(): object {
  const registry = new OpenAPIRegistry();
  const key = registry.registerComponent('securitySchemes', 'key', {type: 'http', scheme: 'bearer'});
  for (const operation of OPERATIONS) registry.registerPath(describe(operation, key.name));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Waybill',
      version: '1',
      description: 'Order fulfilment. Money is minor units; times are RFC 3339 UTC; lengths mm, weights g.',
      license: {name: 'Apache-2.0', identifier: 'Apache-2.0'},
    },
  });
}

function describe(operation: Operation, scheme: string): RouteConfig {
  const {id, method, path, tag, summary, params, query, body} = operation;
  const permission = permissionOf(id);
  const roles = permission === 'public' ? '' : `Roles: ${permission.roles.join(', ')}.`;
  const headers = keyHeader(operation);
  return {
    method,
    path,
    operationId: id,
    tags: [tag],
    summary,
    ...(roles ? {description: roles} : {}),
    ...(permission === 'public' ? {security: []} : {security: [{[scheme]: []}]}),
    request: {
      ...(params ? {params} : {}),
      ...(query ? {query} : {}),
      ...(headers ? {headers} : {}),
      ...(body ? {body: {required: true, content: {'application/json': {schema: body}}}} : {}),
    },
    responses: {...answersOf(operation), ...problemsOf(operation)},
  };
}

function keyHeader({repeats}: Operation): z.ZodObject | null {
  const key = z
    .string()
    .openapi({minLength: 1, maxLength: 200, description: 'new for each request, the same for its repeats'});
  if (repeats === 'none') return null;
  const required = repeats === 'key-required' || repeats === 'own';
  return z.object({'Idempotency-Key': required ? key : key.optional()});
}

function answersOf({answers}: Operation): RouteConfig['responses'] {
  const entries = Object.entries(answers).map(([status, answer]) => {
    const content =
      typeof answer === 'string' ? {[answer]: {schema: z.string()}} : {'application/json': {schema: answer}};
    return [status, {description: status === '202' ? 'no verdict yet: ask again' : 'done', content}];
  });
  return Object.fromEntries(entries);
}

/** Problems any call with these parts can answer with. */
function commonProblems({id, params, query, body}: Operation): ProblemCode[] {
  const permission = permissionOf(id);
  return [
    ...(params || query ? (['invalid_parameter'] as const) : []),
    ...(permission === 'public' ? [] : (['unauthenticated', 'forbidden'] as const)),
    ...(body ? (['malformed_json', 'body_too_large', 'unsupported_media_type', 'invalid_request'] as const) : []),
    'unavailable',
  ];
}

function problemsOf(operation: Operation): RouteConfig['responses'] {
  const codes = new Set([...(operation.problems as ProblemCode[]), ...commonProblems(operation)]);
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const status = PROBLEMS[code][0];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = {'application/problem+json': {schema: problem}};
  return Object.fromEntries([...byStatus].map(([status, list]) => [status, {description: list.join(', '), content}]));
}
