import {rejecting, riskPart, unit} from './part.ts';
import type {RiskPart} from './part.ts';
import type {FraudFacts, FraudLimits} from './score.ts';

const YOUNG_ACCOUNT_DAYS = 30;

/** What every honest first-time customer shows too: 0.20 in all, never suspicious by itself. */
export function newnessParts(facts: FraudFacts): RiskPart[] {
  const {customer, payment_method, device} = facts;
  const youth = customer.age_days === null ? 1 : unit(1 - customer.age_days / YOUNG_ACCOUNT_DAYS);
  return [
    riskPart(
      'new_customer',
      0.08 / (1 + Math.max(0, customer.delivered_orders)),
      'The customer has few or no delivered orders yet.',
    ),
    riskPart('young_account', 0.04 * youth, 'The account is younger than 30 days.'),
    riskPart(
      'new_payment_method',
      payment_method.known_before ? 0 : 0.04,
      'The payment method was not used here before.',
    ),
    riskPart('new_device', device.known_before === true ? 0 : 0.04, 'The device was not seen before.'),
  ];
}

/** What an order says about the intent behind it: velocity, value, chargebacks, cancellations. */
export function behaviourParts(facts: FraudFacts, limits: FraudLimits): RiskPart[] {
  const {customer, velocity} = facts;
  return [
    velocityPart('velocity_customer', 'The customer', velocity.customer, 0.06, limits),
    velocityPart('velocity_card', 'The card', velocity.card, 0.1, limits),
    velocityPart('velocity_device', 'The device', velocity.device ?? 0, 0.06, limits),
    valuePart(facts, limits),
    riskPart(
      'chargebacks',
      Math.min(0.85, 0.35 * Math.max(0, customer.chargebacks)),
      `The customer had ${count(customer.chargebacks, 'chargeback')}.`,
    ),
    cancelledPart(customer),
  ];
}

/** Within the limit a slow rise up to `weight`; beyond it enough to reject by itself. */
function velocityPart(name: string, who: string, orders: number, weight: number, limits: FraudLimits): RiskPart {
  const beyond = orders > limits.velocity_per_hour;
  const rise = weight * unit((orders - 1) / Math.max(1, limits.velocity_per_hour));
  const reason = `${who} placed ${count(orders, 'order')} within an hour; up to ${limits.velocity_per_hour} are usual.`;
  return riskPart(name, beyond ? rejecting(limits.reject_above) : rise, reason);
}

/** 0 up to the typical amount, 0.35 at the multiple that counts as high, 0.45 from twice that on. */
function valuePart(facts: FraudFacts, limits: FraudLimits): RiskPart {
  const known = facts.typical_amount > 0;
  const ratio = known ? facts.order_amount / facts.typical_amount : 0;
  const high = Math.max(limits.high_value_multiple, 1.01);
  const value = 0.35 * unit((ratio - 1) / (high - 1)) + 0.1 * unit((ratio - high) / high);
  return riskPart('order_value', value, `The order is worth ${ratio.toFixed(1)} times a typical one.`);
}

/** Up to 0.15 by the share of cancelled orders; the 3 keeps one early change of mind from weighing much. */
function cancelledPart(customer: FraudFacts['customer']): RiskPart {
  const cancelled = Math.max(0, customer.cancelled_orders);
  const share = cancelled / (cancelled + Math.max(0, customer.delivered_orders) + 3);
  return riskPart('cancelled_orders', 0.15 * share, `The customer cancelled ${count(cancelled, 'order')}.`);
}

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}
