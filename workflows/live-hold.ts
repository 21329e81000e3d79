import {CancellationScope, isCancellation, sleep} from '@temporalio/workflow';
import type {HoldOutcome} from '../activities/payment.ts';
import type {OrderRun} from './order-run.ts';
import {engineWait, virtualNow} from './time.ts';

/** Real milliseconds between two renewals at the least. */
const PAUSE = 1_000;

/** Starts the timer that renews the live hold before it expires; the one before it is stopped. */
export function armRenewal(run: OrderRun, delay?: number): void {
  run.renewal?.cancel();
  run.renewal = null;
  const {hold, holdUntil} = run;
  if (!hold || holdUntil === null) return;
  const {clock, policy} = run.input;
  // never at once, or a hold that lives shorter than the margin would be renewed without a pause
  const wait = Math.max(delay ?? holdUntil - policy.payment.renew_before - virtualNow(clock), PAUSE * clock.speed);
  run.renewal = null;
  const scope = new CancellationScope();
  run.renewal = scope;
  const timer = scope.run(() => sleep(engineWait(clock, wait), {summary: 'The hold must be renewed'}));
  void timer.then(
    () => run.note({kind: 'renewal_due', payment_id: hold.payment_id}),
    (error: unknown) => {
      if (!isCancellation(error)) throw error;
    },
  );
}

/** From here on this is the order's hold. */
export function adopt(run: OrderRun, hold: Extract<HoldOutcome, {outcome: 'authorized'}>): void {
  run.hold = hold;
  run.holdUntil = hold.capture_before;
  armRenewal(run);
}

/** With the last part paid the run is about to close: its timer goes with it. */
export function drop(run: OrderRun, last: boolean): void {
  run.hold = null;
  run.holdUntil = null;
  if (!last) armRenewal(run);
}
