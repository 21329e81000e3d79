import {cancelLines} from '../../store/cancel-lines.ts';
import {keepWave, makeWave, planWave} from '../../store/make-wave.ts';
import {releaseWaves} from '../../store/release-waves.ts';
import type {TourView} from '../../store/views/waves-view.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {WAREHOUSE} from '../support/catalogue.ts';
import {fillShelves, orderOf} from '../support/shelves.ts';
import {wavesOf} from '../support/waves.ts';

const HERE = '/v1/warehouses/WH-NY-1';

let api: TestApi;
const {waves, release, scan, walk, clearTheFloor} = wavesOf(() => api);
beforeAll(async () => {
  api = await startTestApi();
  await api.as('ops').put('/v1/warehouses/WH-LA-1', WAREHOUSE).expect(200);
  await fillShelves(api, {
    LEFT: {aisle: '1', x_mm: 0, y_mm: 9_000},
    NEAR: {aisle: '2', x_mm: 3_000, y_mm: 1_000},
    RIGHT: {aisle: '9', x_mm: 24_000, y_mm: 9_000},
  });
});
afterAll(() => api.close());

const hire = async (id: string, change: object) => {
  const person = {name: 'Ann', warehouse: 'WH-NY-1', roles: ['picker'], ...change};
  await api.as('admin').put(`/v1/staff/${id}`, person).expect(200);
};
/** Whom no tour can be given. */
const STRANGERS: Readonly<Record<string, object | null>> = {
  nobody: null,
  receiver: {roles: ['receiver']},
  packer: {roles: ['packer']},
  gone: {active: false},
  elsewhere: {warehouse: 'WH-LA-1'},
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
    for (const [nobody, person] of Object.entries(STRANGERS)) {
      if (person) await hire(nobody, person);
      const refused = await assign(`staff:${nobody}`).expect(422);
      expect(refused.body).toMatchObject({code: 'invalid_request', errors: [{pointer: '/to', code: 'unknown_person'}]});
    }
    await hire('somebody', {});
    expect((await assign('staff:somebody').expect(200)).body.claimed_by).toBe('staff:somebody');
    expect((await waves())[0]?.tours[0]).toMatchObject({holder: 'Ann', claimed_by: 'staff:somebody'});
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
      ['dev-warehouse_lead', {to: 'staff:somebody'}],
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
    for (let i = 0; i < 3; i += 1) tasks.push((await orderOf(api, ['NEAR'])).task);
    const wish = {warehouse: 'WH-NY-1', kind: 'single' as const, totes: 1, rule: 'by_hand', by: 'x'};
    const made = await Promise.all([makeWave(api.store, wish), makeWave(api.store, wish), makeWave(api.store, wish)]);
    expect(made.reduce((sum, wave) => sum + (wave?.tasks ?? 0), 0)).toBe(3);
    const open = (await waves()).flatMap((wave) => wave.tours);
    expect(open.flatMap((tour) => tour.stops.map((stop) => stop.task_id)).sort()).toEqual(tasks.sort());
    await clearTheFloor();
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

  it('is shown before it is made, with the walk it saves', async () => {
    for (let i = 0; i < 2; i += 1) await orderOf(api, ['RIGHT']);
    const preview = async (query: string) =>
      (await api.as('warehouse_lead').get(`${HERE}/waves/preview?${query}`).expect(200)).body;
    const alone = await preview('kind=single');
    const together = await preview('kind=batch&totes=2');
    expect(alone).toMatchObject({tasks: 2, tours: 2, walk_mm: alone.alone_mm});
    expect(together).toEqual({tasks: 2, tours: 1, walk_mm: alone.alone_mm / 2, alone_mm: alone.alone_mm});
    expect(await waves()).toEqual([]);
    await api.as('picker').get(`${HERE}/waves/preview`).expect(403);
    await clearTheFloor();
    expect(await preview('')).toEqual({tasks: 0, tours: 0, walk_mm: null, alone_mm: null});
  });
});
