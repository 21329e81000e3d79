/** The books of a small world in memory: rows by table, and the ledgers of the neighbours. */
import type {CarrierLedger} from '../../simulation/invariants/carrier-ledger.ts';
import type {MailLedger} from '../../simulation/invariants/mail-ledger.ts';
import type {StripeLedger} from '../../simulation/invariants/money-books.ts';
import type {SupplierLedger} from '../../simulation/invariants/supplier-ledger.ts';
import type {TextLedger} from '../../simulation/invariants/text-ledger.ts';
import type {Run} from '../../simulation/invariants/temporal-view.ts';

export type Row = Record<string, unknown>;
export interface StockRow extends Row {
  warehouse_id: string;
  sku: string;
  on_hand: number;
  reserved: number;
  in_transit: number;
  safety_stock: number;
}

const T0 = Date.parse('2026-05-06T08:00:00.000Z');

export interface Books {
  tables: Map<string, Row[]>;
  stripe: StripeLedger;
  carrier: CarrierLedger;
  mail: MailLedger;
  sms: TextLedger;
  supplier: SupplierLedger;
  runs: Run[];
  minute: number;
}

export function emptyBooks(): Books {
  const stripe: StripeLedger = {now: '', holds: [], captures: [], refunds: [], disputes: [], requests: []};
  const carrier = {shipments: [], labels: []};
  return {
    tables: new Map(),
    stripe,
    carrier,
    mail: {mails: []},
    sms: {texts: [], refusals: []},
    supplier: {orders: []},
    runs: [],
    minute: 0,
  };
}

/** A minute later, as RFC 3339. */
export function tick(books: Books, minutes = 1): string {
  books.minute += minutes;
  return new Date(T0 + books.minute * 60_000).toISOString();
}

export function add<T extends Row>(books: Books, table: string, row: T): T {
  const rows = books.tables.get(table);
  if (rows) rows.push(row);
  else books.tables.set(table, [row]);
  return row;
}

export const rowsOf = (books: Books, table: string): Row[] => books.tables.get(table) ?? [];

export interface Move {
  kind: string;
  warehouse: string;
  sku: string;
  on_hand?: number;
  reserved?: number;
  in_transit?: number;
  order_id?: string;
  line_id?: string;
  cause: string;
}

/** Writes the move and what it does to the stock row and its one bin. */
export function moveStock(books: Books, move: Move): void {
  const {warehouse: warehouse_id, sku, on_hand = 0, reserved = 0, in_transit = 0} = move;
  const at = {warehouse_id, sku};
  const here = (row: Row) => row['warehouse_id'] === warehouse_id && row['sku'] === sku;
  const fresh = {...at, on_hand: 0, reserved: 0, in_transit: 0, safety_stock: 0, earmarked: 0};
  const stock = (rowsOf(books, 'stock').find(here) as StockRow | undefined) ?? add(books, 'stock', fresh);
  const bin =
    rowsOf(books, 'stock_bins').find(here) ??
    add(books, 'stock_bins', {...at, bin: 'A-1', on_hand: 0, assigned: 0, quarantined: false});
  stock.on_hand += on_hand;
  stock.reserved += reserved;
  stock.in_transit += in_transit;
  bin['on_hand'] = stock.on_hand;
  add(books, 'stock_moves', {
    id: rowsOf(books, 'stock_moves').length + 1,
    ...at,
    bin: 'A-1',
    kind: move.kind,
    d_on_hand: on_hand,
    d_reserved: reserved,
    d_in_transit: in_transit,
    order_id: move.order_id ?? null,
    line_id: move.line_id ?? null,
    cause: move.cause,
    reference: move.kind === 'receive' ? 'PO-1' : null,
    actor: 'waybill',
    at: tick(books, 0),
  });
}

export function receive(books: Books, warehouse: string, sku: string, qty: number): void {
  moveStock(books, {kind: 'receive', warehouse, sku, on_hand: qty, cause: `receive:${warehouse}:${sku}`});
}
