import {judgeParcels} from '../../domain/packing/judge.ts';
import type {PackItem} from '../../domain/packing/types.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue, WATER} from '../support/catalogue.ts';
import {confirmOrder} from '../support/placed-order.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
  const ops = api.as('ops');
  const box = {inner_mm: [400, 400, 340], outer_mm: [410, 410, 350], weight_g: 300, max_weight_g: 30_000};
  await ops.put('/v1/boxes/BIG', {...box, cost: {amount: 90, currency: 'USD'}}).expect(200);
});
afterAll(() => api.close());

const products: Record<string, {body: object; qty: number}> = {
  'WATER-5L': {body: {...WATER, upright: true}, qty: 2},
  'PHONE-X': {body: {...WATER, name: 'Phone <X>', weight_g: 200, fragile: true, hazmat: '9'}, qty: 1},
};

async function packTask() {
  for (const [sku, {body}] of Object.entries(products)) {
    const answer = await api.as('ops').put(`/v1/products/${sku}`, body).expect(200);
    expect(answer.body).toMatchObject({fragile: false, hazmat: null, ...body});
  }
  const lines = Object.entries(products).map(([sku, {qty}]) => ({sku, qty}));
  const {body: order} = await api
    .as('checkout')
    .post('/v1/orders', {...sampleOrder(), lines})
    .expect(201);
  await confirmOrder(api.store, order.order_id);
  const tasks = async (kind: string) =>
    (await api.as('packer').get(`/v1/warehouses/WH-NY-1/tasks?kind=${kind}`).expect(200)).body.find(
      (task: {order_id: string}) => task.order_id === order.order_id,
    );
  const pick = await tasks('pick');
  for (const {bin, barcode, sku, qty} of pick.stops) {
    for (const [kind, code] of [
      ['bin', bin],
      ['item', qty === 1 ? sku : barcode],
    ]) {
      const scan = {operation_id: `${pick.task_id}-${sku}-${kind}`, task_id: pick.task_id, kind, code};
      const {body} = await api.as('picker').post('/v1/scans', kind === 'item' ? {...scan, code: sku, qty} : scan);
      expect(body).toMatchObject({accepted: true});
    }
  }
  return tasks('pack');
}

it('plans a place for every unit, by what its product asks for, and draws it', async () => {
  const task = await packTask();
  expect(task.parcels).toHaveLength(2);
  for (const parcel of task.parcels) {
    const items = parcel.items.map((content: {sku: string; qty: number}): PackItem => {
      const product = products[content.sku]?.body as Omit<PackItem, 'line_id' | 'sku' | 'qty'>;
      return {...product, ...content, line_id: content.sku};
    });
    const placements = parcel.placements.map((place: {sku: string}) => ({...place, line_id: place.sku}));
    const box = {inner_mm: parcel.inner_mm, weight_g: 300, max_weight_g: 30_000};
    expect(judgeParcels(items, [{box, placements}])).toEqual([]);
    const path = `/v1/parcels/${parcel.parcel_id}/packing.svg`;
    const picture = await api
      .as('packer')
      .get(path)
      .expect(200)
      .expect('Content-Type', /image\/svg\+xml/);
    const svg = (picture.body as Buffer).toString('utf8');
    expect(svg.match(/<polygon/g)).toHaveLength(3 + 3 * placements.length);
    expect(svg).not.toContain('<X>');
    await api.as('packer').get(`${path}?language=de`).expect(200);
    await api.as('packer').get(`${path}?language=xx`).expect(400);
  }
  await api.as('packer').get('/v1/parcels/none/packing.svg').expect(404);
});

