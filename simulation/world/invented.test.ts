import {randomStream} from '../random.ts';
import {inventedWorld} from './invented.ts';
import {dealKinds} from './kinds.ts';

const options = {orders: 60, seed: 3, rate: 4, speed: 43_200, lossPossible: true};

describe('inventedWorld', () => {
  it('is the same for the same seed and another for another', () => {
    expect(inventedWorld(options)).toEqual(inventedWorld(options));
    expect(inventedWorld({...options, seed: 4})).not.toEqual(inventedWorld(options));
  });

  it('orders only what there is, in orders of at least one line', () => {
    const {plans, layout} = inventedWorld(options);
    const skus = new Set(layout.products.map(({sku}) => sku));
    for (const {body} of plans) {
      expect(body.lines.length).toBeGreaterThan(0);
      for (const {sku} of body.lines) expect(skus.has(sku)).toBe(true);
      expect(new Set(body.lines.map(({sku}) => sku)).size).toBe(body.lines.length);
    }
  });

  it('leaves lost parcels out when the clock is too slow for them', () => {
    const {plans, notes} = inventedWorld({...options, lossPossible: false});
    expect(plans.every(({journey}) => journey.lost === 'none')).toBe(true);
    expect(notes).toHaveLength(1);
  });
});

describe('dealKinds', () => {
  it('shows everything once in a run that is large enough', () => {
    const kinds = new Set(dealKinds(60, randomStream(1, 'kinds')));
    for (const kind of ['split', 'cancel_order', 'declined', 'out_of_stock', 'lost', 'review_approved'] as const) {
      expect(kinds.has(kind)).toBe(true);
    }
  });

  it.each([1, 5, 20, 60, 300])('deals %i kinds, at most a tenth of them refused', (orders) => {
    const kinds = dealKinds(orders, randomStream(1, 'kinds'));
    expect(kinds).toHaveLength(orders);
    const refused = kinds.filter((kind) => kind === 'declined' || kind === 'out_of_stock').length;
    expect(refused).toBeLessThanOrEqual(orders / 10);
  });
});
