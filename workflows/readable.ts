import {log} from '@temporalio/workflow';
import type {Milestone} from './messages.ts';

/**
 * Messages come from outside the type system, in the worst case by hand: one that lacks a text it must have is told in
 * the log and otherwise ignored. A handler that stumbled over it would stop the run for good.
 */
export function readable<T extends object>(
  name: string,
  message: unknown,
  texts: readonly (keyof T & string)[],
): message is T {
  const parts = typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : {};
  const good = texts.every((text) => typeof parts[text] === 'string' && parts[text] !== '');
  if (!good) log.warn(`a message ${name} cannot be read and is ignored`, {wanted: texts});
  return good;
}

/** Whether a milestone can be read and was not heard before, by its operation id; it is in `seen` afterwards. */
export function isNews(name: string, milestone: unknown, seen: Set<string>): boolean {
  if (!readable<Milestone>(name, milestone, ['operation_id'])) return false;
  const key = `${name}:${milestone.operation_id}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
