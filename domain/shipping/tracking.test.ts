import fc from 'fast-check';
import {fromEasypostStatus, mergeTracking, parcelStatuses} from './tracking.ts';
import type {ParcelStatus} from './tracking.ts';

const forward: ParcelStatus[] = [
  'created',
  'pre_transit',
  'in_transit',
  'out_for_delivery',
  'failure',
  'delivered',
  'return_to_sender',
];
const statusAfter = (events: readonly ParcelStatus[], from: ParcelStatus = 'unknown') =>
  events.reduce((status, event) => mergeTracking(status, event).status, from);
const anyStatus = fc.constantFrom(...parcelStatuses);

describe('mergeTracking', () => {
  it('goes forward, over gaps too', () => {
    expect(mergeTracking('pre_transit', 'delivered')).toEqual({status: 'delivered', applied: true});
  });
  it('never goes back', () => {
    expect(mergeTracking('delivered', 'in_transit')).toEqual({status: 'delivered', applied: false});
    expect(mergeTracking('out_for_delivery', 'pre_transit')).toEqual({status: 'out_for_delivery', applied: false});
  });
  it('lets a failed attempt end in a delivery', () => {
    expect(mergeTracking('failure', 'delivered').applied).toBe(true);
  });
  it('keeps delivered except for a return to the sender, which then stays', () => {
    for (const event of parcelStatuses) {
      expect(mergeTracking('delivered', event).applied).toBe(event === 'return_to_sender');
    }
    expect(mergeTracking('return_to_sender', 'delivered').status).toBe('return_to_sender');
  });
  it('keeps lost whatever a carrier says later', () => {
    for (const event of parcelStatuses) expect(mergeTracking('lost', event)).toEqual({status: 'lost', applied: false});
    expect(mergeTracking('in_transit', 'lost').applied).toBe(true);
    expect(mergeTracking('return_to_sender', 'lost').applied).toBe(true);
  });
  it('cancels only what no carrier has had', () => {
    expect(mergeTracking('pre_transit', 'cancelled')).toEqual({status: 'cancelled', applied: true});
    expect(mergeTracking('in_transit', 'cancelled').applied).toBe(false);
  });
  it('is moved by nothing unknown, nor by the same event again', () => {
    fc.assert(
      fc.property(anyStatus, anyStatus, (current, event) => {
        expect(mergeTracking(current, 'unknown')).toEqual({status: current, applied: false});
        const {status} = mergeTracking(current, event);
        expect(mergeTracking(status, event)).toEqual({status, applied: false});
      }),
    );
  });
  it('ends the same for any shuffle and duplication of a forward list', () => {
    const lists = fc.subarray(forward, {minLength: 1}).chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.array(fc.constantFrom(...events), {maxLength: 10}).chain((extra) =>
          fc.shuffledSubarray([...events, ...extra], {
            minLength: events.length + extra.length,
          }),
        ),
      ),
    );
    fc.assert(fc.property(lists, ([events, shuffled]) => statusAfter(shuffled) === statusAfter(events)));
  });
});

describe('fromEasypostStatus', () => {
  it.each([
    ['pre_transit', 'pre_transit'],
    ['in_transit', 'in_transit'],
    ['out_for_delivery', 'out_for_delivery'],
    ['available_for_pickup', 'out_for_delivery'],
    ['delivered', 'delivered'],
    ['return_to_sender', 'return_to_sender'],
    ['failure', 'failure'],
    ['cancelled', 'cancelled'],
    ['error', 'unknown'],
    ['unknown', 'unknown'],
    [' Delivered ', 'delivered'],
    ['lost', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (raw, status) => expect(fromEasypostStatus(raw)).toBe(status));
});
