import {OPERATIONS} from '../../api/contract/index.ts';
import type {z} from '../../api/contract/z.ts';

/** The answer is as the contract describes it; fails where it is something else. */
export function conforms(operationId: string, body: unknown, status = 200): void {
  const answer = OPERATIONS.find((operation) => operation.id === operationId)?.answers[status] as z.ZodType;
  expect(answer.safeParse(body).error?.issues ?? []).toEqual([]);
}
