import {ControlError} from '../shared/control.ts';
import {type Call, newCall} from './call.ts';
import type {Engine} from './engine.ts';
import type {Form} from './form.ts';
import type {Features} from './payment-intents.ts';
import {createCustomer} from './routes/customers.ts';
import {createIntent} from './routes/create-intent.ts';
import {confirmIntent} from './routes/payment-intents.ts';

const CARD = 'pm_card_visa';

/**
 * POST /_control/shop-intent: what the server of a shop does that authorises by itself. `{amount, currency, reference}`
 * makes an intent for an order with that reference; `{payment_intent}` lets its customer pay it.
 */
export function shopIntent(engine: Engine, features: Features, body: Record<string, unknown>) {
  const {payment_intent: id, amount, currency, reference} = body;
  const known = typeof id === 'string' ? engine.state().intents.get(id) : undefined;
  if (known) {
    if (known.status === 'requires_payment_method') {
      carryOut(engine, features, {payment_method: CARD}, known.id, confirmIntent);
    }
    return {payment_intent: known.id, status: engine.state().intents.get(known.id)?.status};
  }
  if (typeof amount !== 'number' || typeof currency !== 'string' || typeof reference !== 'string') {
    throw new ControlError('send {"amount", "currency", "reference"}, or the payment_intent that is to be paid');
  }
  const customer = carryOut(engine, features, {}, '', createCustomer);
  const form: Form = {
    customer,
    setup_future_usage: 'off_session',
    amount: String(amount),
    currency,
    capture_method: 'manual',
    automatic_payment_methods: {enabled: 'true', allow_redirects: 'never'},
    metadata: {order_reference: reference},
  };
  return {payment_intent: carryOut(engine, features, form, '', createIntent), status: 'requires_payment_method'};
}

function carryOut(
  engine: Engine,
  features: Features,
  form: Form,
  id: string,
  handle: (call: Call) => ReturnType<typeof createIntent>,
): string {
  const call = newCall(engine.state(), features, engine.now(), {form, path: {id}, key: null});
  const answer = handle(call);
  engine.commit(call.changes);
  return 'about' in answer ? answer.about.id : '';
}
