import Stripe from 'stripe';
import type {CaptureResult, ForeignHold, Hold, HoldRequest, PaymentGateway} from '../activities/ports.ts';
import {ProviderError} from '../domain/provider-error.ts';
import {providerFailure} from './provider-failures.ts';
import {createClient, type StripeOptions} from './stripe-client.ts';
import {stripeDisputes} from './stripe-dispute.ts';
import {stripeFailure} from './stripe-errors.ts';
import {EXPAND, holdOf} from './stripe-hold.ts';
import {withFreshKey} from './stripe-keys.ts';
import {stripeRefunds} from './stripe-refund.ts';

/** Holds and captures as Stripe's payment intents. Failures are ProviderErrors; a decline is a value. */
export function createStripeGateway(options: StripeOptions): PaymentGateway {
  const stripe = createClient(options);
  return {
    name: 'stripe',
    ensureCustomer: async (customerId, idempotencyKey) => {
      const metadata = {customer_id: customerId};
      const create = (key: string) => stripe.customers.create({metadata}, {idempotencyKey: key});
      // a customer made behind a stored 500 stays unused: nothing is lost with it
      return (await attempt(() => withFreshKey(idempotencyKey, create, async () => null))).id;
    },
    authorize: (request) => authorize(stripe, request),
    findHold: (customerRef, paymentId) => attempt(() => findHold(stripe, customerRef, paymentId)),
    retrieve: async (ref) => holdOf(await retrieve(stripe, ref)),
    inspect: (ref) => inspect(stripe, ref),
    capture: (ref, amount, final, key) => capture(stripe, ref, amount, final, key),
    cancel: (ref, key) => cancel(stripe, ref, key),
    ...stripeRefunds(stripe),
    ...stripeDisputes(stripe),
  };
}

async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw stripeFailure(error);
  }
}

function retrieve(stripe: Stripe, ref: string): Promise<Stripe.PaymentIntent> {
  return attempt(() => stripe.paymentIntents.retrieve(ref, {expand: EXPAND}));
}

async function inspect(stripe: Stripe, ref: string): Promise<ForeignHold | null> {
  try {
    const intent = await retrieve(stripe, ref);
    const {order_id = null, order_reference: reference = null} = intent.metadata;
    const customer_ref = typeof intent.customer === 'string' ? intent.customer : (intent.customer?.id ?? null);
    return {hold: holdOf(intent), customer_ref, order_id, reference};
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'resource_missing') return null;
    throw error;
  }
}

/** A replayed answer shows the intent as it was at the first attempt: ask how it is now. */
async function present(stripe: Stripe, intent: Stripe.Response<Stripe.PaymentIntent>): Promise<Hold> {
  const replayed = intent.lastResponse.headers['idempotent-replayed'] === 'true';
  return holdOf(replayed ? await retrieve(stripe, intent.id) : intent);
}

async function authorize(stripe: Stripe, request: HoldRequest): Promise<Hold> {
  const create = async (idempotencyKey: string) =>
    present(stripe, await stripe.paymentIntents.create(intentOf(request), {idempotencyKey}));
  try {
    return await withFreshKey(request.key, create, () => findHold(stripe, request.customer_ref, request.payment_id));
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw stripeFailure(error);
    // the bank's no is an answer to the question, not a failure to ask it
    if (error.statusCode === 402 && error.payment_intent) return declined(error, error.payment_intent);
    // a method that never was, or is spent: the customer's to change, and no intent came of it
    if (error.statusCode === 402 || error.param === 'payment_method') {
      throw providerFailure.refused('Stripe', 'payment_method_unusable', error.message);
    }
    throw stripeFailure(error);
  }
}

function intentOf(request: HoldRequest): Stripe.PaymentIntentCreateParams {
  return {
    amount: request.amount,
    currency: request.currency.toLowerCase(),
    customer: request.customer_ref,
    payment_method: request.method,
    // today's API takes no list of types here; without redirects it asks for no return address
    automatic_payment_methods: {enabled: true, allow_redirects: 'never'},
    capture_method: 'manual',
    confirm: true,
    // the customer's one consent covers holds renewed later; a renewal has nobody to ask and nothing to save
    ...(request.off_session ? {off_session: true} : {setup_future_usage: 'off_session'}),
    payment_method_options: {
      card: {request_multicapture: 'if_available', request_extended_authorization: 'if_available'},
    },
    metadata: {order_id: request.order_id, payment_id: request.payment_id},
    expand: EXPAND,
  };
}

