import {startTestApi, type TestApi} from '../support/api.ts';
import {stockCatalogue, WATER} from '../support/catalogue.ts';

let api: TestApi;
const PLACE = {aisle: '12', rack: 'C', shelf: '4', x_mm: 0, y_mm: 0};
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
  for (const bin of ['A-1', 'A-2']) await api.as('ops').put(`/v1/warehouses/WH-NY-1/bins/${bin}`, PLACE).expect(200);
});
afterAll(() => api.close());

const move = (change: object) =>
  api.as('receiver').post('/v1/inventory/moves', {
    ...{warehouse: 'WH-NY-1', sku: 'WATER-5L', qty: 10, from: 'RECV', to: 'A-1', reference: 'move-1'},
    ...change,
  });
const bins = async () => {
  const rows = await api.store.prisma.stock_bins.findMany({where: {sku: 'WATER-5L'}, orderBy: {bin: 'asc'}});
  return Object.fromEntries(rows.map(({bin, on_hand}) => [bin, on_hand]));
};

describe('goods put away', () => {
  it('lie in their new bin, once for each reference, and the house has as many as before', async () => {
    const answers = await Promise.all([move({}), move({}), move({})]);
    expect(answers.map(({status}) => status)).toEqual([200, 200, 200]);
    expect(await bins()).toEqual({RECV: 90, 'A-1': 10});
    await move({qty: 11}).expect(409);
    const {body} = await api.as('receiver').get('/v1/inventory/WATER-5L').expect(200);
    expect(body.warehouses[0]).toMatchObject({warehouse: 'WH-NY-1', on_hand: 100});
    const moves = await api.store.prisma.stock_moves.findMany({where: {kind: 'put_away'}, orderBy: {id: 'asc'}});
    expect(moves.map(({bin, d_on_hand}) => [bin, d_on_hand])).toEqual([
      ['RECV', -10],
      ['A-1', 10],
    ]);
  });

  it('are never more than lie there free, and never of a bin that waits to be counted', async () => {
    const {body} = await move({qty: 1_000, reference: 'move-2'}).expect(409);
    expect(body).toMatchObject({code: 'not_that_many', free: 90});
    await api.store.prisma.stock_bins.updateMany({where: {bin: 'A-1'}, data: {quarantined: true}});
    await move({from: 'A-1', to: 'A-2', reference: 'move-3'}).expect(409);
    await move({reference: 'move-4'}).expect(409);
    await api.store.prisma.stock_bins.updateMany({where: {bin: 'A-1'}, data: {assigned: 9, quarantined: false}});
    await move({from: 'A-1', to: 'A-2', qty: 2, reference: 'move-5'}).expect(409);
    await move({from: 'A-1', to: 'A-2', qty: 1, reference: 'move-6'}).expect(200);
    expect(await bins()).toEqual({RECV: 90, 'A-1': 9, 'A-2': 1});
    await move({to: 'NOWHERE', reference: 'move-7'}).expect(422);
    await move({to: 'RECV', reference: 'move-8'}).expect(422);
  });

  it('are known by their barcode as by their SKU', async () => {
    const found = {sku: 'EURO', name: WATER.name, barcode: WATER.barcode};
    expect((await api.as('receiver').get('/v1/products/EURO').expect(200)).body).toEqual(found);
    expect((await api.as('picker').get(`/v1/products/${WATER.barcode}`).expect(200)).body).toMatchObject(found);
    await api.as('picker').get('/v1/products/NOTHING').expect(404);
  });
});
