import {noSuch} from './errors.ts';
import type {Range} from './params.ts';

export const PAGE = {limit: 'integer', starting_after: 'text', expand: 'texts'} as const;

export interface PageRequest<T> {
  url: string;
  limit: number | undefined;
  startingAfter: string | undefined;
  created?: Range | undefined;
  keep?: (item: T) => boolean;
  /** Position of an id in the list, where it can be had faster than by looking through it. */
  positionOf?: (id: string) => number | undefined;
}

/** One page of Stripe's list object, newest first, out of a list kept oldest first. */
export function page<T extends {id: string}>(
  oldestFirst: {length: number; at(index: number): T | undefined},
  createdMs: (item: T) => number,
  show: (item: T) => unknown,
  {url, limit = 10, startingAfter, created, keep, positionOf}: PageRequest<T>,
) {
  const size = Math.min(Math.max(limit, 1), 100);
  const data: unknown[] = [];
  const first = startingAfter === undefined ? oldestFirst.length : find(oldestFirst, startingAfter, positionOf);
  for (let index = first - 1; index >= 0; index--) {
    const item = oldestFirst.at(index);
    if (!item) continue;
    const at = Math.floor(createdMs(item) / 1000);
    if (created && at < created.from) break;
    if ((created && at > created.to) || (keep && !keep(item))) continue;
    if (data.length === size) return {object: 'list', url, has_more: true, data};
    data.push(show(item));
  }
  return {object: 'list', url, has_more: false, data};
}

/** A list of ids seen as the list of their records. */
export function recordsOf<T>(ids: readonly string[], records: ReadonlyMap<string, T>) {
  return {
    length: ids.length,
    at: (index: number) => {
      const id = ids[index];
      return id === undefined ? undefined : records.get(id);
    },
  };
}

function find<T extends {id: string}>(
  list: {length: number; at(index: number): T | undefined},
  id: string,
  positionOf?: (id: string) => number | undefined,
): number {
  const position = positionOf?.(id);
  if (position !== undefined) return position;
  for (let index = list.length - 1; index >= 0; index--) if (list.at(index)?.id === id) return index;
  throw noSuch('object', id, 'starting_after', 400);
}
