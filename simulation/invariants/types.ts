import type {CarrierLedger} from './carrier-ledger.ts';
import type {History} from './history.ts';
import type {MailLedger} from './mail-ledger.ts';
import type {MoneyBooks} from './money-books.ts';
import type {SupplierLedger} from './supplier-ledger.ts';
import type {TextLedger} from './text-ledger.ts';
import type {TemporalView} from './temporal-view.ts';

export interface Targets {
  databaseUrl: string;
  /** absent where the real provider is used: it keeps no books that we could read */
  stripeUrl?: string | undefined;
  carrierUrl?: string | undefined;
  mailUrl?: string | undefined;
  smsUrl?: string | undefined;
  supplierUrl?: string | undefined;
  temporalAddress: string;
  namespace: string;
  /** for a cluster behind TLS, such as Temporal Cloud */
  temporalTls?: boolean;
  temporalApiKey?: string;
  /** virtual milliseconds per real millisecond */
  speed: number;
  /** virtual milliseconds since the epoch; the present moment where it is left out */
  now?: () => number;
  /** true: nothing is under way any more; false: what holds only at rest is asked of orders that are at rest */
  quiescent: boolean;
  /** instead of the server at `temporalAddress` */
  temporal?: TemporalView;
  acknowledged?: Acknowledged;
  marked?: Marked;
}

/** What a simulation was answered, to be found again in the database. */
export interface Acknowledged {
  scans: readonly {operation_id: string; accepted: boolean}[];
  orders: readonly {key: string; order_id: string}[];
}

/** Personal values that nobody else would write, and where else than in the database they must not turn up. */
export interface Marked {
  values: readonly string[];
  /** searched file by file, such as the logs and Temporal's own database */
  folders: readonly string[];
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

export type Check = (world: World) => Finding[] | Promise<Finding[]>;

/** Whose books are compared with ours. */
export type Neighbour = 'stripe' | 'carrier' | 'mail' | 'sms' | 'supplier';

export interface Invariant {
  id: string;
  meaning: string;
  /** where the two sides of the comparison are read */
  reads: string;
  /** `quiet`: holds only when nothing is under way */
  when: 'always' | 'quiet';
  check: Check;
  /** what holds of it only when nothing is under way; `check` itself where the whole is `quiet` */
  atRest?: Check;
  /** cannot be said without the books of these */
  needs?: readonly Neighbour[];
  /** says less without the books of these */
  better?: readonly Neighbour[];
}

/** Something that must happen at least once in a run. */
export interface Sometimes {
  id: string;
  /** the commands that count it */
  by: string;
  meaning: string;
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
  speed: number;
  /** virtual milliseconds since the epoch, at which the neighbours' books were read */
  now: number;
  orders: ReadonlyMap<string, OrderRow>;
  history: History;
  money: MoneyBooks;
  /** empty without the emulator */
  carrier: CarrierLedger;
  mail: MailLedger | null;
  texts: TextLedger | null;
  suppliers: SupplierLedger | null;
  acknowledged: Acknowledged | null;
  marked: Marked | null;
  temporal: TemporalView;
  sql: Sql;
  /** the order's number, or a phrase with the id when there is no such order */
  nameOf: (orderId: string | null) => string;
}

/** int8 and numeric come as numbers, timestamps as Date. */
export type Sql = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

export const TERMINAL: readonly string[] = ['delivered', 'cancelled', 'refunded'];
