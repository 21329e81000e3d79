import {readFileSync} from 'node:fs';
import {problem} from '../../api/contract/common.ts';
import {OPERATIONS} from '../../api/contract/index.ts';
import type {Operation} from '../../api/contract/operation.ts';
import {z} from '../../api/contract/z.ts';
import {PROBLEMS, type ProblemCode} from '../../api/errors.ts';
import {openApiDocument} from '../../api/openapi.ts';
import {permissionOf} from '../../api/permissions.ts';
import {type Example, type ExampleCall, nameOf, PAGES, patternOf, readExamples, rowsOf} from './examples.ts';

/** What the first page must lead to. */
const ROWS = 'A2 A3 A5 B2 B3 B5 B6 B7 B8 C2 D4 D5 E2 E7 F4 H2 H4 H5 J2 K1 K2 K3 K4 K5 L6 N2 N6'.split(' ');

type Document = {paths: Record<string, Record<string, {responses: Record<string, {description: string}>}>>};
const document = openApiDocument('http://api') as Document;

const examples = readExamples();
const answered = examples.filter(({answer}) => answer !== null);

const known = (operation: Operation | null): Operation => {
  const described = operation && document.paths[operation.path]?.[operation.method];
  if (!operation || !described) throw new Error('there is no such call in the OpenAPI document');
  return operation;
};

/** What is wrong with a request; nothing when it may be sent like that. */
function faultsOf({role, path, query, body, operation}: ExampleCall): string[] {
  const {id, params, query: asked, body: wanted, repeats} = known(operation);
  const permission = permissionOf(id);
  const roles: readonly string[] = permission === 'public' ? [] : permission.roles;
  const faults = role === null || roles.includes(role) ? [] : [`${role} may not call it`];
  if (role === null && permission !== 'public') faults.push('it needs a key');
  const part = (name: string, schema: z.ZodType | null, value: unknown) => {
    if (schema === null) return;
    const {error} = schema.safeParse(value);
    if (error) faults.push(`${name}: ${z.prettifyError(error)}`);
  };
  part('path', params, patternOf(known(operation)).exec(path)?.groups);
  part('query', asked ?? z.strictObject({}), query);
  if (wanted !== null || repeats !== 'none') part('body', wanted ?? z.null(), JSON.parse(body ?? 'null'));
  return faults;
}

const lastCall = ({calls, where}: Example): ExampleCall => {
  const call = calls.at(-1);
  if (!call) throw new Error(`${where} calls nothing`);
  return call;
};

/** Deliberately wrong requests show their refusal. */
const isRefused = (example: Example, call: ExampleCall) => example.answer?.status === 422 && call === lastCall(example);

describe('an example in the documentation of the interface', () => {
  const requests = examples.flatMap((example) =>
    example.calls.map((call, i) => [`${example.where}, call ${i + 1}`, example, call] as const),
  );

  it.each(requests)('%s asks for what there is, as it is asked for', (_name, example, call) => {
    known(call.operation);
    if (!isRefused(example, call)) expect(faultsOf(call)).toEqual([]);
  });

  it.each(answered.map((example) => [example.where, example] as const))(
    '%s is answered like that',
    (_name, example) => {
      const {status, body} = example.answer ?? {status: 0, body: null};
      const operation = known(lastCall(example).operation);
      const {responses} = document.paths[operation.path]?.[operation.method] ?? {responses: {}};
      if (status >= 400) {
        const {code, title, type} = problem.parse(body);
        expect(responses[status]?.description.split(', ')).toContain(code);
        expect([status, title]).toEqual(PROBLEMS[code as ProblemCode]);
        expect(type).toBe(`urn:waybill:problem:${code}`);
      } else {
        // a field that the contract does not know would be left out here
        expect((operation.answers[status] as z.ZodType).parse(body)).toEqual(body);
      }
    },
  );
});

describe('the table of the first page', () => {
  const rows = rowsOf(readFileSync(PAGES[0] ?? '', 'utf8'));
  const answers = answered.filter(({answer}) => (answer?.status ?? 500) < 500);
  const shown = new Set(answers.flatMap(({calls}) => calls.at(-1)?.operation ?? []).map(nameOf));

  it('has every row that can be reached', () => {
    expect([...rows.keys()]).toEqual(ROWS);
  });

  it.each([...rows])('leads from %s to calls that exist and have an example', (_row, calls) => {
    expect(calls.length).toBeGreaterThan(0);
    const names = OPERATIONS.map(nameOf);
    expect(calls.filter((call) => !names.includes(call))).toEqual([]);
    expect(calls.filter((call) => !shown.has(call))).toEqual([]);
  });
});
