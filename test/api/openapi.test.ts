import {OPERATIONS} from '../../api/contract/index.ts';
import {startTestApi, type TestApi} from '../support/api.ts';

let api: TestApi;
interface Call {
  operationId: string;
  parameters?: {in: string; name: string; required: boolean}[];
  responses: Record<string, {content: Record<string, unknown>}>;
}

let document: {paths: Record<string, Record<string, Call>>};
beforeAll(async () => {
  api = await startTestApi();
  const {body} = await api.anonymous.get('/openapi.json').expect(200);
  document = body;
});
afterAll(() => api.close());

/** Every value in a JSON tree with the path to it. */
function* walk(value: unknown, path: string[] = []): Generator<[string[], unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* walk(inner, [...path, key]);
}

const at = (pointer: string) =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);

describe('the OpenAPI document', () => {
  it('is 3.1 and names every call once', () => {
    expect(document).toMatchObject({openapi: '3.1.0', servers: [{url: 'http://shop.test'}]});
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, {operationId}]) => `${operationId} ${method} ${path}`),
    );
    expect(calls.sort()).toEqual(OPERATIONS.map(({id, method, path}) => `${id} ${method} ${path}`).sort());
  });

  it('leads every reference somewhere', () => {
    const refs = [...walk(document)].filter(([path]) => path.at(-1) === '$ref').map(([, value]) => String(value));
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) expect([ref, at(ref)]).toEqual([ref, expect.any(Object)]);
  });

  it('declares exactly the parameters that are in the path', () => {
    const {paths} = document;
    for (const [path, methods] of Object.entries(paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const {parameters = []} of Object.values(methods)) {
        const declared = parameters.filter((parameter) => parameter.in === 'path');
        expect([path, declared.map((parameter) => parameter.name)]).toEqual([path, names]);
        expect(declared.every((parameter) => parameter.required)).toBe(true);
      }
    }
  });

  it('has JSON Schema types only, closed bodies, and a problem for every refusal', () => {
    const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
    for (const [path, value] of walk(document)) {
      if (path.at(-1) !== 'type' || !path.includes('schema') || typeof value === 'object') continue;
      if (path.at(-2) !== 'properties') expect([path, types.has(String(value))]).toEqual([path, true]);
    }
    const {paths} = document;
    for (const methods of Object.values(paths)) {
      for (const {responses} of Object.values(methods)) {
        for (const [status, {content}] of Object.entries(responses)) {
          if (Number(status) >= 400) expect(Object.keys(content)).toEqual(['application/problem+json']);
        }
      }
    }
    const input = at('#/components/schemas/OrderInput');
    expect(input).toMatchObject({type: 'object', additionalProperties: false});
  });
});
