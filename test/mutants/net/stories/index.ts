import {PATIENT} from '../net-world.ts';
import type {Story} from '../story.ts';
import {BACKORDERS} from './backorders.ts';
import {BULK} from './bulk.ts';
import {CARRIERS} from './carriers.ts';
import {CHANGE_WINDOW} from './change-window.ts';
import {CHANGES} from './changes.ts';
import {CHECKOUT} from './checkout.ts';
import {COLLECTION} from './collection.ts';
import {DESK} from './desk.ts';
import {DOOR} from './door.ts';
import {HANDS} from './hands.ts';
import {MAILS} from './mails.ts';
import {MONEY} from './money.ts';
import {PACKING} from './packing.ts';
import {PAYERS} from './payer.ts';
import {PEOPLE} from './people.ts';
import {QUOTES} from './quotes.ts';
import {REFUNDS} from './refunds.ts';
import {RETURNS} from './returns.ts';
import {ROAD} from './road.ts';
import {SUPPLIERS} from './suppliers.ts';
import {TEXTS} from './texts.ts';
import {WAVES} from './waves.ts';

/** All stories by what they are about; those that wait long come first. */
const PARTS = {
  door: DOOR,
  returns: RETURNS,
  road: ROAD,
  suppliers: SUPPLIERS,
  payer: PAYERS,
  money: MONEY,
  refunds: REFUNDS,
  checkout: CHECKOUT,
  quotes: QUOTES,
  changes: CHANGES,
  change_window: CHANGE_WINDOW,
  backorders: BACKORDERS,
  hands: HANDS,
  packing: PACKING,
  people: PEOPLE,
  carriers: CARRIERS,
  waves: WAVES,
  collection: COLLECTION,
  bulk: BULK,
  mails: MAILS,
  texts: TEXTS,
  desk: DESK,
} satisfies Record<string, readonly Story[]>;

export type Part = keyof typeof PARTS;

/** The stories of these parts, of all without any; trouble begins with one of them, which is always told. */
export function storiesOf(parts: readonly string[]): Story[] {
  return Object.entries<readonly Story[]>(PARTS).flatMap(([part, stories]) =>
    stories.filter((story) => parts.length === 0 || parts.includes(part) || story.under?.policy === PATIENT),
  );
}