function declined({decline_code, code}: Stripe.errors.StripeError, intent: Stripe.PaymentIntent): Hold {
  // the intent in an error is not expanded, and never holds money
  return {...holdOf({...intent, status: 'requires_payment_method'}), decline_code: decline_code || (code ?? null)};
}

const PREFERENCE: readonly Hold['state'][] = ['captured', 'authorized', 'requires_action', 'canceled', 'declined'];

/**
 * Goes through the customer's list, which shows an intent as soon as it exists. Search lags up to a minute behind, and
 * "not found" there would lead to a second hold. Of several intents, one that holds or took money wins.
 */
async function findHold(stripe: Stripe, customer: string, paymentId: string): Promise<Hold | null> {
  const expand = EXPAND.map((field) => `data.${field}`);
  let found: Hold | null = null;
  for await (const intent of stripe.paymentIntents.list({customer, limit: 100, expand})) {
    if (intent.metadata['payment_id'] !== paymentId) continue;
    const hold = holdOf(intent);
    if (hold.state === 'authorized' || hold.state === 'captured') return hold;
    if (!found || PREFERENCE.indexOf(hold.state) < PREFERENCE.indexOf(found.state)) found = hold;
  }
  return found;
}

async function capture(
  stripe: Stripe,
  ref: string,
  amount: number,
  final: boolean,
  idempotencyKey: string,
): Promise<CaptureResult> {
  const intent = await retrieve(stripe, ref);
  const before = holdOf(intent);
  const settled = settledCapture(before);
  if (settled) return settled;
  checkCapture(intent, before, amount);
  // without multicapture Stripe takes one capture, which lets the rest go, and refuses this parameter
  const finality = before.multicapture ? {final_capture: final} : {};
  const params = {amount_to_capture: amount, ...finality, expand: EXPAND};
  try {
    const take = async (key: string): Promise<CaptureResult> => {
      const answer = await stripe.paymentIntents.capture(ref, params, {idempotencyKey: key});
      return {outcome: 'captured', hold: await present(stripe, answer)};
    };
    return await withFreshKey(
      idempotencyKey,
      take,
      async () => settledCapture(holdOf(await retrieve(stripe, ref))) ?? null,
    );
  } catch (error) {
    const code = refusalCode(error);
    if (code !== EXPIRED && code !== UNEXPECTED_STATE) throw stripeFailure(error);
    // it changed between the look and the call: it ran out, or an attempt of ours was still under way
    const hold = holdOf(await retrieve(stripe, ref));
    const outcome = code === EXPIRED ? ({outcome: 'expired', hold} as const) : settledCapture(hold);
    if (!outcome) throw stripeFailure(error);
    return outcome;
  }
}

const EXPIRED = 'charge_expired_for_capture';
const UNEXPECTED_STATE = 'payment_intent_unexpected_state';

function refusalCode(error: unknown): string | undefined {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 400 ? error.code : undefined;
}

/** The outcome when there is nothing left to capture. Whoever asked compares the captured amount with its own. */
function settledCapture(hold: Hold): CaptureResult | undefined {
  if (hold.state === 'captured') return {outcome: 'captured', hold};
  return hold.state === 'canceled' ? {outcome: 'expired', hold} : undefined;
}

function checkCapture(intent: Stripe.PaymentIntent, {state, captured}: Hold, amount: number): void {
  if (state !== 'authorized') {
    throw providerFailure.refused('Stripe', 'not_authorized', `there is no hold to capture (${state})`);
  }
  // after an earlier capture less is left, and this may be the repeat of that one: its key decides, not the rest
  const most = captured > 0 ? intent.amount : intent.amount_capturable;
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > most) {
    throw providerFailure.refused('Stripe', 'amount_too_large', `${amount} cannot be captured of ${most}`);
  }
}

async function cancel(stripe: Stripe, ref: string, idempotencyKey: string): Promise<Hold> {
  const letGo = async (key: string) =>
    present(stripe, await stripe.paymentIntents.cancel(ref, {expand: EXPAND}, {idempotencyKey: key}));
  const gone = async () => {
    const hold = holdOf(await retrieve(stripe, ref));
    return settledCapture(hold) ? hold : null;
  };
  try {
    return await withFreshKey(idempotencyKey, letGo, gone);
  } catch (error) {
    if (refusalCode(error) !== UNEXPECTED_STATE) throw stripeFailure(error);
    // gone already, by us or by expiry, or captured: either way the hold as it is tells the caller
    return holdOf(await retrieve(stripe, ref));
  }
}
