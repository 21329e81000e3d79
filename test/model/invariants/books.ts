import type {
  captures,
  events,
  order_audit,
  order_lines,
  order_runs,
  orders,
  parcel_events,
  parcel_items,
  parcels,
  payments,
  reservations,
  stock,
  stock_bins,
  stock_moves,
  sub_order_lines,
  sub_orders,
} from '../../../store/generated/client.ts';
import type {Execution} from '../engine/execution.ts';
import type {Intent} from '../provider/intent.ts';
import type {ShipmentRecord} from '../provider/post-office.ts';

/** All that the invariants read: our tables, the providers' books, the engine's runs. */
export interface Books {
  orders: readonly orders[];
  lines: readonly order_lines[];
  subs: readonly sub_orders[];
  parts: readonly sub_order_lines[];
  parcels: readonly parcels[];
  items: readonly parcel_items[];
  trackings: readonly parcel_events[];
  payments: readonly payments[];
  captures: readonly captures[];
  stock: readonly stock[];
  bins: readonly stock_bins[];
  moves: readonly stock_moves[];
  reservations: readonly reservations[];
  events: readonly events[];
  audit: readonly order_audit[];
  runs: readonly order_runs[];
  intents: readonly Intent[];
  /** every request's parameters by the key it came under */
  asked: ReadonlyMap<string, ReadonlySet<string>>;
  shipments: readonly ShipmentRecord[];
  executions: readonly Execution[];
  /** activities that are still being tried */
  trying: readonly string[];
}

/** What is wrong, in one sentence for each finding. */
export type Invariant = (books: Books) => string[];

/** Groups rows by a key. */
export function by<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

export const sum = <T>(rows: readonly T[] | undefined, of: (row: T) => number | bigint): number =>
  (rows ?? []).reduce((total, row) => total + Number(of(row)), 0);

export const TERMINAL: readonly string[] = ['delivered', 'cancelled', 'refunded'];
