import {createHash} from 'node:crypto';
import type {Failure} from './records.ts';

/** How charges on a test card end. */
interface TestCard {
  brand: string;
  last4: string;
  /** Refused when attached to a customer, and on every charge. */
  declines?: Failure;
  /** Attaches, but every charge is refused. */
  declinesCharges?: Failure;
  /** Approved on-session, refused off-session. */
  declinesOffSession?: Failure;
  /** Wants 3D Secure on every payment: off-session that is a decline. */
  authenticates?: boolean;
  /** A dispute with this reason follows the money being taken. */
  disputes?: string;
  /** How refunds go: pending and then through; through and then back; the first one pending and then failed. */
  refunds?: 'pending' | 'fail' | 'fail_once';
}

const declined = (decline_code: string, reason = 'Your card was declined.'): Failure => ({
  code: 'card_declined',
  decline_code,
  message: reason,
});
const failed = (code: string, message: string): Failure => ({code, decline_code: null, message});

const GENERIC = declined('generic_decline');
const AUTHENTICATION_REQUIRED: Failure = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

/** The magic ids of docs.stripe.com/testing, and two of our own: `pm_card_declineOffSession`, `pm_card_refundFailOnce`. */
const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  pm_card_visa: {brand: 'visa', last4: '4242'},
  pm_card_mastercard: {brand: 'mastercard', last4: '4444'},
  pm_card_amex: {brand: 'amex', last4: '8431'},
  pm_card_discover: {brand: 'discover', last4: '1117'},
  pm_card_chargeDeclined: {brand: 'visa', last4: '0002', declines: GENERIC},
  pm_card_chargeDeclinedInsufficientFunds: {
    brand: 'visa',
    last4: '9995',
    declines: declined('insufficient_funds', 'Your card has insufficient funds.'),
  },
  pm_card_chargeDeclinedExpiredCard: {
    brand: 'visa',
    last4: '0069',
    declines: failed('expired_card', 'Your card has expired.'),
  },
  pm_card_chargeDeclinedIncorrectCvc: {
    brand: 'visa',
    last4: '0127',
    declines: failed('incorrect_cvc', "Your card's security code is incorrect."),
  },
  pm_card_chargeDeclinedProcessingError: {
    brand: 'visa',
    last4: '0119',
    declines: failed('processing_error', 'An error occurred while processing your card. Try again in a little bit.'),
  },
  pm_card_chargeCustomerFail: {brand: 'visa', last4: '0341', declinesCharges: GENERIC},
  pm_card_authenticationRequired: {brand: 'visa', last4: '3184', authenticates: true},
  pm_card_createDispute: {brand: 'visa', last4: '0259', disputes: 'fraudulent'},
  pm_card_createDisputeProductNotReceived: {brand: 'visa', last4: '2685', disputes: 'product_not_received'},
  pm_card_pendingRefund: {brand: 'visa', last4: '7726', refunds: 'pending'},
  pm_card_refundFail: {brand: 'visa', last4: '5126', refunds: 'fail'},
  pm_card_refundFailOnce: {brand: 'visa', last4: '5126', refunds: 'fail_once'},
  pm_card_declineOffSession: {brand: 'visa', last4: '0341', declinesOffSession: GENERIC},
};

export type ChargeOutcome = {kind: 'approve'} | {kind: 'authenticate'} | {kind: 'decline'; failure: Failure};

export function isTestCard(id: string): boolean {
  return Object.hasOwn(TEST_CARDS, id);
}

function testCard(id: string): TestCard {
  const card = TEST_CARDS[id];
  if (!card) throw new Error(`no test card ${id}`);
  return card;
}

/** How the issuer answers a charge. */
export function chargeOutcome(cardId: string, offSession: boolean): ChargeOutcome {
  const card = testCard(cardId);
  const failure = card.declines ?? card.declinesCharges ?? (offSession ? card.declinesOffSession : undefined);
  if (failure) return {kind: 'decline', failure};
  if (!card.authenticates) return {kind: 'approve'};
  return offSession ? {kind: 'decline', failure: AUTHENTICATION_REQUIRED} : {kind: 'authenticate'};
}

/** The refusal of attaching the card to a customer, if any. */
export function attachFailure(cardId: string): Failure | undefined {
  return testCard(cardId).declines;
}

/** Why the cardholder disputes every charge on this card, if so. */
export function disputeReason(cardId: string): string | undefined {
  return testCard(cardId).disputes;
}

export function refundFate(cardId: string): TestCard['refunds'] {
  return testCard(cardId).refunds;
}

export function cardBrand(cardId: string): string {
  return testCard(cardId).brand;
}

/** The public face of a card. The fingerprint is the same for every payment method made from one magic id. */
export function cardFace(cardId: string) {
  const {brand, last4} = testCard(cardId);
  const fingerprint = createHash('sha256').update(cardId).digest('hex').slice(0, 16);
  return {brand, last4, exp_month: 12, exp_year: 2034, fingerprint, country: 'US', funding: 'credit', network: brand};
}
