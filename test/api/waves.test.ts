import {keepWave, makeWave, planWave} from '../../store/make-wave.ts';
import {cancelLines} from '../../store/cancel-lines.ts';
import {releaseWaves} from '../../store/release-waves.ts';
import type {TourView, WaveView} from '../../store/views/waves-view.ts';
import {freshKey, startTestApi, type TestApi} from '../support/api.ts';
import {fillShelves, orderOf} from '../support/shelves.ts';

const HERE = '/v1/warehouses/WH-NY-1';

let api: TestApi;
let scans = 0;
beforeAll(async () => {
  api = await startTestApi();
  await fillShelves(api, {
    LEFT: {aisle: '1', x_mm: 0, y_mm: 9_000},
    NEAR: {aisle: '2', x_mm: 3_000, y_mm: 1_000},
    RIGHT: {aisle: '9', x_mm: 24_000, y_mm: 9_000},
  });
});
afterAll(() => api.close());

const waves = async (state = 'open'): Promise<WaveView[]> =>
  (await api.as('warehouse_lead').get(`${HERE}/waves?state=${state}`).expect(200)).body;
const release = async (body: object = {}): Promise<WaveView> => {
  const made = await api.as('warehouse_lead').post(`${HERE}/waves`, body, freshKey()).expect(200);
  const found = (await waves()).find((wave) => wave.wave_id === made.body.wave_id);
  if (!found) throw new Error(`no wave: ${JSON.stringify(made.body)}`);
  return found;
};
const scan = async (role: 'picker' | 'packer', task_id: string, kind: string, code: string) => {
  scans += 1;
  return (
    await api
      .as(role)
      .post('/v1/scans', {operation_id: `op-${scans}`, task_id, kind, code})
      .expect(200)
  ).body;
};
/** Picks everything of a tour, stop by stop as it says; returns what the last scan answered. */
const walk = async (role: 'picker' | 'packer', tour: TourView) => {
  let answer = null;
  for (const stop of tour.stops) {
    expect((await scan(role, stop.task_id, 'bin', stop.bin)).accepted).toBe(true);
    answer = await scan(role, stop.task_id, 'item', stop.barcode);
    expect(answer.accepted).toBe(true);
  }
  return answer;
};

