import type {CarrierLedger} from './carrier-ledger.ts';
import type {History} from './history.ts';
import type {MoneyBooks} from './money-books.ts';
import type {TemporalView} from './temporal-view.ts';

export interface Targets {
  databaseUrl: string;
  stripeUrl: string;
  carrierUrl: string;
  temporalAddress: string;
  namespace: string;
  mailUrl?: string | undefined;
  /** virtual milliseconds per real millisecond */
  speed: number;
  /** true: nothing is under way any more, so the invariants that hold only then are checked too */
  quiescent: boolean;
  /** instead of the server at `temporalAddress` */
  temporal?: TemporalView;
}

/** One thing that does not hold. The sentence is for a person who knows orders, not the code. */
export interface Finding {
  /** order number, else the id of what it is about */
  subject: string;
  sentence: string;
}

export interface Violation extends Finding {
  id: string;
}

export interface Invariant {
  id: string;
  meaning: string;
  /** where the two sides of the comparison are read */
  reads: string;
  /** `quiet`: holds only when nothing is under way */
  when: 'always' | 'quiet';
  check: (world: World) => Finding[] | Promise<Finding[]>;
}

export interface NotYet {
  id: string;
  /** the row of the product (or the bar) it becomes due with */
  row: string;
  meaning: string;
}

export interface OrderRow {
  id: string;
  number: string;
  client_id: string;
  status: string;
  waiting_on: string | null;
  waiting_owner: string | null;
  waiting_deadline: Date | null;
  currency: string;
  total_amount: number;
  last_seq: number;
  updated_at: Date;
  [column: string]: unknown;
}

/** Everything the checks look at: one moment of the database, the neighbours' books, Temporal's list of runs. */
export interface World {
  quiescent: boolean;
  speed: number;
  orders: ReadonlyMap<string, OrderRow>;
  history: History;
  money: MoneyBooks;
  carrier: CarrierLedger;
  temporal: TemporalView;
  sql: Sql;
  /** the order's number, or a phrase with the id when there is no such order */
  nameOf: (orderId: string | null) => string;
}

/** int8 and numeric come as numbers, timestamps as Date. */
export type Sql = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

export const TERMINAL: readonly string[] = ['delivered', 'cancelled', 'refunded'];
