import {answerWith, type Call, findRecord, mergeMetadata, move} from '../call.ts';
import {invalidParameter, StripeError} from '../errors.ts';
import {newId} from '../ids.ts';
import {readParams, required, type Values} from '../params.ts';
import {checkMethodOwner, resolveMethod} from '../payment-methods.ts';
import type {Answer, IntentRecord, PaymentMethodRecord} from '../records.ts';
import {pay} from './pay.ts';

const IF_AVAILABLE = ['if_available', 'never'] as const;

export const PAYMENT_OPTIONS = {
  card: {
    request_extended_authorization: IF_AVAILABLE,
    request_multicapture: IF_AVAILABLE,
    request_three_d_secure: ['automatic', 'any', 'challenge'],
  },
} as const;

/** Parameters that change nothing here and are given back as they came. */
export const DETAILS = {
  description: 'text',
  receipt_email: 'text',
  shipping: 'any',
  statement_descriptor: 'text',
  statement_descriptor_suffix: 'text',
  transfer_group: 'text',
} as const;

const CREATE = {
  ...DETAILS,
  amount: 'integer',
  automatic_payment_methods: {allow_redirects: ['always', 'never'], enabled: 'boolean'},
  capture_method: ['manual', 'automatic', 'automatic_async'],
  confirm: 'boolean',
  currency: 'text',
  customer: 'text',
  expand: 'texts',
  metadata: 'map',
  off_session: 'boolean',
  payment_method: 'text',
  payment_method_options: PAYMENT_OPTIONS,
  payment_method_types: 'any',
  allowed_payment_method_types: 'texts',
  return_url: 'text',
  setup_future_usage: ['on_session', 'off_session'],
} as const;

type CreateParams = Values<typeof CREATE>;

const MAX_AMOUNT = 99_999_999;

/** POST /v1/payment_intents */
export function createIntent(call: Call): Answer {
  const params = readParams(call.form, CREATE);
  checkCreate(params);
  const customer = params.customer
    ? findRecord(call.state.customers, 'customer', params.customer, 'customer').id
    : null;
  const method = params.payment_method ? resolveMethod(call, params.payment_method, 'payment_method') : undefined;
  if (method) checkMethodOwner(method, customer);
  const intent = newIntent(call, params, customer, method);
  if (params.confirm) checkReturnUrl(intent, params.return_url);

  if (method) call.changes.push({set: 'payment_method', record: method});
  move(call, {intent, events: ['payment_intent.created']});
  if (params.confirm && method) return pay(call, intent, method, params.off_session ?? false, params.expand);
  return answerWith('intent', intent.id, params.expand);
}

function checkCreate(params: CreateParams): void {
  const amount = required(params.amount, 'amount');
  if (amount < 1) throw invalidParameter('parameter_invalid_integer', 'amount', 'This value must be greater than 0.');
  if (amount > MAX_AMOUNT)
    throw invalidParameter('amount_too_large', 'amount', `Amount must be at most ${MAX_AMOUNT}.`);
  const currency = required(params.currency, 'currency');
  if (!/^[a-z]{3}$/i.test(currency))
    throw invalidParameter('invalid_currency', 'currency', `Invalid currency: ${currency}`);
  if (params.confirm) required(params.payment_method, 'payment_method');
  if (params.off_session !== undefined && !params.confirm) {
    throw invalidParameter('parameter_missing', 'confirm', 'off_session can only be used with confirm=true.');
  }
  checkMethodTypes(params);
}

/** docs.stripe.com/changelog/endive/2026-09-30: the list of types is read-only from then on. */
function checkMethodTypes({
  payment_method_types,
  allowed_payment_method_types: allowed,
  ...params
}: CreateParams): void {
  if (payment_method_types !== undefined) {
    const message = 'payment_method_types can no longer be set; use allowed_payment_method_types.';
    throw invalidParameter('payment_method_types_no_longer_supported', 'payment_method_types', message);
  }
  if (params.automatic_payment_methods) {
    required(params.automatic_payment_methods.enabled, 'automatic_payment_methods[enabled]');
    if (allowed) {
      const message = 'Only one of allowed_payment_method_types and automatic_payment_methods may be given.';
      throw invalidParameter('parameters_exclusive', 'allowed_payment_method_types', message);
    }
  }
  if (allowed && !allowed.includes('card')) {
    throw invalidParameter(
      'parameter_invalid',
      'allowed_payment_method_types',
      'This emulator knows only the type card.',
    );
  }
}

/** Without a word about types, an intent takes all that are enabled in the Dashboard, redirects among them. */
function automaticMethods(params: CreateParams): IntentRecord['automatic_payment_methods'] {
  const {automatic_payment_methods: wanted, allowed_payment_method_types: allowed} = params;
  if (allowed || wanted?.enabled === false) return null;
  return {allow_redirects: wanted?.allow_redirects ?? 'always'};
}

/** Throws when the customer might be sent away, and there is no address to come back to. */
export function checkReturnUrl(intent: IntentRecord, returnUrl: string | undefined): void {
  if (returnUrl || intent.automatic_payment_methods?.allow_redirects !== 'always') return;
  const message =
    'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these ' +
    "payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't " +
    'want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and ' +
    '`automatic_payment_methods[allow_redirects]` to `never`.';
  throw new StripeError(400, {type: 'invalid_request_error', param: 'return_url', message});
}

function newIntent(
  call: Call,
  params: CreateParams,
  customer: string | null,
  method: PaymentMethodRecord | undefined,
): IntentRecord {
  const id = newId('pi');
  const card = params.payment_method_options?.card;
  const details = Object.fromEntries(
    Object.keys(DETAILS)
      .map((name) => [name, params[name as keyof typeof DETAILS]])
      .filter(([, value]) => value !== undefined),
  );
  return {
    id,
    created: call.now,
    client_secret: newId(`${id}_secret`),
    amount: params.amount ?? 0,
    currency: (params.currency ?? '').toLowerCase(),
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    customer,
    payment_method: method?.id ?? null,
    payment_method_types: ['card'],
    automatic_payment_methods: automaticMethods(params),
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    capture_method: params.capture_method === 'manual' ? 'manual' : 'automatic',
    setup_future_usage: params.setup_future_usage ?? null,
    metadata: mergeMetadata({}, params.metadata),
    details,
    request_extended: card?.request_extended_authorization === 'if_available',
    request_multicapture: card?.request_multicapture === 'if_available',
    charges: [],
    amount_received: 0,
    authorized_at: null,
    canceled_at: null,
    cancellation_reason: null,
    failure: null,
    idempotency_key: call.key,
    history: [{at: call.now, what: 'created', amount: params.amount ?? 0}],
  };
}
