import {behaviourParts, newnessParts} from './customer-risk.ts';
import {sumOf} from './part.ts';
import type {FraudFacts, FraudLimits} from './score.ts';

const limits: FraudLimits = {reject_above: 0.8, review_above: 0.5, velocity_per_hour: 4, high_value_multiple: 10};
const facts: FraudFacts = {
  customer: {age_days: null, delivered_orders: 0, chargebacks: 0, cancelled_orders: 0},
  order_amount: 1_000,
  typical_amount: 1_000,
  velocity: {customer: 1, card: 1, device: null, address: 1},
  address: {blocklisted: false, country_mismatch: false, geo_mismatch: false},
  payment_method: {known_before: false},
  device: {known_before: null},
};
const part = (name: string, of: FraudFacts) => behaviourParts(of, limits).find((p) => p.name === name)?.contribution;

describe('customer risk', () => {
  it('is 0.2 for all that is new, and fades with deliveries and age', () => {
    expect(sumOf(newnessParts(facts))).toBe(0.2);
    const older = {...facts, customer: {...facts.customer, age_days: 15, delivered_orders: 1}};
    expect(newnessParts(older).map((p) => p.contribution)).toEqual([0.04, 0.02, 0.04, 0.04]);
  });
  it('sees nothing in one ordinary order', () => expect(sumOf(behaviourParts(facts, limits))).toBe(0));
  it('rises with value up to the high multiple and a little beyond', () => {
    const at = (times: number) => part('order_value', {...facts, order_amount: 1_000 * times});
    expect([at(1), at(10), at(20), at(500)]).toEqual([0, 0.35, 0.45, 0.45]);
  });
  it('rises with velocity and jumps beyond the limit', () => {
    const at = (card: number) => part('velocity_card', {...facts, velocity: {...facts.velocity, card}});
    expect([at(1), at(3), at(4), at(5)]).toEqual([0, 0.05, 0.075, 0.9]);
  });
  it('counts chargebacks and the share of cancelled orders', () => {
    const customer = {...facts.customer, chargebacks: 2, cancelled_orders: 3};
    expect([part('chargebacks', {...facts, customer}), part('cancelled_orders', {...facts, customer})]).toEqual([
      0.7, 0.075,
    ]);
  });
});
