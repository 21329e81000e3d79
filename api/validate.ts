import {type Fault, Problem, pointerTo} from './errors.ts';
import type {z} from './contract/z.ts';

type Issue = z.core.$ZodIssue;

/** Every fault zod found, each with its JSON pointer. `input` tells a missing field from one of the wrong type. */
export function faultsOf(issues: readonly Issue[], input: unknown, prefix: readonly PropertyKey[] = []): Fault[] {
  return issues.flatMap((issue): Fault[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const detail = 'this field is not known';
      return issue.keys.map((key) => ({pointer: pointerTo([...path, key]), code: 'unknown_field', detail}));
    }
    return [{pointer: pointerTo(path), code: codeOf(issue, input), detail: detailOf(issue, input)}];
  });
}

function codeOf(issue: Issue, input: unknown): string {
  if (issue.code === 'custom') return typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'invalid';
  if (issue.code === 'invalid_type') {
    if (valueAt(input, issue.path) === undefined) return 'missing';
    return issue.expected === 'int' ? 'not_an_integer' : 'wrong_type';
  }
  if (issue.code === 'too_big') return issue.origin === 'array' ? 'too_many' : 'too_large';
  if (issue.code === 'too_small') return issue.origin === 'array' ? 'too_few' : 'too_small';
  if (issue.code === 'invalid_value') return valueAt(input, issue.path) === undefined ? 'missing' : 'not_allowed';
  return 'invalid';
}

function detailOf(issue: Issue, input: unknown): string {
  const missing = codeOf(issue, input) === 'missing' && issue.code !== 'custom';
  return missing ? 'this field is needed' : issue.message;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** The parsed body, or 422 with all its faults. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalidRequest(faultsOf(result.error.issues, body));
}

export function invalidRequest(errors: readonly Fault[]): Problem {
  const detail = errors.length === 1 ? 'one thing is wrong with it' : `${errors.length} things are wrong with it`;
  return new Problem('invalid_request', detail, {errors});
}

/** Path or query parameters, or 400. */
export function parseParameters<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new Problem('invalid_parameter', 'a parameter of the address is not valid', {
    errors: faultsOf(result.error.issues, input),
  });
}
