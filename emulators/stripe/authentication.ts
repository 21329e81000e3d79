import {ControlError} from '../shared/control.ts';
import {move, newCall} from './call.ts';
import type {Engine} from './engine.ts';
import {authorise, failAuthentication, type Features} from './payment-intents.ts';
import {settleMethod} from './routes/pay.ts';

/**
 * POST /_control/authentication `{payment_intent, outcome: 'succeed' | 'fail'}`: what the customer does in the 3D Secure
 * window of an intent that stands in requires_action.
 */
export function authenticate(engine: Engine, features: Features, body: Record<string, unknown>) {
  const state = engine.state();
  const intent = state.intents.get(String(body['payment_intent']));
  const method = state.paymentMethods.get(intent?.payment_method ?? '');
  if (intent?.status !== 'requires_action' || !method) {
    throw new ControlError('payment_intent must name an intent in requires_action');
  }
  const {outcome} = body;
  if (outcome !== 'succeed' && outcome !== 'fail') throw new ControlError('outcome must be succeed or fail');
  const call = newCall(state, features, engine.now(), {form: {}, path: {}, key: null});
  const transition =
    outcome === 'succeed' ? authorise(intent, method, false, call) : failAuthentication(intent, method, call);
  settleMethod(call, transition, method);
  move(call, transition);
  engine.commit(call.changes);
  return {payment_intent: intent.id, status: transition.intent.status};
}
