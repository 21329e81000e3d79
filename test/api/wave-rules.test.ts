import {releaseWaves} from '../../store/release-waves.ts';
import type {TourView} from '../../store/views/waves-view.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {fillShelves, orderOf} from '../support/shelves.ts';
import {wavesOf} from '../support/waves.ts';

const HERE = '/v1/warehouses/WH-NY-1';

let api: TestApi;
const {waves, release, scan, walk, offered} = wavesOf(() => api);
beforeAll(async () => {
  api = await startTestApi();
  await fillShelves(api, {
    LEFT: {aisle: '1', x_mm: 0, y_mm: 9_000},
    NEAR: {aisle: '2', x_mm: 3_000, y_mm: 1_000},
    RIGHT: {aisle: '9', x_mm: 24_000, y_mm: 9_000},
  });
});
afterAll(() => api.close());

describe('a wave', () => {
  it('is taken back as far as nobody has begun it', async () => {
    for (const sku of ['LEFT', 'RIGHT', 'NEAR']) await orderOf(api, [sku]);
    const wave = await release({kind: 'single'});
    const [held, begun, rest] = wave.tours as [TourView, TourView, TourView];
    await api.as('picker').post(`/v1/tours/${held.tour_id}/claim`).expect(200);
    const [stop] = begun.stops as [TourView['stops'][number]];
    for (const [kind, code] of [
      ['bin', stop.bin],
      ['item', stop.barcode],
    ] as const) {
      expect((await scan('packer', stop.task_id, kind, code)).accepted).toBe(true);
    }
    const undo = () => api.as('warehouse_lead').post(`/v1/waves/${wave.wave_id}/undo`);
    await api.as('picker').post(`/v1/waves/${wave.wave_id}/undo`).expect(403);
    expect((await undo().expect(200)).body).toEqual({wave_id: wave.wave_id, tasks: 1});
    const states = (await waves())[0]?.tours.map(({tour_id, state}) => [tour_id, state]);
    expect(states).toEqual([
      [held.tour_id, 'open'],
      [begun.tour_id, 'done'],
      [rest.tour_id, 'done'],
    ]);
    // it is a task like any other again
    await api.as('packer').post(`/v1/tasks/${rest.stops[0]?.task_id}/claim`).expect(200);
    await walk('picker', held);
    await walk('packer', rest);
    await releaseWaves(api.store);
    await undo().expect(409);
    await api.as('warehouse_lead').post('/v1/waves/wav_none/undo').expect(404);
  });

  it('once taken back is left to people, and by and by to the rule again', async () => {
    const terms = (body: object) => api.as('warehouse_lead').put(`${HERE}/wave-terms`, body).expect(200);
    await terms({rule: 'cart', totes: 1});
    const {task} = await orderOf(api, ['NEAR']);
    await releaseWaves(api.store);
    const [made] = await waves();
    await api.as('warehouse_lead').post(`/v1/waves/${made?.wave_id}/undo`).expect(200);
    await releaseWaves(api.store);
    expect(await waves()).toEqual([]);
    expect(await offered()).toEqual([]);
    const wave = await release({totes: 1});
    expect(wave.tours[0]?.stops).toMatchObject([{task_id: task}]);
    await api.as('warehouse_lead').post(`/v1/waves/${wave.wave_id}/undo`).expect(200);
    const longAgo = new Date(Date.now() - 3_600_000);
    await api.store.prisma.tasks.update({where: {id: task}, data: {taken_back_at: longAgo}});
    await releaseWaves(api.store);
    const [again] = await waves();
    expect(again).toMatchObject({rule: 'cart', tours: [{stops: [{task_id: task}]}]});
    await walk('picker', again?.tours[0] as TourView);
    await releaseWaves(api.store);
    await terms({rule: 'immediate'});
  });

  it('is released by the rule of the warehouse, and nobody begins before', async () => {
    const {task} = await orderOf(api, ['NEAR']);
    const mine = await orderOf(api, ['NEAR']);
    await releaseWaves(api.store);
    expect(await waves()).toEqual([]);
    expect(await offered()).toEqual([task, mine.task]);
    await api.as('packer').post(`/v1/tasks/${mine.task}/claim`).expect(200);
    const terms = (body: object) => api.as('warehouse_lead').put(`${HERE}/wave-terms`, body).expect(200);
    await terms({rule: 'cart', totes: 2});
    expect((await api.as('warehouse_lead').get(`${HERE}/wave-terms`).expect(200)).body).toMatchObject({
      rule: 'cart',
      totes: 2,
      max_wait_seconds: 3_600,
    });
    await releaseWaves(api.store);
    expect(await waves()).toEqual([]);
    // what somebody has in hand stays theirs
    expect(await offered()).toEqual([mine.task]);
    const refused = await api.as('picker').post(`/v1/tasks/${task}/claim`).expect(409);
    expect(refused.body).toMatchObject({code: 'not_ready'});
    expect(await scan('picker', task, 'bin', 'BIN-NEAR')).toMatchObject({accepted: false, code: 'on_hold'});
    expect(await scan('packer', mine.task, 'bin', 'BIN-NEAR')).toMatchObject({accepted: true});
    expect(await scan('packer', mine.task, 'item', 'bar-NEAR')).toMatchObject({accepted: true});
    await terms({rule: 'cart', totes: 1});
    await releaseWaves(api.store);
    expect(await waves()).toMatchObject([{rule: 'cart', made_by: 'waybill', tours: [{stops: [{task_id: task}]}]}]);
    const [tour] = ((await waves())[0]?.tours ?? []) as [TourView];
    expect(await offered('tour_id')).toEqual([tour.tour_id]);
    const read = (await api.as('picker').get(`/v1/tours/${tour.tour_id}`).expect(200)).body;
    expect(read).toMatchObject({warehouse: 'WH-NY-1', paused: false, units: 1, picked: 0, stops: [{tote: 'A'}]});
    const brief = await api.as('picker').get(`${HERE}/waves?stops=false`).expect(200);
    expect(brief.body[0].tours).toMatchObject([{units: 1, orders: 1, stops: []}]);
    await walk('picker', tour);
    await api.as('picker').put(`${HERE}/wave-terms`, {rule: 'cart'}).expect(403);
    await api.as('warehouse_lead').put('/v1/warehouses/NONE/wave-terms', {rule: 'cart'}).expect(404);
  });
});
