import {BACKORDERS} from './backorders.ts';
import {BLIND} from './blind.ts';
import {DOORS} from './doors.ts';
import {EVENTS} from './events.ts';
import {MONEY} from './money.ts';
import {PARCELS} from './parcels.ts';
import {REFUNDS} from './refunds.ts';
import {RETURNS} from './returns.ts';
import {QUOTES} from './quotes.ts';
import {PAYERS} from './payer.ts';
import {STATES} from './states.ts';
import {STOCK} from './stock.ts';
import {SUPPLIERS} from './suppliers.ts';
import type {PlantedBug} from './types.ts';

export type {PlantedBug} from './types.ts';

export const PLANTED: readonly PlantedBug[] = [
  ...MONEY,
  ...REFUNDS,
  ...STOCK,
  ...BACKORDERS,
  ...PARCELS,
  ...RETURNS,
  ...EVENTS,
  ...STATES,
  ...DOORS,
  ...PAYERS,
  ...SUPPLIERS,
  ...QUOTES,
  ...BLIND.map((bug) => ({...bug, expect: 'anything'}) as const),
];
