import type {Part} from '../net/stories/index.ts';
import {BACKORDERS} from './backorders.ts';
import {BLIND} from './blind.ts';
import {BULK} from './bulk.ts';
import {CARRIERS} from './carriers.ts';
import {CHANGES} from './changes.ts';
import {COLLECTION} from './collection.ts';
import {DESK} from './desk.ts';
import {DOORS} from './doors.ts';
import {EVENTS} from './events.ts';
import {FLOOR} from './floor.ts';
import {MAILS} from './mails.ts';
import {MONEY} from './money.ts';
import {PACKING} from './packing.ts';
import {PARCELS} from './parcels.ts';
import {REFUNDS} from './refunds.ts';
import {RETURNS} from './returns.ts';
import {QUOTES} from './quotes.ts';
import {PAYERS} from './payer.ts';
import {STATES} from './states.ts';
import {STOCK} from './stock.ts';
import {SUPPLIERS} from './suppliers.ts';
import {TEXTS} from './texts.ts';
import type {PlantedBug} from './types.ts';
import {WAVES} from './waves.ts';

export type {PlantedBug} from './types.ts';

/** Where these bugs are looked for, unless one of them says otherwise. Few different choices: each is played for control. */
const among = (stories: readonly Part[], bugs: readonly PlantedBug[]) => bugs.map((bug) => ({stories, ...bug}));

export const PLANTED: readonly PlantedBug[] = [
  ...among(['door', 'money'], MONEY),
  ...among(['refunds'], REFUNDS),
  ...among(['door', 'changes'], STOCK),
  ...among(['backorders'], BACKORDERS),
  ...among(['door', 'road'], PARCELS),
  ...among(['returns'], RETURNS),
  ...among(['door', 'road'], EVENTS),
  ...among(['door', 'changes'], STATES),
  ...among(['checkout', 'hands'], DOORS),
  ...among(['payer'], PAYERS),
  ...among(['suppliers'], SUPPLIERS),
  ...among(['quotes'], QUOTES),
  ...among(['change_window'], CHANGES),
  ...among(['packing'], PACKING),
  ...among(['collection'], COLLECTION),
  ...among(['people'], FLOOR),
  ...among(['waves'], WAVES),
  ...among(['carriers'], CARRIERS),
  ...among(['bulk'], BULK),
  ...among(['mails'], MAILS),
  ...among(['texts'], TEXTS),
  ...among(['desk'], DESK),
  ...BLIND.map((bug) => ({...bug, expect: 'anything'}) as const),
];
