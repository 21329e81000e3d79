import {answerWith, type Call, findRecord, mergeMetadata, move} from '../call.ts';
import {invalidParameter} from '../errors.ts';
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
  payment_method_types: 'texts',
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
  if (params.payment_method_types && params.automatic_payment_methods?.enabled) {
    const message = 'You may only specify one of these parameters: automatic_payment_methods, payment_method_types.';
    throw invalidParameter('parameter_invalid', 'payment_method_types', message);
  }
  if (params.payment_method_types?.some((type) => type !== 'card')) {
    throw invalidParameter('parameter_invalid', 'payment_method_types', 'This emulator knows only the type card.');
  }
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
    payment_method_types: params.payment_method_types ?? ['card'],
    automatic_payment_methods: params.automatic_payment_methods?.enabled ?? false,
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
