import type {orders} from '../../store/generated/client.ts';
import {readHistory} from '../../store/views/history.ts';
import {type OrderRows, orderView, readOrder} from '../../store/views/order-view.ts';
import {listOrders} from '../../store/views/orders-list.ts';
import {cancelOrder} from '../cancel-order.ts';
import * as contract from '../contract/orders.ts';
import {Problem} from '../errors.ts';
import {nextLink} from '../next-link.ts';
import {trackingUrl} from '../order-answer.ts';
import {maySeeOrder} from '../own.ts';
import {placeOrder} from '../place-order.ts';
import {type Call, ok, type Route, route} from '../route.ts';

const place = {operation: contract.placeOrder, handle: placeOrder};

async function ownOrder({deps, caller}: Pick<Call, 'deps' | 'caller'>, id: string): Promise<OrderRows> {
  const rows = await readOrder(deps.store, {id});
  if (!rows || !maySeeOrder(caller, rows.order)) throw noSuchOrder();
  return rows;
}

async function ownOrderRow({deps, caller}: Pick<Call, 'deps' | 'caller'>, id: string): Promise<orders> {
  const order = await deps.store.prisma.orders.findUnique({where: {id}});
  if (!order || !maySeeOrder(caller, order)) throw noSuchOrder();
  return order;
}

const noSuchOrder = () => new Problem('not_found', 'there is no such order');

const get = route(contract.getOrder, async (call) => {
  const rows = await ownOrder(call, call.params.id);
  return ok(orderView(rows, trackingUrl(call.deps, rows.order)));
});

const list = route(contract.listOrders, async ({deps, query, request}) => {
  const page = await listOrders(deps.store, query);
  return ok(page.items, nextLink(request, page.next));
});

const history = route(contract.getHistory, async (call) => {
  const order = await ownOrderRow(call, call.params.id);
  return ok(await readHistory(call.deps.store, order.id));
});

const cancel = route(contract.cancelOrder, async (call) => {
  const order = await ownOrderRow(call, call.params.id);
  return cancelOrder(call, order);
});

export const orderRoutes: readonly Route[] = [place as unknown as Route, list, get, history, cancel];
