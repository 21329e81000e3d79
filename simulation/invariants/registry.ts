import {MONEY} from './rules/money.ts';
import {ORDERS} from './rules/orders.ts';
import {PARCELS} from './rules/parcels.ts';
import {QUOTES} from './rules/quotes.ts';
import {RECORD} from './rules/record.ts';
import {STOCK} from './rules/stock.ts';
import {TOLD} from './rules/told.ts';
import {WORK} from './rules/work.ts';
import type {Invariant, NotYet, Sometimes} from './types.ts';

/** Every invariant that is checked, in the order of the report. docs/invariants.md holds the same table. */
export const INVARIANTS: readonly Invariant[] = [
  ...MONEY,
  ...STOCK,
  ...PARCELS,
  ...ORDERS,
  ...WORK,
  ...TOLD,
  ...RECORD,
  ...QUOTES,
];

/** What nothing in the product can show yet, with the row or bar it becomes due with. */
export const NOT_YET: readonly NotYet[] = [
  {id: 'M7', row: 'N3', meaning: 'Double entry: accounts recompute from their entries'},
  {id: 'E4', row: 'L4', meaning: 'Copies of an event are byte-equal'},
  {id: 'A1', row: 'O3', meaning: 'The audit is a hash chain anchored outside'},
  {id: 'A3', row: 'O3', meaning: 'The application can only add to the audit'},
  {id: 'P2', row: 'O4', meaning: 'After erasure nothing decrypts, and the books still hold'},
];

/** What a run that disturbs must have seen, or it proves nothing. The run counts it; an audit cannot. */
export const SOMETIMES: readonly Sometimes[] = [
  {id: 'X1', by: 'npm run chaos, npm run faults', meaning: 'Each kind of fault fired and was seen'},
  {id: 'X2', by: 'npm run chaos', meaning: 'Each branch of recovery was reached'},
  {id: 'X3', by: 'npm run chaos', meaning: 'An order ended in every terminal state'},
  {id: 'X4', by: 'npm run chaos', meaning: 'A lost race was answered out of stock'},
];
