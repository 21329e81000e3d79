import type {OrderView, ParcelView, ScanAnswer, SubOrderView, TaskView} from '../../simulation/api-types.ts';
import {freshKey} from './api.ts';
import {type Wish, orderOf} from './shop.ts';
import {until} from './until.ts';
import type {World} from './world.ts';

export type TrackerStatus =
  | 'pre_transit'
  | 'in_transit'
  | 'out_for_delivery'
  | 'delivered'
  | 'failure'
  | 'return_to_sender';

interface Scan {
  operation_id?: string;
  task_id?: string;
  kind: 'bin' | 'item' | 'short' | 'pack' | 'dispatch';
  code: string;
  qty?: number;
  weight_g?: number;
  box?: string;
}

export type Floor = ReturnType<typeof openFloor>;

/** The people around an order, each acting through the public API: shopper, picker, packer, carrier. */
export function openFloor(world: World) {
  const {api} = world;

  const order = async (id: string): Promise<OrderView> =>
    (await api.as('support').get(`/v1/orders/${id}`).expect(200)).body as OrderView;

  const look = (id: string) => async () => {
    const {status, waiting_on, sub_orders} = await order(id);
    return {status, waiting_on: waiting_on?.name ?? null, stages: sub_orders.map((s) => s.stage)};
  };

  const place = (wish: Wish, key = freshKey()) => api.as('checkout').post('/v1/orders', orderOf(wish), key);

  /** Places an order that must be taken, or answered with another status; returns it as it is then. */
  const buy = async (wish: Wish, status = 201): Promise<OrderView> => {
    const answer = await place(wish);
    if (answer.status !== status) throw new Error(`the order was refused: ${answer.status} ${answer.text}`);
    return order((answer.body as {order_id: string}).order_id);
  };

  const becomes = (id: string, status: string) =>
    until(`order ${id} to be ${status}`, async () => (await order(id)).status === status, look(id));

  /** Until the order has this status and its run, money settled, is closed. */
  const ends = async (id: string, status: string) => {
    await becomes(id, status);
    const run = world.client.workflow.getHandle(`order:${id}`);
    const state = async () => (await run.describe()).status.name;
    await until(`the run of ${id} to close`, async () => (await state()) === 'COMPLETED', state);
  };

  const waitsOn = (id: string, name: string) =>
    until(`order ${id} to wait on ${name}`, async () => (await order(id)).waiting_on?.name === name, look(id));

  /** Until a sub-order is in the stage; returns it. */
  const reaches = (orderId: string, subOrderId: string, stage: string): Promise<SubOrderView> =>
    until(
      `${subOrderId} to be ${stage}`,
      async () => (await order(orderId)).sub_orders.find((s) => s.sub_order_id === subOrderId && s.stage === stage),
      look(orderId),
    );

  /** The one sub-order that leaves from there. */
  const partFrom = (view: OrderView, warehouse: string | null): SubOrderView => {
    const parts = view.sub_orders.filter((s) => s.source.id === warehouse && s.stage !== 'CANCELLED');
    const [part] = parts;
    if (!part || parts.length > 1) throw new Error(`${parts.length} sub-orders leave from ${warehouse}`);
    return part;
  };

  const openTask = (part: SubOrderView, kind: TaskView['kind']): Promise<TaskView> =>
    until(`a ${kind} task of ${part.sub_order_id}`, async () => {
      const path = `/v1/warehouses/${part.source.id}/tasks?state=open&limit=500`;
      const tasks = (await api.as('warehouse_lead').get(path).expect(200)).body as TaskView[];
      return tasks.find((t) => t.sub_order_id === part.sub_order_id && t.kind === kind);
    });

  const scan = async (body: Scan, role: 'picker' | 'packer' = 'picker'): Promise<ScanAnswer> => {
    const operation_id = body.operation_id ?? freshKey();
    return (
      await api
        .as(role)
        .post('/v1/scans', {...body, operation_id})
        .expect(200)
    ).body as ScanAnswer;
  };

  const accepted = async (body: Scan, role?: 'picker' | 'packer'): Promise<ScanAnswer> => {
    const answer = await scan(body, role);
    if (!answer.accepted) throw new Error(`the ${body.kind} scan was refused: ${answer.code} ${answer.message}`);
    return answer;
  };

  /** Walks the stops; `missing` units of every stop are not on the shelf. */
  const pick = async (part: SubOrderView, {missing = 0} = {}): Promise<void> => {
    const task = await openTask(part, 'pick');
    await api.as('picker').post(`/v1/tasks/${task.task_id}/claim`, {}).expect(200);
    for (const stop of task.stops.filter((s) => s.qty > 0)) {
      const {task_id} = task;
      const short = Math.min(missing, stop.qty);
      await accepted({task_id, kind: 'bin', code: stop.bin});
      if (stop.qty > short) await accepted({task_id, kind: 'item', code: stop.barcode, qty: stop.qty - short});
      if (short > 0) await accepted({task_id, kind: 'short', code: stop.barcode, qty: short});
    }
  };

  /** Packs as planned and waits for the labels; returns the parcels. */
  const pack = async (orderId: string, part: SubOrderView): Promise<ParcelView[]> => {
    const task = await openTask(part, 'pack');
    for (const parcel of task.parcels) {
      const box = parcel.suggested_box ? {box: parcel.suggested_box} : {};
      const {task_id} = task;
      await accepted({task_id, kind: 'pack', code: task_id, weight_g: parcel.expected_g, ...box}, 'packer');
    }
    return (await reaches(orderId, part.sub_order_id, 'PACKED')).parcels;
  };

  const dispatch = async (orderId: string, part: SubOrderView): Promise<void> => {
    const {parcels} = await reaches(orderId, part.sub_order_id, 'PACKED');
    for (const {tracking_number} of parcels) await accepted({kind: 'dispatch', code: tracking_number ?? ''}, 'packer');
    await reaches(orderId, part.sub_order_id, 'IN_TRANSIT');
  };

  const control = async (url: string, path: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? {} : {method: 'POST', body: JSON.stringify(body)};
    const answer = await fetch(`${url}/_control/${path}`, init);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`);
    return answer.json();
  };

  /** The carrier's scanners say this about a parcel; nobody waits for what comes of it. */
  const say = (parcel: ParcelView, ...statuses: TrackerStatus[]) =>
    control(world.carrierUrl, 'trackers', {
      tracking_code: parcel.tracking_number,
      events: statuses.map((status) => ({status})),
    });

  /** From the door of the warehouse to the customer's, one scan at a time. */
  const carry = async (orderId: string, part: SubOrderView): Promise<void> => {
    await dispatch(orderId, part);
    const {parcels} = await reaches(orderId, part.sub_order_id, 'IN_TRANSIT');
    for (const status of ['in_transit', 'out_for_delivery', 'delivered'] as const) {
      for (const parcel of parcels) await say(parcel, status);
      const stage = status.toUpperCase();
      await reaches(orderId, part.sub_order_id, stage);
    }
  };

  /** Everything from the shelf to the door. */
  const deliver = async (orderId: string, part: SubOrderView): Promise<void> => {
    await pick(part);
    await pack(orderId, part);
    await carry(orderId, part);
  };

  /** Until something of the order is to leave from there. */
  const appears = (orderId: string, warehouse: string): Promise<SubOrderView> =>
    until(
      `something to leave from ${warehouse}`,
      async () => (await order(orderId)).sub_orders.find((s) => s.source.id === warehouse && s.stage !== 'CANCELLED'),
      look(orderId),
    );

  /** Goods arrive, under a reference of their own. */
  const receive = (body: {warehouse: string; sku: string; qty: number; bin?: string}) =>
    api
      .as('receiver')
      .post('/v1/inventory/receipts', {...body, reference: freshKey()})
      .expect(200);

  const cancel = (
    id: string,
    body: {lines?: {line_id: string; qty: number}[]; unpick?: boolean} = {},
    key = freshKey(),
  ) => api.as('support').post(`/v1/orders/${id}/cancel`, {reason: 'changed my mind', ...body}, key);

  /** Support asks for a change of a placed order. */
  const change = (id: string, body: object, key = freshKey()) =>
    api.as('support').post(`/v1/orders/${id}/changes`, {reason: 'the customer called', ...body}, key);

  return {
    world,
    order,
    place,
    buy,
    becomes,
    ends,
    waitsOn,
    reaches,
    partFrom,
    openTask,
    scan,
    pick,
    pack,
    dispatch,
    say,
    carry,
    deliver,
    appears,
    receive,
    cancel,
    change,
    control,
  };
}
