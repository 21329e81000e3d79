import fc from 'fast-check';
import {scoreOrder} from './score.ts';
import type {FraudFacts, FraudLimits} from './score.ts';

const limits: FraudLimits = {reject_above: 0.8, review_above: 0.5, velocity_per_hour: 5, high_value_multiple: 10};

const regular: FraudFacts = {
  customer: {age_days: 400, delivered_orders: 12, chargebacks: 0, cancelled_orders: 0},
  order_amount: 5_000,
  typical_amount: 5_000,
  velocity: {customer: 1, card: 1, device: 1, address: 1},
  address: {blocklisted: false, country_mismatch: false, geo_mismatch: false},
  payment_method: {known_before: true},
  device: {known_before: true},
};
const firstTime: FraudFacts = {
  ...regular,
  customer: {age_days: null, delivered_orders: 0, chargebacks: 0, cancelled_orders: 0},
  payment_method: {known_before: false},
  device: {known_before: null},
};

describe('what ordinary customers get', () => {
  it('approves a regular with a score near 0', () => {
    expect(scoreOrder(regular, limits)).toMatchObject({verdict: 'approve'});
    expect(scoreOrder(regular, limits).score).toBeLessThan(0.05);
  });
  it('approves a first order with an ordinary basket well below 0.5', () => {
    const {score, verdict} = scoreOrder(firstTime, limits);
    expect({score, verdict}).toEqual({score: 0.2, verdict: 'approve'});
  });
  it('approves a regular who spends a lot for once', () => {
    expect(scoreOrder({...regular, order_amount: 75_000}, limits).verdict).toBe('approve');
  });
  it('approves five orders of one customer within the hour where five are usual', () => {
    expect(scoreOrder({...firstTime, velocity: {customer: 5, card: 5, device: 5, address: 5}}, limits).verdict).toBe(
      'approve',
    );
  });
  it('leaves the value out while no typical amount is known', () => {
    expect(scoreOrder({...firstTime, typical_amount: 0, order_amount: 9_000_000}, limits).score).toBe(0.2);
  });
});

describe('what a person looks at', () => {
  it('a very high first order of a new customer on an unknown device', () => {
    const {verdict, reasons} = scoreOrder({...firstTime, order_amount: 60_000}, limits);
    expect(verdict).toBe('review');
    expect(reasons[0]).toBe('The order is worth 12.0 times a typical one.');
  });
  it('a new customer with a chargeback', () => {
    const facts = {...firstTime, customer: {...firstTime.customer, chargebacks: 1}};
    expect(scoreOrder(facts, limits)).toMatchObject({verdict: 'review'});
    expect(scoreOrder(facts, limits).reasons).toContain('The customer had 1 chargeback.');
  });
  it('mismatches beside suspicious behaviour, which neither would reach alone', () => {
    const pricey = {...firstTime, order_amount: 40_000};
    expect(scoreOrder(pricey, limits).verdict).toBe('approve');
    const address = {blocklisted: false, country_mismatch: true, geo_mismatch: true};
    expect(scoreOrder({...pricey, address}, limits).verdict).toBe('review');
  });
});

describe('what is rejected', () => {
  it.each(['customer', 'card', 'device'] as const)('a %s beyond the hourly limit', (who) => {
    const {score, verdict} = scoreOrder({...regular, velocity: {...regular.velocity, [who]: 6}}, limits);
    expect(verdict).toBe('reject');
    expect(score).toBeGreaterThan(0.8);
  });
  it('a blocked address together with anything suspicious, but not alone', () => {
    const blocked = {...regular, address: {...regular.address, blocklisted: true}};
    expect(scoreOrder(blocked, limits)).toMatchObject({score: 0.5, verdict: 'approve'});
    expect(scoreOrder({...firstTime, address: blocked.address}, limits)).toMatchObject({
      score: 0.5,
      verdict: 'approve',
    });
    expect(scoreOrder({...blocked, order_amount: 25_000}, limits).verdict).toBe('reject');
  });
  it('keeps its promise under other thresholds', () => {
    const strict = {...limits, reject_above: 0.95};
    expect(scoreOrder({...regular, velocity: {...regular.velocity, card: 9}}, strict).verdict).toBe('reject');
  });
});

