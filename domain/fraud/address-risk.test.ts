import {addressParts, escalation} from './address-risk.ts';
import {sumOf} from './part.ts';
import type {FraudFacts, FraudLimits} from './score.ts';

const limits: FraudLimits = {reject_above: 0.8, review_above: 0.5, velocity_per_hour: 4, high_value_multiple: 10};
const worst: FraudFacts = {
  customer: {age_days: 1, delivered_orders: 0, chargebacks: 0, cancelled_orders: 0},
  order_amount: 1_000,
  typical_amount: 1_000,
  velocity: {customer: 1, card: 1, device: 1, address: 99},
  address: {blocklisted: true, country_mismatch: true, geo_mismatch: true},
  payment_method: {known_before: true},
  device: {known_before: true},
};

describe('address risk', () => {
  it('fills the score up to 0.5 and no further beside ordinary behaviour', () => {
    expect(sumOf(addressParts(worst, limits, {suspicious: false, scored: 0.2}))).toBe(0.3);
    expect(sumOf(addressParts(worst, limits, {suspicious: false, scored: 0}))).toBe(0.5);
  });
  it('adds up to 0.5 beside suspicious behaviour', () => {
    expect(sumOf(addressParts(worst, limits, {suspicious: true, scored: 0.45}))).toBe(0.5);
    const mismatch = {...worst, address: {blocklisted: false, country_mismatch: true, geo_mismatch: true}};
    expect(addressParts(mismatch, limits, {suspicious: true, scored: 0.45}).map((p) => p.contribution)).toEqual([
      0, 0.12, 0.12, 0.1,
    ]);
  });
  it('escalates a blocked address only with suspicion', () => {
    expect(sumOf(escalation(worst, limits, true))).toBe(0.4);
    expect(sumOf(escalation(worst, limits, false))).toBe(0);
  });
});
