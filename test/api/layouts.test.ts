import {startTestApi, type TestApi} from '../support/api.ts';
import {fillShelves, orderOf} from '../support/shelves.ts';

const LAYOUT_PATH = '/v1/warehouses/WH-NY-1/layout';
const aisle = (name: string, x_mm: number) => ({name, x_mm, from_mm: 0, to_mm: 20_000});
const LAYOUT = {
  aisles: [aisle('1', 0), aisle('2', 3_000), aisle('3', 6_000)],
  cross_aisles_mm: [0, 20_000],
  depot: {x_mm: 0, y_mm: 0},
};

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShelves(api, {
    FRONT: {aisle: '1', x_mm: 0, y_mm: 1_000},
    BACK: {aisle: '1', x_mm: 0, y_mm: 19_000},
    MIDDLE: {aisle: '2', x_mm: 3_000, y_mm: 19_500},
    RIGHT: {aisle: '3', x_mm: 6_000, y_mm: 18_000},
  });
});
afterAll(() => api.close());

const walked = async (task: string): Promise<string[]> => {
  const stops = await api.store.prisma.task_stops.findMany({where: {task_id: task}, orderBy: {position: 'asc'}});
  return stops.map(({sku}) => sku);
};

describe('the layout of a warehouse', () => {
  it('is derived from its bins until somebody stores one', async () => {
    const {body} = await api.as('picker').get(LAYOUT_PATH).expect(200);
    expect(body).toMatchObject({warehouse: 'WH-NY-1', source: 'derived', cross_aisles_mm: [-500, 21_000]});
    expect(body.aisles.map(({name, x_mm}: {name: string; x_mm: number}) => [name, x_mm])).toEqual([
      ['1', 0],
      ['2', 3_000],
      ['3', 6_000],
    ]);
    await api.as('picker').get('/v1/warehouses/NONE/layout').expect(404);
  });

  it('is stored by the lead, and refused where nobody could walk it', async () => {
    await api.as('picker').put(LAYOUT_PATH, LAYOUT).expect(403);
    await api.as('warehouse_lead').put('/v1/warehouses/NONE/layout', LAYOUT).expect(404);
    const up = LAYOUT.aisles.map((one) => ({...one, one_way: 'up'}));
    const {body} = await api
      .as('warehouse_lead')
      .put(LAYOUT_PATH, {...LAYOUT, aisles: up})
      .expect(422);
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({code: 'unreachable'})]));
    const answer = await api.as('warehouse_lead').put(LAYOUT_PATH, LAYOUT).expect(200);
    expect(answer.body).toEqual({warehouse: 'WH-NY-1', source: 'stored', ...LAYOUT});
    expect((await api.as('ops').get(LAYOUT_PATH).expect(200)).body).toEqual(answer.body);
  });
});

describe('a pick task', () => {
  it('has its stops in the order of the shortest walk', async () => {
    await api.as('warehouse_lead').put(LAYOUT_PATH, LAYOUT).expect(200);
    const {task} = await orderOf(api, ['RIGHT', 'FRONT', 'MIDDLE', 'BACK']);
    // through the first aisle, along the far cross aisle, and back through the third
    const order = ['FRONT', 'BACK', 'MIDDLE', 'RIGHT'];
    expect([order, order.toReversed()]).toContainEqual(await walked(task));
  });

  it('goes the way that one-way aisles allow', async () => {
    const [first, second, third] = LAYOUT.aisles;
    const aisles = [{...first, one_way: 'down'}, second, {...third, one_way: 'up'}];
    await api
      .as('warehouse_lead')
      .put(LAYOUT_PATH, {...LAYOUT, aisles})
      .expect(200);
    const {task} = await orderOf(api, ['RIGHT', 'FRONT', 'MIDDLE', 'BACK']);
    expect(await walked(task)).toEqual(['RIGHT', 'MIDDLE', 'BACK', 'FRONT']);
  });

  it('is drawn on a page for the lead', async () => {
    const {task} = await orderOf(api, ['FRONT', 'RIGHT']);
    const picture = `${LAYOUT_PATH}/picture`;
    const {text, headers} = await api.as('warehouse_lead').get(`${picture}?task=${task}`).expect(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(text).toContain('<polyline class="walk"');
    expect(text.match(/class="stop"/g)).toHaveLength(2);
    expect(text).toContain('BIN-FRONT');
    expect((await api.as('warehouse_lead').get(picture).expect(200)).text).not.toContain('<polyline');
    await api.as('warehouse_lead').get(`${picture}?task=none`).expect(404);
    await api.as('picker').get(picture).expect(403);
  });
});
