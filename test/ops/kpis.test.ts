import fc from 'fast-check';
import {readKpiOrders, readKpis} from '../../store/views/ops/kpis-view.ts';
import {startTestStore, type TestStore} from '../support/store.ts';
import {writeFact} from './facts.ts';

const NOW = new Date('2026-11-24T18:00:00Z');
let test: TestStore;
const store = () => ({...test.store, now: () => NOW});
const read = (days = 2, timezone = 'UTC') => readKpis(store(), {days, timezone});
const kpi = async (name: string, days?: number, timezone?: string) =>
  (await read(days, timezone)).kpis.find((row) => row.kpi === name);

beforeEach(async () => {
  test = await startTestStore();
});
afterEach(() => test.close());

const DAY1 = '2026-11-23';
const DAY2 = '2026-11-24';

describe('the figures', () => {
  it('are as computed by hand', async () => {
    // handed over after one hour and three hours; delivered on day 2: one on time, one late by a minute
    await writeFact(test.store, {
      placed: `${DAY1}T08:00:00Z`,
      handed_over: `${DAY1}T09:00:00Z`,
      due: `${DAY2}T12:00:00Z`,
      delivered: `${DAY2}T12:00:00Z`,
      label: 700,
      cheapest: 500,
      captured: 10_000,
    });
    await writeFact(test.store, {
      placed: `${DAY1}T08:00:00Z`,
      handed_over: `${DAY1}T11:00:00Z`,
      due: `${DAY2}T12:00:00Z`,
      delivered: `${DAY2}T12:01:00Z`,
      label: 501,
      cheapest: 501,
      captured: 5_000,
      refunded: 1_500,
    });
    const {currency, kpis} = await read();
    expect(currency).toBe('USD');
    const of = (name: string) => kpis.find((row) => row.kpi === name)?.days;
    const nothing = {day: DAY1, value: null, p90: null, n: 0};
    expect(of('otif')).toEqual([nothing, {day: DAY2, value: 0.5, p90: null, n: 2}]);
    expect(of('late')).toEqual([nothing, {day: DAY2, value: 0.5, p90: null, n: 2}]);
    expect(of('cost_per_delivery')).toEqual([nothing, {day: DAY2, value: 600.5, p90: null, n: 2}]);
    expect(of('expedite_spend')).toEqual([
      {day: DAY1, value: 200, p90: null, n: 1},
      {day: DAY2, value: null, p90: null, n: 0},
    ]);
    expect(of('click_to_ship')).toEqual([
      {day: DAY1, value: 3_600, p90: 10_800, n: 2},
      {day: DAY2, value: null, p90: null, n: 0},
    ]);
    expect(of('refund_share')).toEqual([nothing, {day: DAY2, value: 0.1, p90: null, n: 3}]);
  });

  it('count an order as in full by what the house owes: not what the customer took back, but what it gave up', async () => {
    const due = {placed: `${DAY1}T08:00:00Z`, due: `${DAY2}T12:00:00Z`};
    const there = {...due, delivered: `${DAY2}T10:00:00Z`};
    await writeFact(test.store, {...there, qty: 3, cancelled: 1, by: 'support'});
    expect(await kpi('otif')).toMatchObject({value: 1, n: 1});
    await writeFact(test.store, {...there, qty: 3, cancelled: 1, by: 'system'});
    expect(await kpi('otif')).toMatchObject({value: 0.5, n: 2});
    // two of three arrived, the third was lost; one never came at all
    await writeFact(test.store, {...there, qty: 3, arrived: 2});
    await writeFact(test.store, due);
    expect(await kpi('otif')).toMatchObject({value: 0.25, n: 4});
    // cancelled whole: by the customer it was never due, by the house it was
    await writeFact(test.store, {...due, cancelled: 1, by: 'support', status: 'cancelled'});
    await writeFact(test.store, {...due, cancelled: 1, by: 'system', status: 'cancelled'});
    expect(await kpi('otif')).toMatchObject({value: 0.2, n: 5});
    // what is due later is not counted yet
    await writeFact(test.store, {...due, due: `${DAY2}T19:00:00Z`});
    expect(await kpi('otif')).toMatchObject({n: 5});
  });

  it('belong to the days of the merchant, and are told beside those before', async () => {
    // 02:00 UTC on the 24th is still the 23rd in New York
    await writeFact(test.store, {placed: '2026-11-24T01:00:00Z', handed_over: '2026-11-24T02:00:00Z'});
    await writeFact(test.store, {placed: '2026-11-22T01:00:00Z', handed_over: '2026-11-22T03:00:00Z'});
    const figure = await kpi('click_to_ship', 2, 'America/New_York');
    expect(figure).toMatchObject({value: 3_600, n: 1, before: {value: 7_200, n: 1}});
    expect(figure?.days).toMatchObject([
      {day: DAY1, value: 3_600},
      {day: DAY2, value: null},
    ]);
  });

  it('are a sum over the orders behind them, page by page', async () => {
    const some = fc.sample(fc.integer({min: 1, max: 90_000}), {numRuns: 25, seed: 7});
    for (const [i, seconds] of some.entries()) {
      const placed = new Date(NOW.getTime() - seconds * 1_000).toISOString();
      await writeFact(test.store, {placed, handed_over: NOW.toISOString(), label: 100 + i, cheapest: 100});
    }
    const figure = await kpi('click_to_ship');
    const seconds: number[] = [];
    let cursor: string | undefined;
    do {
      const options = {kpi: 'click_to_ship', day: DAY2, timezone: 'UTC', limit: 10, cursor} as const;
      const page = await readKpiOrders(store(), options);
      seconds.push(...page.items.map(({a}) => a));
      cursor = page.next ?? undefined;
    } while (cursor);
    const sorted = [...some].sort((a, b) => a - b);
    expect([...seconds].sort((a, b) => a - b)).toEqual(sorted);
    // the discrete percentile: the first value at or above the share
    expect(figure).toMatchObject({n: 25, value: sorted[Math.ceil(0.5 * 25) - 1], p90: sorted[Math.ceil(0.9 * 25) - 1]});
    expect(await kpi('expedite_spend')).toMatchObject({value: some.reduce((sum, _, i) => sum + i, 0), n: 24});
  });
});
