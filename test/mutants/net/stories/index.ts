import type {Story} from '../story.ts';
import {BACKORDERS} from './backorders.ts';
import {CHANGES} from './changes.ts';
import {CHECKOUT} from './checkout.ts';
import {DOOR} from './door.ts';
import {HANDS} from './hands.ts';
import {MONEY} from './money.ts';
import {QUOTES} from './quotes.ts';
import {PAYERS} from './payer.ts';
import {REFUNDS} from './refunds.ts';
import {RETURNS} from './returns.ts';
import {ROAD} from './road.ts';
import {SUPPLIERS} from './suppliers.ts';

/** The same for every planted bug and for the product as it is; those that wait long come first. */
export const STORIES: readonly Story[] = [
  ...DOOR,
  ...RETURNS,
  ...ROAD,
  ...SUPPLIERS,
  ...PAYERS,
  ...MONEY,
  ...REFUNDS,
  ...CHECKOUT,
  ...QUOTES,
  ...CHANGES,
  ...BACKORDERS,
  ...HANDS,
];
