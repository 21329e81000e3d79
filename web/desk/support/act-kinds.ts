import type {Act} from './act.ts';
import {GOODWILL, SHIPPING, UNITS} from './money-acts.ts';
import {ADD, ADDRESS, CANCEL, HOLD, QUANTITY, RELEASE, RESUME} from './order-acts.ts';
import {returned, review} from './review-acts.ts';

/** In the order in which they are offered. */
export const ACTS: readonly Act[] = [
  review('approve'),
  review('reject'),
  returned('approve'),
  returned('refuse'),
  RESUME,
  RELEASE,
  HOLD,
  QUANTITY,
  ADD,
  ADDRESS,
  CANCEL,
  SHIPPING,
  UNITS,
  GOODWILL,
];
