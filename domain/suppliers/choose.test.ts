import {chooseSuppliers, scoreOf, splitLeftOver, type SupplierOffer} from './choose.ts';
import {SUPPLIER_TERMS} from './terms.ts';

const offer = (supplier_id: string, change: Partial<SupplierOffer> = {}): SupplierOffer => ({
  supplier_id,
  sku: 'A',
  unit_cost: 1_000,
  lead_time_days: 2,
  available: null,
  min_qty: 1,
  rating: 90,
  ...change,
});
const want = (qty: number, sku = 'A', line_id = `line-${sku}`) => ({line_id, sku, qty});
const choose = (wanted: ReturnType<typeof want>[], offers: SupplierOffer[], sla: number | null = null) =>
  chooseSuppliers(wanted, offers, sla, SUPPLIER_TERMS);
const names = (choice: ReturnType<typeof choose>) =>
  choice.supplied.map((s) => `${s.supplier_id}:${s.lines.map((l) => `${l.qty}${l.sku}`).join('+')}`);

describe('the choice of a supplier', () => {
  it('takes the cheapest of equals', () => {
    expect(names(choose([want(3)], [offer('dear', {unit_cost: 1_200}), offer('cheap', {unit_cost: 900})]))).toEqual([
      'cheap:3A',
    ]);
  });

  it('pays more for one that keeps the promise, and no more than that is worth', () => {
    const slow = offer('slow', {unit_cost: 1_000, lead_time_days: 5});
    expect(names(choose([want(1)], [slow, offer('fast', {unit_cost: 1_500, lead_time_days: 1})], 2))).toEqual([
      'fast:1A',
    ]);
    expect(names(choose([want(1)], [slow, offer('fast', {unit_cost: 2_500, lead_time_days: 1})], 2))).toEqual([
      'slow:1A',
    ]);
  });

  it('prefers who keeps its word', () => {
    expect(names(choose([want(1)], [offer('a', {rating: 40}), offer('b', {unit_cost: 1_100, rating: 99})]))).toEqual([
      'b:1A',
    ]);
  });

  it('goes on to the next with what one has not', () => {
    const offers = [offer('a', {available: 2}), offer('b', {unit_cost: 1_500, available: 2})];
    const choice = choose([want(5)], offers);
    expect(names(choice)).toEqual(['a:2A', 'b:2A']);
    expect(choice.left).toEqual([want(1)]);
  });

  it('gives units of one offer out once, over all lines', () => {
    const choice = choose([want(2, 'A', 'one'), want(2, 'A', 'two')], [offer('a', {available: 3})]);
    expect(choice.supplied[0]?.lines.map((l) => l.qty)).toEqual([2, 1]);
    expect(choice.left).toEqual([want(1, 'A', 'two')]);
  });

  it('asks nobody for fewer units than it sends', () => {
    const choice = choose([want(2)], [offer('a', {min_qty: 3, unit_cost: 1}), offer('b', {min_qty: 2})]);
    expect(names(choice)).toEqual(['b:2A']);
  });

  it('makes one shipment of all lines of a supplier, as slow as its slowest', () => {
    const offers = [offer('a'), offer('a', {sku: 'B', lead_time_days: 6})];
    const choice = choose([want(1), want(1, 'B')], offers);
    expect(names(choice)).toEqual(['a:1A+1B']);
    expect(choice.supplied[0]?.eta_days).toBe(6);
  });

  it('is the same whatever the order of the offers', () => {
    const offers = ['c', 'a', 'b'].map((id) => offer(id, {available: 2}));
    expect(choose([want(4)], offers)).toEqual(choose([want(4)], [...offers].reverse()));
    expect(names(choose([want(4)], offers))).toEqual(['a:2A', 'b:2A']);
  });

  it('adds its score up from parts', () => {
    const {total, cost, lateness, risk} = scoreOf(offer('a', {lead_time_days: 3, rating: 80}), 1, SUPPLIER_TERMS);
    expect(total).toBe(cost + lateness + risk);
    expect(lateness).toBe(2 * SUPPLIER_TERMS.lateness_per_day);
    expect(risk).toBeCloseTo(0.2 * SUPPLIER_TERMS.failure_cost);
  });
});

describe('what nobody sends', () => {
  it('waits where product and order allow it, and is missing otherwise', () => {
    const lines = [
      {line_id: 'x', backorderable: true},
      {line_id: 'y', backorderable: false},
    ];
    const left = [want(1, 'A', 'x'), want(2, 'A', 'y')];
    expect(splitLeftOver(left, lines, true)).toEqual({backordered: [left[0]], missing: [left[1]]});
    expect(splitLeftOver(left, lines, false)).toEqual({backordered: [], missing: left});
  });
});
