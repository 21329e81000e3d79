import type {Faults} from '../engine/faults.ts';
import type {Scheduler} from '../engine/scheduler.ts';
import {type Intent, type IntentAnswer, showIntent} from './intent.ts';
import {refusal, StripeError} from './stripe-errors.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** docs.stripe.com/api/idempotent_requests */
const KEYS_LIVE = DAY;

interface Kept {
  hash: string;
  at: number;
  outcome: {answer: Answer} | {error: StripeError};
}
type Answer = IntentAnswer | {id: string};

export interface IntentParams {
  amount: number;
  currency: string;
  customer: string;
  payment_method: string;
  off_session?: boolean;
  metadata: Record<string, string>;
}

export interface BankEvent {
  id: string;
  type: string;
  object: IntentAnswer;
}

/** What a card of each kind does. */
type Card = 'good' | 'declined' | 'asks' | 'declined_off_session';

const CARDS: Readonly<Record<string, Card>> = {
  pm_good: 'good',
  pm_declined: 'declined',
  pm_asks: 'asks',
  pm_declined_off_session: 'declined_off_session',
};

/**
 * A payment provider with Stripe's rules: holds that expire, one capture that lets the rest go or several where granted,
 * idempotency keys that keep every answer, 500s included, and are forgotten after a day.
 */
export class Bank {
  readonly intents = new Map<string, Intent>();
  readonly customers = new Map<string, string>();
  /** every request under a key with its parameters, for ever */
  readonly asked = new Map<string, Set<string>>();
  readonly events: BankEvent[] = [];
  readonly reached: (what: string) => void;
  multicapture = false;
  extended = false;
  /** the customers' banks refuse whoever is not there to ask */
  refusesOffSession = false;
  /** so many requests to come fail with a 500 that is kept with their key */
  broken: {left: number; after: boolean} = {left: 0, after: false};
  /** so many requests to come are refused: our API key is not valid for a while */
  lockedOut = 0;
  version = 0;
  onEvent: (event: BankEvent) => void = () => undefined;
  private readonly keys = new Map<string, Kept>();
  private readonly scheduler: Scheduler;
  readonly faults: Faults;

  constructor(scheduler: Scheduler, faults: Faults, reached: (what: string) => void) {
    this.scheduler = scheduler;
    this.faults = faults;
    this.reached = reached;
  }

  /** Carries a POST out once for its key; the kept answer, or failure, comes again with `replayed`. */
  once<A extends Answer>(key: string, path: string, params: unknown, effect: () => A): {answer: A; replayed: boolean} {
    const hash = `${path} ${JSON.stringify(params)}`;
    if (/:\d$/.test(key) && this.keys.has(key.replace(/:\d$/, ''))) this.reached('a key is rotated after a kept 500');
    this.asked.set(key, (this.asked.get(key) ?? new Set()).add(hash));
    if (this.lockedOut > 0) {
      this.lockedOut -= 1;
      throw new StripeError('invalid API key', {statusCode: 401, rawType: 'invalid_request_error'});
    }
    const kept = this.keys.get(key);
    if (kept && this.scheduler.now - kept.at < KEYS_LIVE)
      return this.replay(kept, hash) as {answer: A; replayed: boolean};
    if (kept) this.reached('a key forgotten after a day is used again');
    const outcome = this.outcomeOf(effect);
    this.keys.set(key, {hash, at: this.scheduler.now, outcome});
    if ('error' in outcome) throw outcome.error;
    return {answer: outcome.answer as A, replayed: false};
  }

  private outcomeOf(effect: () => Answer): Kept['outcome'] {
    const failure = new StripeError('we are broken', {statusCode: 500, rawType: 'api_error'});
    const {broken} = this;
    const strikes = broken.left > 0;
    if (strikes) broken.left -= 1;
    if (strikes && !broken.after) return {error: failure};
    try {
      const answer = effect();
      this.version += 1;
      return strikes ? {error: failure} : {answer};
    } catch (error) {
      if (error instanceof StripeError) return {error};
      throw error;
    }
  }

