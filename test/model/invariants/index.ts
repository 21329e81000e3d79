import type {Books, Invariant} from './books.ts';
import {eventsAreComplete, eventsFoldToRow, eventsHaveTheirSubject, movesAreLegal} from './history.ts';
import {
  capturedIsDelivered,
  capturesStayWithinHold,
  endedHoldsNothing,
  keysMeanOneRequest,
  neverTooMuch,
  oneHoldAtRest,
  oneLiveHold,
  paymentsAreTheLedger,
} from './money.ts';
import {oneLabelPerParcel, parcelsHoldWhatWasPicked, shippedIsLabelled, trackingNeverGoesBack} from './parcels.ts';
import {
  noRunFails,
  nothingIsTriedForEver,
  oneChainPerOrder,
  openOrdersWait,
  runsFollowOrders,
  statusFollowsFromUnits,
} from './states.ts';
import {
  endedLinesHoldNothing,
  movesHaveOneCause,
  nothingIsNegative,
  soldUnitsExisted,
  stockIsExplained,
  unitsAreInOnePlace,
} from './stock.ts';

/** After every command; the codes are those of docs/invariants.md. */
const ALWAYS: readonly [string, Invariant][] = [
  ['M1', capturesStayWithinHold],
  ['M2', oneLiveHold],
  ['M3', neverTooMuch],
  ['M8', keysMeanOneRequest],
  ['S1, S2', stockIsExplained],
  ['S3', nothingIsNegative],
  ['S4', unitsAreInOnePlace],
  ['S5', soldUnitsExisted],
  ['S7', movesHaveOneCause],
  ['C1', oneLabelPerParcel],
  ['C3', parcelsHoldWhatWasPicked],
  ['C4', trackingNeverGoesBack],
  ['E1', eventsAreComplete],
  ['E5', eventsFoldToRow],
  ['E6', eventsHaveTheirSubject],
  ['W1', movesAreLegal],
  ['W3', noRunFails],
  ['W4', statusFollowsFromUnits],
  ['W5', oneChainPerOrder],
];

/** Only when all timers and retries have run out. */
const AT_REST: readonly [string, Invariant][] = [
  ['M2', oneHoldAtRest],
  ['M3', capturedIsDelivered],
  ['M5', endedHoldsNothing],
  ['M6', paymentsAreTheLedger],
  ['S6', endedLinesHoldNothing],
  ['C1, C2, C5', shippedIsLabelled],
  ['W2', openOrdersWait],
  ['W3', runsFollowOrders],
  ['W3', nothingIsTriedForEver],
];

/** Everything that is wrong with the books, each with the code of its invariant. */
export function judge(books: Books, atRest: boolean): string[] {
  const checks = atRest ? [...ALWAYS, ...AT_REST] : ALWAYS;
  return checks.flatMap(([code, check]) => check(books).map((text) => `inv ${code}: ${text}`));
}
