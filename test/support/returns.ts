import type {OrderView} from '../../simulation/api-types.ts';
import type {ReturnView} from '../../store/views/returns-view.ts';
import {freshKey} from './api.ts';
import {type Floor, openFloor} from './floor.ts';
import {until} from './until.ts';
import type {World} from './world.ts';

export interface Wanted {
  line_id: string;
  qty: number;
  reason?: string;
}

/** The people around a return, each acting through the public API. */
export function openReturns(world: World) {
  const {api} = world;
  const floor: Floor = openFloor(world);

  const ask = (orderId: string, lines: Wanted[], more: object = {}, key = freshKey()) => {
    const body = {lines: lines.map((line) => ({reason: 'changed_mind', ...line})), ...more};
    return api.as('support').post(`/v1/orders/${orderId}/returns`, body, key);
  };

  /** Announces units that must be taken back. */
  const announce = async (orderId: string, lines: Wanted[], more: object = {}): Promise<ReturnView> => {
    const answer = await ask(orderId, lines, more);
    if (answer.status !== 201) throw new Error(`the return was refused: ${answer.status} ${answer.text}`);
    return answer.body as ReturnView;
  };

  const look = async (id: string): Promise<ReturnView> =>
    (await api.as('support').get(`/v1/returns/${id}`).expect(200)).body as ReturnView;

  const becomes = (id: string, state: string): Promise<ReturnView> =>
    until(
      `return ${id} to be ${state}`,
      async () => {
        const found = await look(id);
        return found.state === state ? found : undefined;
      },
      () => look(id),
    );

  /** Until its run has closed, too. */
  const ends = async (id: string, state: string): Promise<ReturnView> => {
    const found = await becomes(id, state);
    const run = world.client.workflow.getHandle(`return:${id}`);
    // it may not even have been started yet
    const now = () =>
      run.describe().then(
        ({status}) => status.name,
        () => 'unknown',
      );
    await until(`the run of ${id} to close`, async () => (await now()) === 'COMPLETED', now);
    return found;
  };

  const scan = async (code: string, operation_id = freshKey()) =>
    (await api.as('receiver').post('/v1/scans', {operation_id, kind: 'return', code}).expect(200)).body as {
      accepted: boolean;
      code: string;
      next: unknown;
    };

  /** The customer sends it, and it is scanned in. */
  const send = async (id: string): Promise<string> => {
    const {label} = await becomes(id, 'label_ready');
    const code = label?.tracking_number ?? '';
    const answer = await scan(code);
    if (!answer.accepted) throw new Error(`the return scan was refused: ${JSON.stringify(answer)}`);
    return code;
  };

  const inspect = (id: string, lines: {line_id: string; qty: number; grade: string; bin?: string}[]) =>
    api.as('receiver').post(`/v1/returns/${id}/inspect`, {lines});

  /** An order of one line from EAST that is with the customer. */
  const delivered = async (sku: string, qty: number, wish: object = {}): Promise<OrderView> => {
    const order = await floor.buy({lines: [{sku, qty}], ...wish});
    await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
    await floor.ends(order.order_id, 'delivered');
    return floor.order(order.order_id);
  };

  const refunded = (orderId: string, amount: number) =>
    until(
      `${amount} to be given back for ${orderId}`,
      async () => (await floor.order(orderId)).payment.refunded.amount === amount,
      async () => (await floor.order(orderId)).payment,
    );

  return {floor, ask, announce, look, becomes, ends, scan, send, inspect, delivered, refunded};
}
