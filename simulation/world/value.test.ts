import type {OrderView} from '../api-types.ts';
import {asPartsAddUp} from './value.ts';

/** One line of three units in so many parts, of which so many arrived. */
function order(parts: number, delivered: number, captured: number): OrderView {
  const line = {line_id: 'l1', sku: 'A', qty: 3};
  return {
    lines: [{...line, delivered}],
    sub_orders: Array.from({length: parts}, () => ({lines: [{...line, cancelled: 0}]})),
    payment: {captured: {amount: captured, currency: 'USD'}},
  } as unknown as OrderView;
}

describe('what was delivered, as its parts add it up', () => {
  it('may lie a unit beside the share of a line that is divided in two and delivered in part, and no further', () => {
    expect(asPartsAddUp(4_912, order(2, 2, 4_913))).toBe(4_913);
    expect(asPartsAddUp(4_912, order(2, 2, 4_911))).toBe(4_911);
    expect(asPartsAddUp(4_912, order(2, 2, 4_914))).toBe(4_913);
    expect(asPartsAddUp(4_912, order(2, 2, 0))).toBe(4_911);
  });

  it('is the share itself where the line is whole, or one part', () => {
    expect(asPartsAddUp(7_370, order(2, 3, 7_371))).toBe(7_370);
    expect(asPartsAddUp(4_912, order(1, 2, 4_913))).toBe(4_912);
  });
});
