import {startTestApi, type TestApi} from '../support/api.ts';
import {conforms} from '../support/conforms.ts';
import {fillShelves, orderOf} from '../support/shelves.ts';
import {wavesOf} from '../support/waves.ts';

let api: TestApi;
const {scan} = wavesOf(() => api);
let at: string;
beforeAll(async () => {
  api = await startTestApi();
  await fillShelves(api, {MUG: {aisle: '1', x_mm: 0, y_mm: 9_000}});
  const {order, task} = await orderOf(api, ['MUG']);
  await scan('picker', task, 'bin', 'BIN-MUG');
  await scan('picker', task, 'item', 'bar-MUG');
  const {id} = await api.store.prisma.parcels.findFirstOrThrow({where: {order_id: order}});
  const bought = {label_url: 'http://carrier.test/label.pdf', label_state: 'bought', tracking_number: 'TRACK1'};
  await api.store.prisma.parcels.update({where: {id}, data: {...bought, weight_g: 400}});
  at = `/v1/parcels/${id}/label`;
});
afterAll(() => api.close());

const packer = () => api.as('packer');
const read = async () => (await packer().get(at).expect(200)).body;
const whyIsAsked = async (path: string) =>
  expect((await packer().get(path).expect(422)).body).toMatchObject({
    code: 'invalid_request',
    errors: [{pointer: '/reason', code: 'missing', detail: 'it was printed before: say why once more'}],
  });

describe('a bought label', () => {
  it('is shown, and whether an invoice goes with it', async () => {
    const label = await read();
    conforms('getLabel', label);
    expect(label).toMatchObject({
      label_url: 'http://carrier.test/label.pdf',
      printed: false,
      invoice: false,
      reprints: 0,
    });
    await api.store.prisma.parcels.updateMany({data: {customs_amount: 1_205n}});
    expect(await read()).toMatchObject({invoice: true});
    await api.store.prisma.parcels.updateMany({data: {customs_amount: null}});
    await packer().get('/v1/parcels/none/label').expect(404);
  });

  it('is printed again with a reason only, and every reprint is counted', async () => {
    await whyIsAsked(`${at}?reprint=true`);
    expect((await packer().get(`${at}?reprint=true&reason=torn`).expect(200)).body.reprints).toBe(1);
    // of two that print it at the same time one prints it again
    const both = await Promise.all([1, 2].map(() => packer().get(`${at}/zpl`)));
    expect(both.map(({status}) => status).sort()).toEqual([200, 422]);
    await whyIsAsked(`${at}/zpl`);
    await packer().get(`${at}/zpl?reason=`).expect(400);
    await packer().get(`${at}/zpl?reason=jam`).expect(200);
    expect(await read()).toMatchObject({printed: true, reprints: 2});
    const prints = await api.store.prisma.label_prints.findMany({orderBy: {id: 'asc'}});
    expect(prints.map(({format, reason}) => [format, reason])).toEqual([
      ['carrier', 'torn'],
      ['zpl', null],
      ['zpl', 'jam'],
    ]);
  });

  it('is not for people of another house', async () => {
    const elsewhere = (warehouse_id: string | null) =>
      api.store.prisma.api_keys.updateMany({where: {role: 'packer'}, data: {warehouse_id}});
    await elsewhere('WH-EAST');
    await packer().get(`${at}?reprint=true&reason=torn`).expect(403);
    await elsewhere(null);
  });
});
