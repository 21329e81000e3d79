import {capturesOf, eventsOf, holdsOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

describe('a cancellation', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const buyTwo = async () => {
    const [a, b] = [await offer(world.api, {at: {EAST: 5}}), await offer(world.api, {price: 777, at: {EAST: 5}})];
    const order = await floor.buy({
      lines: [
        {sku: a, qty: 2},
        {sku: b, qty: 3},
      ],
    });
    const [first, second] = order.lines.map((l) => l.line_id) as [string, string];
    return {order, id: order.order_id, first, second, a, b, east: floor.partFrom(order, 'EAST')};
  };
  const reserved = async (sku: string) =>
    (await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body.warehouses[0].reserved as number;

  it('of the whole order before picking gives stock and money back', async () => {
    const {id, first, second, a, b} = await buyTwo();
    const {body} = await floor.cancel(id).expect(200);
    expect(body).toEqual({
      cancelled: [
        {line_id: first, qty: 2},
        {line_id: second, qty: 3},
      ],
      refused: [],
    });
    await floor.ends(id, 'cancelled');
    expect([await reserved(a), await reserved(b)]).toEqual([0, 0]);
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled']);
    expect(await capturesOf(world, id)).toEqual([]);
    await floor.cancel(id).expect(409);
  });

  it('is answered alike when it is asked again, also after its order has ended', async () => {
    const {id} = await buyTwo();
    const ask = () =>
      world.api.as('support').post(`/v1/orders/${id}/cancel`, {reason: 'changed my mind'}, `again-${id}`).expect(200);
    const {body} = await ask();
    await floor.ends(id, 'cancelled');
    expect((await ask()).body).toEqual(body);
    // and when the engine has forgotten its run
    const {workflowService, options} = world.client;
    await workflowService.deleteWorkflowExecution({
      namespace: options.namespace,
      workflowExecution: {workflowId: `order:${id}`},
    });
    const gone = () =>
      world.client.workflow
        .getHandle(`order:${id}`)
        .describe()
        .then(
          () => false,
          () => true,
        );
    // it does so in its own time, and not before it has told everybody that the run is closed
    await until(
      'the run to be forgotten',
      gone,
      () => world.client.workflow.getHandle(`order:${id}`).describe(),
      150_000,
    );
    expect((await ask()).body).toEqual(body);
  }, 200_000);

  it('of the whole order is told to the customer once', async () => {
    const {id} = await buyTwo();
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    expect(await violationsAtRest(world)).toEqual([]);
    expect(await mailsOf(world, id)).toEqual(['We received your order', 'Your order is cancelled']);
  });

  it('of one line corrects the total, and less is taken', async () => {
    const {id, order, second, east, b} = await buyTwo();
    await floor.cancel(id, {lines: [{line_id: second, qty: 3}]}).expect(200);
    const after = await floor.order(id);
    expect(after.total.amount).toBeLessThan(order.total.amount);
    expect(after.lines[1]).toMatchObject({qty: 3, cancelled: 3});
    expect(await reserved(b)).toBe(0);
    await floor.deliver(id, east);
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([after.total.amount]);
  });

  it('of some units of a line leaves the others to be picked', async () => {
    const {id, second, east} = await buyTwo();
    const {body} = await floor.cancel(id, {lines: [{line_id: second, qty: 2}]}).expect(200);
    expect(body.cancelled).toEqual([{line_id: second, qty: 2}]);
    await floor.deliver(id, east);
    await floor.ends(id, 'delivered');
    const {lines, total, payment} = await floor.order(id);
    expect(lines.map((l) => [l.delivered, l.cancelled])).toEqual([
      [2, 0],
      [1, 2],
    ]);
    expect(payment.captured).toEqual(total);
  });

  it('asked for more units than there are takes what it can and refuses the rest', async () => {
    const {id, first} = await buyTwo();
    const {body} = await floor.cancel(id, {lines: [{line_id: first, qty: 9}]}).expect(200);
    expect(body).toMatchObject({cancelled: [{line_id: first, qty: 2}], refused: [{line_id: first, qty: 7}]});
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('after picking is refused with a code for each line', async () => {
    const {id, first, second, east} = await buyTwo();
    await floor.pick(east);
    const answer = await floor.cancel(id);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'nothing_cancelled',
      cancelled: [],
      refused: [
        {line_id: first, qty: 2, code: 'already_picked'},
        {line_id: second, qty: 3, code: 'already_picked'},
      ],
    });
    await floor.pack(id, east);
    await floor.dispatch(id, east);
    expect((await floor.cancel(id)).body.refused[0]).toMatchObject({code: 'already_shipped'});
    await floor.say((await floor.order(id)).sub_orders[0]?.parcels[0] ?? never(), 'delivered');
    await floor.ends(id, 'delivered');
    expect((await floor.cancel(id)).status).toBe(409);
  });

  it('of what is not yet picked closes the pick with what is', async () => {
    const {id, first, second, east} = await buyTwo();
    const task = await floor.openTask(east, 'pick');
    const stop = task.stops.find((s) => s.qty === 2);
    await floor.scan({task_id: task.task_id, kind: 'bin', code: stop?.bin ?? ''});
    await floor.scan({task_id: task.task_id, kind: 'item', code: stop?.barcode ?? '', qty: 2});
    const {body} = await floor.cancel(id).expect(200);
    expect(body.cancelled).toEqual([{line_id: second, qty: 3}]);
    expect(body.refused).toMatchObject([{line_id: first, qty: 2}]);
    await floor.pack(id, east);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
  });

  it('sent twice counts once', async () => {
    const {id, second} = await buyTwo();
    const body = {lines: [{line_id: second, qty: 1}]};
    const answers = await Promise.all([1, 2].map(() => floor.cancel(id, body, `twice-${id}`)));
    answers.push(await floor.cancel(id, body, `twice-${id}`));
    for (const answer of answers.filter((a) => a.status === 200)) {
      expect(answer.body.cancelled).toEqual([{line_id: second, qty: 1}]);
    }
    expect(answers.at(-1)?.status).toBe(200);
    expect((await floor.order(id)).lines[1]).toMatchObject({cancelled: 1});
    expect((await eventsOf(world, id)).filter((e) => e.type === 'order.lines_cancelled')).toHaveLength(1);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('of thirty units at once, one each, takes every one of them', async () => {
    const sku = await offer(world.api, {at: {EAST: 30}});
    const order = await floor.buy({lines: [{sku, qty: 30}]});
    const one = {lines: [{line_id: order.lines[0]?.line_id ?? '', qty: 1}]};
    const answers = await Promise.all(Array.from({length: 30}, () => floor.cancel(order.order_id, one)));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    await floor.ends(order.order_id, 'cancelled');
    expect(await reserved(sku)).toBe(0);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

function never(): never {
  throw new Error('there is no parcel');
}