const amount = fc.integer({min: 0, max: 2_000_000});
const velocity = fc.integer({min: 0, max: 30});
const arbitraryFacts: fc.Arbitrary<FraudFacts> = fc.record({
  customer: fc.record({
    age_days: fc.option(fc.integer({min: 0, max: 900})),
    delivered_orders: fc.integer({min: 0, max: 50}),
    chargebacks: fc.integer({min: 0, max: 4}),
    cancelled_orders: fc.integer({min: 0, max: 30}),
  }),
  order_amount: amount,
  typical_amount: fc.integer({min: 0, max: 20_000}),
  velocity: fc.record({customer: velocity, card: velocity, device: fc.option(velocity), address: velocity}),
  address: fc.record({blocklisted: fc.boolean(), country_mismatch: fc.boolean(), geo_mismatch: fc.boolean()}),
  payment_method: fc.record({known_before: fc.boolean()}),
  device: fc.record({known_before: fc.option(fc.boolean())}),
});

type Worse = (facts: FraudFacts, by: number) => FraudFacts;
const worse: Record<string, Worse> = {
  'orders of the customer': (f, by) => ({...f, velocity: {...f.velocity, customer: f.velocity.customer + by}}),
  'orders on the card': (f, by) => ({...f, velocity: {...f.velocity, card: f.velocity.card + by}}),
  'orders on the device': (f, by) => ({...f, velocity: {...f.velocity, device: (f.velocity.device ?? 0) + by}}),
  'orders to the address': (f, by) => ({...f, velocity: {...f.velocity, address: f.velocity.address + by}}),
  value: (f, by) => ({...f, order_amount: f.order_amount + by * 1_000}),
  chargebacks: (f, by) => ({...f, customer: {...f.customer, chargebacks: f.customer.chargebacks + by}}),
  cancellations: (f, by) => ({...f, customer: {...f.customer, cancelled_orders: f.customer.cancelled_orders + by}}),
  'no deliveries': (f) => ({...f, customer: {...f.customer, delivered_orders: 0}}),
  'no known age': (f) => ({...f, customer: {...f.customer, age_days: null}}),
  'a new card': (f) => ({...f, payment_method: {known_before: false}}),
  'a new device': (f) => ({...f, device: {known_before: false}}),
  'a blocked address': (f) => ({...f, address: {...f.address, blocklisted: true}}),
  'another country': (f) => ({...f, address: {...f.address, country_mismatch: true}}),
  'odd coordinates': (f) => ({...f, address: {...f.address, geo_mismatch: true}}),
};

describe('for any order', () => {
  it.each(Object.keys(worse))('more risk never lowers the score: %s', (name) => {
    fc.assert(
      fc.property(arbitraryFacts, fc.integer({min: 1, max: 20}), (facts, by) => {
        const after = worse[name]?.(facts, by) ?? facts;
        return scoreOrder(after, limits).score >= scoreOrder(facts, limits).score;
      }),
    );
  });
  it('the score is the clamped sum of its parts, in [0, 1], with a verdict that follows from it', () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        const {score, parts, verdict} = scoreOrder(facts, limits);
        const sum = parts.reduce((total, part) => total + part.contribution, 0);
        expect(score).toBeCloseTo(Math.min(1, sum), 9);
        expect(score >= 0 && score <= 1 && parts.every((part) => part.contribution >= 0)).toBe(true);
        expect(verdict).toBe(score > 0.8 ? 'reject' : score > 0.5 ? 'review' : 'approve');
      }),
    );
  });
  it('an address alone never lifts above 0.5, whoever orders', () => {
    fc.assert(
      fc.property(arbitraryFacts, fc.constantFrom(regular, firstTime), (odd, ordinary) => {
        const facts = {
          ...ordinary,
          address: odd.address,
          velocity: {...ordinary.velocity, address: odd.velocity.address},
        };
        expect(scoreOrder(facts, limits).score).toBeLessThanOrEqual(0.5);
      }),
    );
  });
  it('gives a sentence for each part that counts', () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        const {parts, reasons} = scoreOrder(facts, limits);
        expect(reasons).toHaveLength(parts.filter((part) => part.contribution > 0).length);
      }),
    );
  });
});
