import {ActivityFailure, ApplicationFailure} from '@temporalio/workflow';
import type {HoldOutcome} from '../activities/payment.ts';

/** Ours to mend, not the customer's to change: no reason to ask them for anything. */
const OURS = ['provider_unauthorised', 'idempotency_mismatch', 'result_too_large'];
export const isTheCustomers = (code: string) => !OURS.includes(code);

/** Stands for a hold that the provider never made. */
export const UNUSABLE = 'none';

/** A method that the provider does not take at all counts as declined, where somebody can give another one. */
export async function orDeclined(ask: () => Promise<HoldOutcome>, mayGiveAnother: () => boolean): Promise<HoldOutcome> {
  try {
    return await ask();
  } catch (error) {
    const code =
      error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause.type : null;
    if (!code || !mayGiveAnother()) throw error;
    return {outcome: 'declined', payment_id: UNUSABLE, code};
  }
}
