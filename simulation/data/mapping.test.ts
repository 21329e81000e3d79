import {DAY, HOUR} from '../world/plan.ts';
import {turnOf} from './mapping.ts';
import {minorUnits, type RealItem, type RealOrder} from './real-orders.ts';

const item: RealItem = {
  product: 'p',
  seller: 's',
  price: 100,
  category: 'c',
  weight_g: 1,
  length_cm: 1,
  height_cm: 1,
  width_cm: 1,
};
const order = (given: Partial<RealOrder>): RealOrder => ({
  id: 'o',
  status: 'delivered',
  purchased: 1_000_000,
  customer: 'c',
  zip: '01310',
  city: 'sao paulo',
  state: 'SP',
  items: [item],
  ...given,
});
const at = (ms: number) => 1_000_000 + ms;

describe('turnOf', () => {
  it('keeps the recorded moments relative to the purchase', () => {
    const {journey, ending} = turnOf(order({approved: at(HOUR), carrier: at(2 * DAY), delivered: at(9 * DAY)}));
    expect(ending).toBe('delivered');
    expect(journey.hand_over).toBe(2 * DAY);
    expect(journey.arrive).toBe(9 * DAY);
    expect(journey.pick).toBeGreaterThan(HOUR);
    expect(journey.pick).toBeLessThan(2 * DAY);
  });

  it('lets the later moment win where they contradict each other', () => {
    const {journey} = turnOf(order({approved: at(3 * DAY), carrier: at(2 * DAY), delivered: at(DAY)}));
    expect(journey.hand_over).toBe(3 * DAY + HOUR);
    expect(journey.arrive).toBe(3 * DAY + 2 * HOUR);
  });

  it('delivers an order without a delivery date after the promised day', () => {
    expect(turnOf(order({approved: at(0), carrier: at(DAY), estimated: at(20 * DAY)})).journey.arrive).toBe(21 * DAY);
  });

  it('loses what was shipped and never arrived', () => {
    const turn = turnOf(order({status: 'shipped', approved: at(0), carrier: at(DAY)}));
    expect(turn).toMatchObject({ending: 'refunded', journey: {lost: 'all'}});
  });

  it.each([
    [{}, {ending: 'cancelled', cancel: {when: 'placed'}}],
    [{approved: at(HOUR)}, {ending: 'cancelled', cancel: {when: 'accepted'}}],
    [
      {approved: at(HOUR), carrier: at(DAY)},
      {ending: 'refunded', cancel: {when: 'handed_over'}, journey: {lost: 'all'}},
    ],
    [
      {approved: at(HOUR), carrier: at(DAY), delivered: at(2 * DAY)},
      {ending: 'delivered', cancel: {when: 'handed_over'}},
    ],
  ])('cancels at the recorded stage: %j', (given, expected) => {
    expect(turnOf(order({status: 'canceled', ...given}))).toMatchObject(expected);
  });

  it('cancels before picking what nobody ever prepared', () => {
    const {ending, cancel} = turnOf(order({status: 'processing', approved: at(0), estimated: at(20 * DAY)}));
    expect(ending).toBe('cancelled');
    expect(cancel).toEqual({when: 'late', after: 27 * DAY});
  });

  it('expects a refusal without items and without stock', () => {
    expect(turnOf(order({items: []})).ending).toBe('invalid');
    expect(turnOf(order({status: 'unavailable'})).ending).toBe('out_of_stock');
  });
});

describe('minorUnits', () => {
  it('reads decimals exactly', () => {
    expect(['109.9', '21.99', '5', '0.07', '4799.0'].map(minorUnits)).toEqual([10_990, 2_199, 500, 7, 479_900]);
    expect(() => minorUnits('1.234')).toThrow('1.234');
  });
});