describe('a wave', () => {
  it('puts orders of the same aisles onto one cart, is claimed, walked as one, and is over', async () => {
    const tasks: string[] = [];
    for (const skus of [['LEFT'], ['RIGHT'], ['LEFT', 'NEAR'], ['RIGHT']]) tasks.push((await orderOf(api, skus)).task);
    const wave = await release({kind: 'batch', totes: 2});
    const carts = wave.tours.map((tour) => [...new Set(tour.stops.map((stop) => stop.task_id))].sort());
    expect(carts.sort()).toEqual([[tasks[0], tasks[2]].sort(), [tasks[1], tasks[3]].sort()].sort());
    const tour = wave.tours.find(({stops}) => stops.some(({task_id}) => task_id === tasks[0])) as TourView;
    expect(tour.stops.map(({sku}) => sku).sort()).toEqual(['LEFT', 'LEFT', 'NEAR']);

    await api.as('picker').post(`/v1/tasks/${tasks[0]}/claim`).expect(409);
    await api.as('picker').post(`/v1/tours/${tour.tour_id}/claim`).expect(200);
    await api.as('packer').post(`/v1/tours/${tour.tour_id}/claim`).expect(409);
    const [first] = tour.stops;
    expect(await scan('packer', first?.task_id ?? '', 'bin', first?.bin ?? '')).toMatchObject({code: 'not_yours'});
    expect(await walk('picker', tour)).toMatchObject({next: null, message: 'All picked. Take the totes to packing.'});

    await releaseWaves(api.store);
    expect((await waves())[0]?.tours.map(({state}) => state).sort()).toEqual(['done', 'open']);
    await walk('packer', wave.tours.find(({tour_id}) => tour_id !== tour.tour_id) as TourView);
    await releaseWaves(api.store);
    expect(await waves()).toEqual([]);
    expect((await waves('closed'))[0]).toMatchObject({wave_id: wave.wave_id, state: 'done'});
    await api.as('picker').post(`/v1/tours/${tour.tour_id}/claim`).expect(409);
  });

  it('leads from one order to the next, and rests while it is paused', async () => {
    const [one, two] = [await orderOf(api, ['LEFT']), await orderOf(api, ['LEFT'])];
    const wave = await release({totes: 2});
    const [tour] = wave.tours as [TourView];
    const pause = (paused: boolean) =>
      api.as('warehouse_lead').post(`/v1/waves/${wave.wave_id}/pause`, {paused}).expect(200);
    await pause(true);
    expect(await scan('picker', one.task, 'bin', 'BIN-LEFT')).toMatchObject({accepted: false, code: 'on_hold'});
    await api.as('picker').post(`/v1/tours/${tour.tour_id}/claim`).expect(409);
    await pause(false);
    const [first, second] = tour.stops.map(({task_id}) => task_id);
    expect([first, second].sort()).toEqual([one.task, two.task].sort());
    await scan('picker', first ?? '', 'bin', 'BIN-LEFT');
    const answer = await scan('picker', first ?? '', 'item', 'bar-LEFT');
    expect(answer.next).toMatchObject({task_id: second, bin: 'BIN-LEFT', tote: tour.stops[1]?.tote});

    const assign = (to: string | null) => api.as('warehouse_lead').post(`/v1/tours/${tour.tour_id}/assign`, {to});
    expect((await assign('somebody').expect(422)).body.errors).toMatchObject([{code: 'unknown_person'}]);
    await api
      .as('ops')
      .put('/v1/staff/77', {name: 'Kim', warehouse: 'WH-NY-1', roles: ['receiver']})
      .expect(200);
    await assign('staff:77').expect(422);
    await api
      .as('ops')
      .put('/v1/staff/77', {name: 'Kim', warehouse: 'WH-NY-1', roles: ['picker']})
      .expect(200);
    await assign('staff:77').expect(200);
    expect(await scan('picker', second ?? '', 'bin', 'BIN-LEFT')).toMatchObject({code: 'not_yours'});
    await assign(null).expect(200);
    expect(await scan('packer', second ?? '', 'bin', 'BIN-LEFT')).toMatchObject({accepted: true});
    await api.as('picker').post(`/v1/tours/${tour.tour_id}/assign`, {to: null}).expect(403);
    await walk('packer', {...tour, stops: tour.stops.slice(1)});
    await releaseWaves(api.store);
    const told = await api.store.prisma.decisions.findMany({
      where: {kind: {in: ['pause_wave', 'assign_tour']}},
      orderBy: {id: 'asc'},
    });
    expect(told.map(({inputs, output}) => [(inputs as {by: string}).by, output])).toEqual([
      ['dev-warehouse_lead', {state: 'paused'}],
      ['dev-warehouse_lead', {state: 'released'}],
      ['dev-warehouse_lead', {to: 'staff:77'}],
      ['dev-warehouse_lead', {to: null}],
    ]);
  });

  it('lets two people pick the same order in two zones at once', async () => {
    const aisle = (name: string, x: number, zone: string) => ({name, x_mm: x, from_mm: 0, to_mm: 20_000, zone});
    await api
      .as('warehouse_lead')
      .put(`${HERE}/layout`, {
        aisles: [aisle('1', 0, 'A'), aisle('2', 3_000, 'A'), aisle('9', 24_000, 'B')],
        cross_aisles_mm: [0, 20_000],
        depot: {x_mm: 0, y_mm: 0},
      })
      .expect(200);
    const {task} = await orderOf(api, ['LEFT', 'RIGHT']);
    const wave = await release({kind: 'zone', totes: 2});
    expect(wave.tours.map(({zone}) => zone).sort()).toEqual(['A', 'B']);
    for (const [role, code] of [
      ['picker', 'BIN-LEFT'],
      ['packer', 'BIN-RIGHT'],
    ] as const) {
      expect(await scan(role, task, 'bin', code)).toMatchObject({accepted: true});
    }
    expect(await scan('picker', task, 'item', 'bar-LEFT')).toMatchObject({accepted: true});
    expect(await scan('packer', task, 'item', 'bar-RIGHT')).toMatchObject({accepted: true});
    await releaseWaves(api.store);
    expect(await waves()).toEqual([]);
  });

  it('lets a cancelled order go and goes on without it', async () => {
    const [gone, stays] = [await orderOf(api, ['LEFT']), await orderOf(api, ['RIGHT'])];
    const wave = await release({totes: 2});
    const by = {reason: 'test', actor: 'support', role: 'support', request_id: 'c-1'};
    await cancelLines(api.store, {order_id: gone.order, ...by});
    const [tour] = ((await waves())[0]?.tours ?? []) as [TourView];
    expect(tour.stops.map(({task_id}) => task_id)).toEqual([stays.task]);
    await walk('picker', tour);
    await releaseWaves(api.store);
    expect((await waves('closed'))[0]?.wave_id).toBe(wave.wave_id);
  });

  it('shares no task with one that is made at the same time', async () => {
    const tasks: string[] = [];
    for (let i = 0; i < 6; i += 1) tasks.push((await orderOf(api, ['NEAR'])).task);
    const wish = {warehouse: 'WH-NY-1', kind: 'single' as const, totes: 1, rule: 'by_hand', by: 'x'};
    const made = await Promise.all([makeWave(api.store, wish), makeWave(api.store, wish), makeWave(api.store, wish)]);
    expect(made.reduce((sum, wave) => sum + (wave?.tasks ?? 0), 0)).toBe(6);
    const open = (await waves()).flatMap((wave) => wave.tours);
    expect(open.flatMap((tour) => tour.stops.map((stop) => stop.task_id)).sort()).toEqual(tasks.sort());
    for (const tour of open) await walk('picker', tour);
    await releaseWaves(api.store);
    expect(await makeWave(api.store, wish)).toBeNull();
  });

  it('leaves out what was begun, cancelled or released while it was thought of', async () => {
    const [begun, cancelled, released, waits] = [
      await orderOf(api, ['LEFT']),
      await orderOf(api, ['LEFT']),
      await orderOf(api, ['RIGHT']),
      await orderOf(api, ['NEAR', 'LEFT']),
    ];
    const wish = {warehouse: 'WH-NY-1', kind: 'batch' as const, totes: 8, rule: 'by_hand', by: 'x'};
    const plan = await planWave(api.store, wish);
    if (!plan) throw new Error('nothing waits');
    expect(plan.tours.flatMap(({stops}) => stops)).toHaveLength(5);
    expect(await scan('picker', begun.task, 'bin', 'BIN-LEFT')).toMatchObject({accepted: true});
    await cancelLines(api.store, {
      ...{order_id: cancelled.order, reason: 'test', actor: 'support', role: 'support', request_id: 'c-2'},
    });
    await makeWave(api.store, {...wish, choose: () => [released.task]});
    expect(await keepWave(api.store, plan)).toMatchObject({tasks: 1});
    const [mine, other] = await waves();
    expect(mine?.tours.map((tour) => tour.stops.map(({task_id}) => task_id))).toEqual([[waits.task, waits.task]]);
    expect(other?.tours.map((tour) => tour.stops.map(({task_id}) => task_id))).toEqual([[released.task]]);
    expect(await keepWave(api.store, plan)).toBeNull();
    for (const tour of [...(mine?.tours ?? []), ...(other?.tours ?? [])]) await walk('picker', tour);
    await scan('picker', begun.task, 'item', 'bar-LEFT');
    await releaseWaves(api.store);
    expect(await waves()).toEqual([]);
  });

  it('is released by the rule of the warehouse', async () => {
    const {task} = await orderOf(api, ['NEAR']);
    await releaseWaves(api.store);
    expect(await waves()).toEqual([]);
    const terms = (body: object) => api.as('warehouse_lead').put(`${HERE}/wave-terms`, body).expect(200);
    await terms({rule: 'cart', totes: 2});
    await releaseWaves(api.store);
    expect(await waves()).toEqual([]);
    await terms({rule: 'cart', totes: 1});
    await releaseWaves(api.store);
    expect(await waves()).toMatchObject([{rule: 'cart', made_by: 'waybill', tours: [{stops: [{task_id: task}]}]}]);
    await api.as('picker').put(`${HERE}/wave-terms`, {rule: 'cart'}).expect(403);
    await api.as('warehouse_lead').put('/v1/warehouses/NONE/wave-terms', {rule: 'cart'}).expect(404);
  });
});