  private replay(kept: Kept, hash: string): {answer: Answer; replayed: boolean} {
    if (kept.hash !== hash) {
      throw new StripeError('another request', {statusCode: 400, rawType: 'idempotency_error'});
    }
    if ('answer' in kept.outcome) return {answer: kept.outcome.answer, replayed: true};
    const {message, statusCode, rawType, code, decline_code, payment_intent} = kept.outcome.error;
    if (statusCode === 500) this.reached('a kept 500 is answered again');
    throw new StripeError(message, {
      ...(statusCode && {statusCode}),
      ...(rawType && {rawType}),
      ...(code && {code}),
      ...(decline_code && {decline_code}),
      ...(payment_intent && {payment_intent}),
      headers: {'idempotent-replayed': 'true'},
    });
  }

  createCustomer(ref: string): {id: string} {
    const id = `cus_${this.customers.size + 1}`;
    this.customers.set(id, ref);
    return {id};
  }

  createIntent(params: IntentParams): IntentAnswer {
    const id = `pi_${this.intents.size + 1}`;
    const card = this.cardOf(params.payment_method);
    const refused = params.off_session === true && (card !== 'good' || this.refusesOffSession);
    const asks = card === 'asks' && !refused;
    const declined = card === 'declined' || refused;
    const lifetime = this.extended ? 30 * DAY : params.off_session ? 4 * DAY + 18 * HOUR : 7 * DAY;
    const intent: Intent = {
      id,
      status: declined ? 'requires_payment_method' : asks ? 'requires_action' : 'requires_capture',
      amount: params.amount,
      captured: 0,
      currency: params.currency,
      customer: params.customer,
      metadata: params.metadata,
      card,
      method: `pm_saved_${card}`,
      capture_before: declined || asks ? null : this.scheduler.now + lifetime,
      multicapture: this.multicapture,
      made_at: this.scheduler.now,
      captures: [],
      gone: null,
    };
    this.intents.set(id, intent);
    if (intent.capture_before !== null) this.scheduler.after(lifetime, () => this.expire(intent));
    if (!declined) return this.tell(intent, asks ? 'requires_action' : 'amount_capturable_updated');
    this.tell(intent, 'payment_failed');
    throw new StripeError('declined', {
      statusCode: 402,
      rawType: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      payment_intent: showIntent(intent),
    });
  }

  private cardOf(method: string): Card {
    const card = CARDS[method] ?? CARDS[method.replace('pm_saved_', 'pm_')];
    if (!card) throw new StripeError('no such payment method', {statusCode: 400, param: 'payment_method'});
    return card;
  }

  find(id: string): Intent {
    const intent = this.intents.get(id);
    if (!intent) throw refusal('resource_missing');
    return intent;
  }

  capture(id: string, amount: number, final: boolean): IntentAnswer {
    const intent = this.find(id);
    if (intent.status !== 'requires_capture') throw refusal('payment_intent_unexpected_state');
    if (amount > intent.amount - intent.captured) throw refusal('amount_too_large');
    intent.captured += amount;
    intent.captures.push(amount);
    const ends = !intent.multicapture || final || intent.captured === intent.amount;
    if (ends) intent.status = 'succeeded';
    return this.tell(intent, ends ? 'succeeded' : 'amount_capturable_updated');
  }

  cancel(id: string): IntentAnswer {
    const intent = this.find(id);
    if (intent.status === 'canceled' || intent.status === 'succeeded') throw refusal('payment_intent_unexpected_state');
    intent.status = 'canceled';
    intent.gone = 'canceled';
    return this.tell(intent, 'canceled');
  }

  /** The card's bank takes a hold back without asking anybody. */
  takeBack(intent: Intent): void {
    if (intent.status !== 'requires_capture' || intent.captured > 0) return;
    this.version += 1;
    intent.status = 'canceled';
    intent.gone = 'expired';
    this.tell(intent, 'canceled');
  }

  private expire(intent: Intent): void {
    if (intent.status !== 'requires_capture') return;
    this.reached('a hold expires');
    this.version += 1;
    intent.status = 'canceled';
    intent.gone = 'expired';
    this.tell(intent, 'canceled');
  }

  private tell(intent: Intent, what: string): IntentAnswer {
    const object = showIntent(intent);
    const event = {id: `evt_${this.events.length + 1}`, type: `payment_intent.${what}`, object};
    this.events.push(event);
    this.onEvent(event);
    return object;
  }
}
