import {faultAt, namesOf, unknownOf} from './faults.ts';
import {NOTHING, wantedOf} from './form.ts';

const FAULTS = {
  errors: [
    {pointer: '/orders/1', code: 'unknown_order', detail: 'is no order'},
    {pointer: '/until', code: 'in_the_past', detail: 'is over'},
  ],
};

it('sends nothing before orders are chosen and a reason is given', () => {
  expect(wantedOf(NOTHING)).toBeNull();
  expect(wantedOf({...NOTHING, reason: 'late'})).toBeNull();
  expect(wantedOf({...NOTHING, sku: 'A'})).toBeNull();
  expect(wantedOf({...NOTHING, sku: ' A ', reason: ' late '})).toEqual({
    kind: 'hold',
    reason: 'late',
    filter: {sku: 'A'},
  });
});

it('sends of each act what belongs to it', () => {
  const form = {...NOTHING, sku: 'A', reason: 'late', unpick: true, away_from: 'EAST', until: '2026-05-06T10:00'};
  expect(wantedOf({...form, kind: 'cancel'})).toMatchObject({unpick: true});
  expect(wantedOf({...form, kind: 'cancel'})).not.toHaveProperty('until');
  expect(wantedOf({...form, kind: 'reallocate'})).toMatchObject({away_from: 'EAST'});
  expect(wantedOf({...form, kind: 'reallocate', away_from: ''})).toBeNull();
  expect(wantedOf({...form, kind: 'hold'})).not.toHaveProperty('away_from');
});

it('sends a list or a filter, never both', () => {
  const form = {...NOTHING, sku: 'A', list: 'ORD-1', reason: 'late'};
  expect(wantedOf({...form, by: 'list'})).toEqual({kind: 'hold', reason: 'late', orders: ['ORD-1']});
});

it('takes a risk with everything that is worse', () => {
  expect(wantedOf({...NOTHING, risk: 'high', reason: 'late'})?.filter).toEqual({risk: ['late', 'high']});
});

it('reads numbers from lines, commas and blanks', () => {
  expect(namesOf(' ORD-1,ORD-2\n\nORD-3 ; ORD-1 ')).toEqual(['ORD-1', 'ORD-2', 'ORD-3']);
});

it('names what is no order, and says faults at their fields', () => {
  expect(unknownOf(FAULTS, ['ORD-1', 'ORD-X'])).toEqual(['ORD-X']);
  expect(faultAt(FAULTS, '/until')).toBe('is over');
  expect(faultAt(FAULTS, '/orders')).toBe('is no order');
  expect(faultAt(FAULTS, '/filter')).toBeNull();
});