it('stops a wrong weight until somebody else lets it pass, and learns from it', async () => {
  const task = await packTask();
  const [parcel] = task.parcels;
  const weight_g = parcel.expected_g + 2_000;
  let scans = 0;
  const weigh = async (grams: number) => {
    scans += 1;
    const scan = {operation_id: `${task.task_id}-${scans}`, task_id: task.task_id, kind: 'pack', code: task.task_id};
    return (
      await api
        .as('packer')
        .post('/v1/scans', {...scan, box: 'BIG', weight_g: grams})
        .expect(200)
    ).body;
  };
  const approve = (role: 'packer' | 'warehouse_lead', grams: number) =>
    api.as(role).post(`/v1/parcels/${parcel.parcel_id}/weight-approvals`, {weight_g: grams, reason: 'two bottle caps'});
  expect((await approve('warehouse_lead', weight_g).expect(409)).body.code).toBe('weight_not_refused');
  expect(await weigh(weight_g)).toMatchObject({
    accepted: false,
    code: 'wrong_weight',
    next: {parcel_id: parcel.parcel_id, weight_g, expected_g: parcel.expected_g, learnt: false},
  });
  expect((await approve('packer', weight_g).expect(409)).body.code).toBe('second_person_needed');
  // nor when somebody else was refused with it after them
  await api.store.prisma.tasks.updateMany({where: {id: task.task_id}, data: {claimed_by: null}});
  const again = {operation_id: `${task.task_id}-lead`, task_id: task.task_id, kind: 'pack', code: task.task_id};
  await api
    .as('admin')
    .post('/v1/scans', {...again, box: 'BIG', weight_g})
    .expect(200);
  await api.store.prisma.tasks.updateMany({where: {id: task.task_id}, data: {claimed_by: null}});
  expect((await approve('packer', weight_g).expect(409)).body.code).toBe('second_person_needed');
  await approve('warehouse_lead', weight_g).expect(200);
  await approve('warehouse_lead', weight_g).expect(200);
  expect(await weigh(weight_g + 500)).toMatchObject({accepted: false, code: 'wrong_weight'});
  expect(await weigh(weight_g)).toMatchObject({accepted: true, parcel_id: parcel.parcel_id});
  expect((await approve('warehouse_lead', weight_g + 500).expect(409)).body.code).toBe('task_closed');
  const {prisma} = api.store;
  const audit = await prisma.order_audit.findMany({where: {order_id: task.order_id, subject: parcel.parcel_id}});
  expect(audit).toEqual([expect.objectContaining({to_state: 'weight_approved', note: 'two bottle caps'})]);
  const [line] = parcel.items;
  expect(await prisma.weighings.findMany({where: {parcel_id: parcel.parcel_id}})).toEqual([
    expect.objectContaining({sku: line.sku, qty: line.qty, residual_mg: (1_000 * 2_000) / line.qty}),
  ]);
});

it('judges by what the products were found to weigh', async () => {
  const {prisma} = api.store;
  const task = await packTask();
  const water = task.parcels.find(({items}: {items: {sku: string}[]}) => items[0]?.sku === 'WATER-5L');
  await prisma.weighings.deleteMany();
  const residuals = [19, 20, 21, 20, 19, 21, 20, 20].map((grams, i) => ({
    parcel_id: `earlier-${i}`,
    sku: 'WATER-5L',
    qty: 1,
    weight_g: 5_000,
    residual_mg: 1_000 * grams,
    at: new Date(i),
  }));
  // what was weighed when it was said to weigh something else counts no more
  const before = residuals.map((row) => ({...row, parcel_id: `old-${row.parcel_id}`, weight_g: 4_000, residual_mg: 9}));
  await prisma.weighings.createMany({data: [...residuals, ...before]});
  const scan = {task_id: task.task_id, kind: 'pack', code: task.task_id, box: 'BIG'};
  const first = task.parcels[0] === water ? [] : [task.parcels[0]];
  for (const {parcel_id, expected_g} of first) {
    await api
      .as('packer')
      .post('/v1/scans', {...scan, operation_id: parcel_id, weight_g: expected_g})
      .expect(200);
  }
  const weigh = async (more: number) => {
    const weight_g = water.expected_g + more;
    return (
      await api
        .as('packer')
        .post('/v1/scans', {...scan, operation_id: `w-${more}`, weight_g})
        .expect(200)
    ).body;
  };
  expect(await weigh(0)).toMatchObject({code: 'wrong_weight', next: {expected_g: water.expected_g + 40, learnt: true}});
  expect(await weigh(45)).toMatchObject({accepted: true, parcel_id: water.parcel_id});
});

