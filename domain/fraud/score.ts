import {addressParts, escalation} from './address-risk.ts';
import {behaviourParts, newnessParts} from './customer-risk.ts';
import {round4, sumOf} from './part.ts';
import type {RiskPart} from './part.ts';

export interface FraudFacts {
  customer: {age_days: number | null; delivered_orders: number; chargebacks: number; cancelled_orders: number};
  /** Minor units. */
  order_amount: number;
  /** Minor units: the merchant's typical order in that currency; 0 = not known yet. */
  typical_amount: number;
  /** Orders in the last hour, this one included; null = no fingerprint. */
  velocity: {customer: number; card: number; device: number | null; address: number};
  address: {
    blocklisted: boolean;
    /** The country of card or phone differs from the country of delivery. */
    country_mismatch: boolean;
    /** The coordinates are implausible for the country. */
    geo_mismatch: boolean;
  };
  payment_method: {known_before: boolean};
  device: {known_before: boolean | null};
}

export interface FraudLimits {
  /** Above it the order is rejected (0.8). */
  reject_above: number;
  /** Above it a person reviews (0.5). */
  review_above: number;
  /** Orders in an hour that one customer, card or device may place. */
  velocity_per_hour: number;
  /** Times the typical amount that count as a high value. */
  high_value_multiple: number;
}

export type FraudVerdict = 'approve' | 'review' | 'reject';

export interface FraudAssessment {
  /** 0 (harmless) to 1. */
  score: number;
  verdict: FraudVerdict;
  /** Every rule with what it added; they sum to the score, clamped at 1. */
  parts: {name: string; contribution: number}[];
  /** One plain sentence for each rule that added something, largest first. */
  reasons: string[];
}

/**
 * Scores an order in [0, 1]. All contributions are >= 0 and add up:
 *
 * | group     | at most | rule |
 * |-----------|---------|------|
 * | newness   | 0.20    | no delivered order yet, young account, new payment method, new device |
 * | behaviour | open    | velocity, value, chargebacks, cancelled orders; beyond a velocity limit rejected |
 * | address   | 0.5     | blocklist, mismatches, orders to it; without suspicious behaviour only fills up to 0.5 |
 * | escalation|         | a blocklisted address together with suspicious behaviour rejects |
 *
 * Being new is not suspicious; behaviour of 0.1 and more is.
 */
export function scoreOrder(facts: FraudFacts, limits: FraudLimits): FraudAssessment {
  const own = [...newnessParts(facts), ...behaviourParts(facts, limits)];
  const suspicious = sumOf(behaviourParts(facts, limits)) >= SUSPICIOUS_FROM;
  const parts = [
    ...own,
    ...addressParts(facts, limits, {suspicious, scored: sumOf(own)}),
    ...escalation(facts, limits, suspicious),
  ];
  const score = Math.min(1, sumOf(parts));
  return {
    score,
    verdict: verdictOf(score, limits),
    parts: parts.map(({name, contribution}) => ({name, contribution})),
    reasons: reasonsOf(parts),
  };
}

const SUSPICIOUS_FROM = 0.1;

function verdictOf(score: number, limits: FraudLimits): FraudVerdict {
  if (score > limits.reject_above) return 'reject';
  if (score > limits.review_above) return 'review';
  return 'approve';
}

function reasonsOf(parts: RiskPart[]): string[] {
  return parts
    .filter((part) => round4(part.contribution) > 0)
    .sort((a, b) => b.contribution - a.contribution || (a.name < b.name ? -1 : 1))
    .map((part) => part.reason);
}
