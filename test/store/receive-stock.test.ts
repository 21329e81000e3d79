import {receiveStock} from '../../store/receive-stock.ts';
import {startTestStore, stockUp, type TestStore, unitFaults} from '../support/store.ts';

describe('receiveStock', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
    await stockUp(test.store, 'THING', 0);
  });
  afterAll(() => test.close());

  const receive = (reference: string, qty = 5, warehouse = 'EAST') =>
    receiveStock(test.store, {warehouse, sku: 'THING', qty, reference, actor: 'test'});
  const onHand = async (warehouse_id = 'EAST') =>
    (await test.store.prisma.stock.findUnique({where: {warehouse_id_sku: {warehouse_id, sku: 'THING'}}}))?.on_hand;

  it('counts one delivery once, however often and at once it is reported', async () => {
    const results = await Promise.all(Array.from({length: 12}, () => receive('DN-1')));
    const entries = results.map((r) => (r.outcome === 'booked' ? String(r.entry.id) : r.outcome));
    expect(new Set(entries).size).toBe(1);
    expect(await onHand()).toBe(5);
    expect(await unitFaults(test)).toEqual([]);
  });

  it('refuses the reference for another quantity', async () => {
    await receive('DN-2', 5);
    expect(await receive('DN-2', 6)).toEqual({outcome: 'reused'});
  });

  it('counts the same reference for each warehouse', async () => {
    await receive('DN-3', 2, 'EAST');
    await receive('DN-3', 2, 'WEST');
    expect(await onHand('WEST')).toBe(2);
  });

  it('names what it does not know', async () => {
    expect(await receive('DN-4', 1, 'NOWHERE')).toEqual({outcome: 'unknown', missing: ['warehouse']});
  });
});