it('plans with the boxes a warehouse has, while they last', async () => {
  const lead = api.as('warehouse_lead');
  const there = '/v1/warehouses/WH-NY-1/boxes';
  const boxes = async () =>
    (await api.as('packer').get(there).expect(200)).body.map((box: {id: string; on_hand: number | null}) => [
      box.id,
      box.on_hand,
    ]);
  const huge = {inner_mm: [500, 500, 400], outer_mm: [510, 510, 410], weight_g: 500, max_weight_g: 30_000};
  await api
    .as('ops')
    .put('/v1/boxes/HUGE', {...huge, cost: {amount: 90, currency: 'USD'}})
    .expect(200);
  await api
    .as('ops')
    .put('/v1/boxes/UNUSED', {...huge, cost: {amount: 1, currency: 'USD'}})
    .expect(200);
  expect(await boxes()).toEqual(['BIG', 'HUGE', 'UNUSED'].map((id) => [id, null]));
  await lead.put(`${there}/BIG`, {on_hand: 1}).expect(200);
  const {body: stored} = await lead.put(`${there}/HUGE`, {cost: {amount: 70, currency: 'USD'}}).expect(200);
  expect(stored).toEqual({id: 'HUGE', ...huge, on_hand: null, cost: {amount: 70, currency: 'USD'}});
  expect(await boxes()).toEqual([
    ['BIG', 1],
    ['HUGE', null],
  ]);
  await lead.put(`${there}/HUGE`, {cost: {amount: 70, currency: 'EUR'}}).expect(422);
  await lead.put(`${there}/NONE`, {}).expect(404);
  await lead.put('/v1/warehouses/NONE/boxes/BIG', {}).expect(404);
  await lead.put(`${there}/BIG`, {on_hand: -1}).expect(422);

  // what the tests before have taught does not matter here
  await api.store.prisma.weighings.deleteMany();
  const suggested = (task: {parcels: {suggested_box: string}[]}) => task.parcels.map((parcel) => parcel.suggested_box);
  const first = await packTask();
  expect(suggested(first)).toEqual(['BIG', 'BIG']);
  for (const [i, {expected_g}] of first.parcels.entries()) {
    const scan = {operation_id: `${first.task_id}-${i}`, task_id: first.task_id, kind: 'pack', code: first.task_id};
    const {body} = await api.as('packer').post('/v1/scans', {...scan, box: 'BIG', weight_g: expected_g});
    expect(body).toMatchObject({accepted: true});
  }
  expect((await boxes())[0]).toEqual(['BIG', 0]);
  expect(suggested(await packTask())).toEqual(['HUGE', 'HUGE']);
});

it('lets a lead change boxes and bins of their own warehouse only', async () => {
  const bound = (warehouse_id: string | null) =>
    api.store.prisma.api_keys.updateMany({where: {role: 'warehouse_lead'}, data: {warehouse_id}});
  await bound('WH-EAST');
  const lead = api.as('warehouse_lead');
  const box = {inner_mm: [500, 500, 400], outer_mm: [510, 510, 410], weight_g: 500, max_weight_g: 30_000};
  await lead.put('/v1/boxes/HUGE', {...box, cost: {amount: 1, currency: 'USD'}}).expect(403);
  await lead.put('/v1/warehouses/WH-NY-1/boxes/BIG', {}).expect(403);
  await lead.get('/v1/warehouses/WH-NY-1/boxes').expect(403);
  const place = {aisle: '12', rack: 'C', shelf: '4', x_mm: 0, y_mm: 0};
  await lead.put('/v1/warehouses/WH-NY-1/bins/RECV', place).expect(403);
  await bound(null);
});
