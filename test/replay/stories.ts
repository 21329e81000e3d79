import {BULK} from './stories-bulk.ts';
import {CHANGED} from './stories-changed.ts';
import {DELIVERED} from './stories-delivered.ts';
import {ENDED} from './stories-ended.ts';
import {MONEY} from './stories-money.ts';
import {PAYERS} from './stories-payer.ts';
import {RETURNS} from './stories-returns.ts';
import {RECOVERED} from './stories-recovered.ts';
import {SUPPLIERS} from './stories-suppliers.ts';

/** Every way an order can go today; the histories of these stay replayable. */
export const STORIES = [
  ...DELIVERED,
  ...ENDED,
  ...PAYERS,
  ...RECOVERED,
  ...MONEY,
  ...RETURNS,
  ...SUPPLIERS,
  ...CHANGED,
  ...BULK,
];
