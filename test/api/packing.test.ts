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
