import {startTestApi, type TestApi} from '../support/api.ts';
import {stockCatalogue, WAREHOUSE, WATER} from '../support/catalogue.ts';

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

const book = (bin: string, change: object = {}) =>
  api.as('receiver').post('/v1/inventory/receipts', {
    ...{warehouse: 'WH-NY-1', sku: 'PHONE-X', qty: 1, bin, reference: `into-${bin}`},
    ...change,
  });
const noSuch = (pointer: string) => ({
  code: 'invalid_request',
  errors: [{pointer, code: expect.stringMatching('^unknown_'), detail: expect.any(String)}],
});

describe('goods that arrive', () => {
  it('lie in bins that were put up, and never where picked units stand', async () => {
    const ops = api.as('ops');
    for (const bin of ['A-3', '~STAGING']) {
      expect((await book(bin).expect(422)).body).toMatchObject(noSuch('/bin'));
      const same = {warehouse: 'WH-NY-1', sku: 'TEA', bin, reference: `more-${bin}`};
      for (const answer of [
        await ops.post('/v1/inventory/counts', {...same, counted: 1}),
        await ops.post('/v1/inventory/adjustments', {...same, qty: 1, reason: 'found'}),
        await ops.put('/v1/inventory/TEA/feed', {warehouse: 'WH-NY-1', bin, reference: `feed-${bin}`, on_hand: 1}),
      ])
        expect([answer.status, answer.body]).toEqual([422, expect.objectContaining(noSuch('/bin'))]);
    }
    expect(await api.store.prisma.stock_bins.count({where: {bin: {in: ['A-3', '~STAGING']}}})).toBe(0);
    await api.as('ops').put('/v1/warehouses/WH-NY-1/bins/A-3', PLACE).expect(200);
    await book('A-3', {sku: 'TEA'}).expect(200);
    await book('RECV', {sku: 'TEA'}).expect(200);
  });

  it('lie under any name in a house whose shelves nobody has put up, but where picked units stand', async () => {
    await api.as('ops').put('/v1/warehouses/WH-2', WAREHOUSE).expect(200);
    await book('B-7', {warehouse: 'WH-2'}).expect(200);
    expect((await book('~STAGING', {warehouse: 'WH-2'}).expect(422)).body).toMatchObject(noSuch('/bin'));
  });

  it('from another house lie in bins of this one', async () => {
    const sent = (bin: string) => ({
      ...{sku: 'PHONE-X', qty: 1, from: {warehouse: 'WH-2', bin: 'B-7'}, reference: `sent-${bin}`},
      to: {warehouse: 'WH-NY-1', bin},
    });
    const lead = api.as('warehouse_lead');
    const refused = await lead.post('/v1/inventory/transfers', sent('B-7')).expect(422);
    expect(refused.body).toMatchObject(noSuch('/to/bin'));
    const {body: transfer} = await lead.post('/v1/inventory/transfers', sent('A-1')).expect(200);
    const arrival = `/v1/inventory/transfers/${transfer.transfer_id}/arrival`;
    const lost = await api.as('receiver').post(arrival, {qty: 1, bin: 'B-7'}).expect(422);
    expect(lost.body).toMatchObject(noSuch('/bin'));
    await api.as('receiver').post(arrival, {qty: 0}).expect(200);
  });
});

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
