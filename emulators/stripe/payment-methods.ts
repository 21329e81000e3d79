import {attachFailure, isTestCard} from './cards.ts';
import {type Call, findRecord} from './call.ts';
import {StripeError} from './errors.ts';
import {newId} from './ids.ts';
import type {PaymentMethodRecord} from './records.ts';

/**
 * The payment method named by a parameter or path. A magic test id becomes a fresh object each time; the caller records
 * it once nothing can be refused any more.
 */
export function resolveMethod(call: Call, id: string, param?: string): PaymentMethodRecord {
  if (!isTestCard(id)) return findRecord(call.state.paymentMethods, 'PaymentMethod', id, param);
  return {id: newId('pm'), created: call.now, card: id, customer: null, used: false};
}

/** Throws unless the method may pay for this customer (null: for a guest). */
export function checkMethodOwner(method: PaymentMethodRecord, customer: string | null): void {
  if (method.customer !== null && method.customer !== customer) {
    const message = `The PaymentMethod ${method.id} does not belong to the Customer you supplied.`;
    throw new StripeError(400, {type: 'invalid_request_error', param: 'payment_method', message}, true);
  }
  if (method.customer === null && method.used) {
    const message =
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment and may not be ' +
      'used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.';
    throw new StripeError(400, {type: 'invalid_request_error', param: 'payment_method', message}, true);
  }
}

/** The method as it stands once attached; throws when another customer has it, or the bank refuses the card. */
export function attach(method: PaymentMethodRecord, customer: string): PaymentMethodRecord {
  if (method.customer === customer) return method;
  if (method.customer !== null || method.used) {
    const message = 'The payment method you provided has already been attached to a customer or used without one.';
    throw new StripeError(400, {type: 'invalid_request_error', param: 'payment_method', message}, true);
  }
  const failure = attachFailure(method.card);
  if (failure) {
    const {code, decline_code, message} = failure;
    throw new StripeError(402, {type: 'card_error', code, message, ...(decline_code && {decline_code})}, true);
  }
  return {...method, customer};
}
