import type {Sequence} from './state.ts';
import {invalid} from './wire.ts';

interface Page<Item> {
  items: Item[];
  has_more: boolean;
}

type Query = Record<string, unknown>;

/** One page of a list, newest first: `page_size` (20, at most 100), `before_id` for older ones, `after_id` newer. */
export function pageOf<Item>(sequence: Sequence, items: Map<string, Item>, query: Query): Page<Item> {
  const size = pageSize(query.page_size);
  const end = query.before_id === undefined ? sequence.ids.length : placeOf(sequence, query.before_id, 'before_id');
  const start = query.after_id === undefined ? 0 : placeOf(sequence, query.after_id, 'after_id') + 1;
  const from = Math.max(start, end - size);
  const ids = sequence.ids.slice(from, end).reverse();
  return {items: ids.flatMap((id) => items.get(id) ?? []), has_more: from > start};
}

function placeOf(sequence: Sequence, id: unknown, field: string): number {
  const place = sequence.place.get(String(id));
  if (place === undefined) throw invalid(field, 'no such object');
  return place;
}

function pageSize(value: unknown): number {
  if (value === undefined) return 20;
  const size = Number(value);
  if (!Number.isInteger(size) || size < 1) throw invalid('page_size', 'must be 1 to 100');
  return Math.min(size, 100);
}
