import fc from 'fast-check';
import {bodyOf, type FieldSpec, faultOf, ID, strayFaults, valuesOf} from './fields.ts';

const FIELDS: readonly FieldSpec[] = [
  {at: ID, word: 'f_sku', kind: 'text', required: true},
  {at: '/name', word: 'f_name', kind: 'text', required: true},
  {at: '/price/amount', word: 'f_price', kind: 'amount', currency: '/price/currency', required: true},
  {at: '/price/currency', word: 'f_currency', kind: 'text', required: true},
  {at: '/inner_mm/0', word: 'f_length', kind: 'int', required: true},
  {at: '/inner_mm/1', word: 'f_width', kind: 'int', required: true},
  {at: '/rate_bp', word: 'f_rate', kind: 'percent', nullable: true},
  {at: '/fragile', word: 'f_fragile', kind: 'flag'},
  {at: '/roles', word: 'f_roles', kind: 'many'},
];

describe('a form of the set-up room', () => {
  it('gives back the row it shows, whatever its numbers are', () => {
    const row = fc.record({
      name: fc.string({minLength: 1}).filter((text) => text.trim() === text && text !== ''),
      price: fc.record({amount: fc.nat(1e12), currency: fc.constantFrom('USD', 'JPY', 'KWD')}),
      inner_mm: fc.tuple(fc.nat(), fc.nat()),
      rate_bp: fc.option(fc.nat(10_000)),
      fragile: fc.boolean(),
      roles: fc.array(fc.constantFrom('picker', 'packer')),
    });
    fc.assert(
      fc.property(row, (given) => {
        expect(bodyOf(FIELDS, valuesOf(FIELDS, given))).toEqual(given);
      }),
    );
  });

  it('leaves out what is missing, and sends what is no number as it was typed', () => {
    const values = {...valuesOf(FIELDS, null), '/price/amount': '1,2,3', '/price/currency': 'USD', '/rate_bp': 'many'};
    const body = bodyOf(FIELDS, values);
    expect(body).toEqual({price: {amount: '1,2,3', currency: 'USD'}, rate_bp: 'many', fragile: false, roles: []});
  });

  it('reads a comma as people of many countries write it', () => {
    const values = {...valuesOf(FIELDS, null), '/price/amount': '12,50', '/price/currency': 'EUR', '/rate_bp': '8,5'};
    expect(bodyOf(FIELDS, values)).toMatchObject({price: {amount: 1_250}, rate_bp: 850});
  });

  it('shows a fault at the field its pointer names, and says the others above', () => {
    const faults = [{pointer: '/price'}, {pointer: '/inner_mm/1'}, {pointer: '/unheard_of'}];
    expect(faultOf(faults, FIELDS, '/price/amount')).toBe(faults[0]);
    expect(faultOf(faults, FIELDS, '/price/currency')).toBeUndefined();
    expect(faultOf(faults, FIELDS, '/inner_mm/1')).toBe(faults[1]);
    expect(faultOf(faults, FIELDS, '/inner_mm/0')).toBeUndefined();
    expect(strayFaults(faults, FIELDS)).toEqual([faults[2]]);
  });
});
