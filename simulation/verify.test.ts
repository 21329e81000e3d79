import {type Violation, verifyEndings} from './verify.ts';
import type {Outcome} from './world/order-story.ts';
import {NO_JOURNEY, type OrderPlan, type World} from './world/plan.ts';

const plan = (ending: OrderPlan['ending']): OrderPlan => ({
  name: 'n1',
  kind: 'plain',
  at: 0,
  ending,
  journey: NO_JOURNEY,
  body: {} as OrderPlan['body'],
});
const outcome = (ending: OrderPlan['ending'], given: Partial<Outcome>): Outcome => ({
  plan: plan(ending),
  status: 'delivered',
  captured: 0,
  deliveredValue: 0,
  places: 1,
  ...given,
});
const world = {exact: true} as World;
const found = (...outcomes: Outcome[]): Violation[] => verifyEndings(world, {outcomes, broken: [], seconds: 1});

describe('verifyEndings', () => {
  it('finds nothing where all went as planned', () => {
    expect(
      found(
        outcome('delivered', {captured: 500, deliveredValue: 500}),
        outcome('cancelled', {status: 'cancelled'}),
        outcome('settled', {status: 'cancelled'}),
        outcome('settled', {status: 'refused', code: 'order_cancelled'}),
        outcome('declined', {status: 'refused', code: 'payment_declined'}),
        outcome('contested', {status: 'cancelled'}),
        outcome('contested', {status: 'refused', code: 'out_of_stock'}),
      ),
    ).toEqual([]);
  });

  it('tells an end that was not planned', () => {
    expect(found(outcome('refunded', {}))[0]?.sentence).toContain('ended delivered');
    expect(found(outcome('delivered', {status: 'refused', code: 'out_of_stock'}))[0]?.sentence).toContain(
      'out_of_stock',
    );
    expect(found(outcome('delivered', {status: 'refused', code: 'order_cancelled'}))[0]?.sentence).toContain(
      'ended cancelled',
    );
    expect(found(outcome('settled', {status: 'refused', code: 'out_of_stock'}))).toHaveLength(1);
    expect(found(outcome('out_of_stock', {}))[0]?.sentence).toContain('was taken');
    expect(found(outcome('contested', {status: 'refunded'}))).toHaveLength(1);
    expect(found(outcome('invalid', {status: 'refused', code: 'payment_declined'}))).toHaveLength(1);
  });

  it('tells a cent too much, of the order and of all', () => {
    const violations = found(outcome('delivered', {captured: 501, deliveredValue: 500}));
    expect(violations.map(({subject}) => subject)).toEqual(['n1', 'all orders']);
  });

  it('passes on stories that broke off', () => {
    const violations = verifyEndings(world, {outcomes: [], broken: [{name: 'n7', sentence: 'no label'}], seconds: 1});
    expect(violations).toEqual([{id: 'world', subject: 'n7', sentence: 'no label'}]);
  });
});
