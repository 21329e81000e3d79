import type {Answered} from './answered.ts';
import type * as T from './api-types.ts';
import {type ApiCall, apiCaller, ApiError, type CallSettings} from './api-call.ts';
import type {Reply} from './http.ts';

/** What POST /v1/orders said: an order that lives, or the reason why there is none (or none any more). */
export type PlaceAnswer =
  | {kind: 'accepted' | 'undecided'; order: T.PlacedOrder; replayed: boolean}
  | {kind: 'refused'; status: number; problem: T.Problem};

/** The public HTTP API, one method per call the world makes. Each acts with the role whose work it is. */
export type Client = ReturnType<typeof createClient>;

/** `answered` is told what the service acknowledges, for the audit to find it again. */
export function createClient({answered, ...settings}: CallSettings & {answered?: Answered}) {
  const call = apiCaller(settings);
  const want = async <Body>(request: ApiCall, ...statuses: number[]): Promise<Body> => {
    const reply = await call(request);
    if (!(statuses.length > 0 ? statuses : [200, 201, 204]).includes(reply.status)) throw new ApiError(request, reply);
    return reply.body as Body;
  };
  /** `refused`: an answer that says no and why. */
  const tryTo = async <Body>(request: ApiCall, ...refusals: number[]) => {
    const reply = await call(request);
    if (refusals.includes(reply.status)) return {refused: true as const, problem: reply.body as T.Problem};
    if (reply.status !== 200) throw new ApiError(request, reply);
    return {refused: false as const, answer: reply.body as Body};
  };
  const put = (path: string, body: unknown) => want<unknown>({role: 'admin', method: 'PUT', path, body});
  const get = <Body>(role: string, path: string) => want<Body>({role, method: 'GET', path});
  const id = encodeURIComponent;
  /** All pages of a list, following its Link header. */
  const list = async <Row>(role: string, path: string): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let next: string | undefined = path; next; ) {
      const request: ApiCall = {role, method: 'GET', path: next};
      const reply = await call(request);
      if (reply.status !== 200) throw new ApiError(request, reply);
      rows.push(...(reply.body as Row[]));
      next = nextPage(reply);
    }
    return rows;
  };

  return {
    putProduct: (sku: string, body: T.ProductBody) => put(`/v1/products/${id(sku)}`, body),
    putWarehouse: (warehouse: string, body: T.WarehouseBody) => put(`/v1/warehouses/${id(warehouse)}`, body),
    putBin: (warehouse: string, bin: string, body: T.BinBody) =>
      put(`/v1/warehouses/${id(warehouse)}/bins/${id(bin)}`, body),
    putBox: (box: string, body: T.BoxBody) => put(`/v1/boxes/${id(box)}`, body),
    putShippingRate: (sla: string, price: T.Money) => put(`/v1/shipping-rates/${id(sla)}`, {price}),
    putPromoCode: (code: string, body: T.PromoBody) => put(`/v1/promo-codes/${id(code)}`, body),
    putTaxRate: (place: string, body: {rate_bp: number; inclusive: boolean}) => put(`/v1/tax-rates/${id(place)}`, body),

    putStaff: (staff: string, body: {name: string; warehouse: string; roles: string[]}) =>
      put(`/v1/staff/${id(staff)}`, body),
    giveCredentials: (staff: string, body: {badge: true; pin: string}) =>
      want<{badge: string}>({role: 'admin', method: 'POST', path: `/v1/staff/${id(staff)}/credentials`, body}),

    putSupplier: (supplier: string, body: T.SupplierBody) =>
      put(`/v1/suppliers/${id(supplier)}`, body) as Promise<{signing_secret?: string}>,
    putOffer: (supplier: string, sku: string, body: T.OfferBody) =>
      put(`/v1/suppliers/${id(supplier)}/offers/${id(sku)}`, body),
    renewSupplierSecret: (supplier: string) =>
      want<{signing_secret: string}>({role: 'admin', method: 'POST', path: `/v1/suppliers/${id(supplier)}/secret`}),
    createSupplierKey: (supplier: string) =>
      want<{key: string}>({role: 'admin', method: 'POST', path: `/v1/suppliers/${id(supplier)}/keys`, body: {}}),
    /** The purchase orders of an order. */
    purchases: (orderId: string) =>
      list<T.PurchaseView>('ops', `/v1/purchase-orders?order_id=${id(orderId)}&limit=200`),

    receive: (body: T.ReceiptBody) =>
      want<unknown>({
        role: 'receiver',
        method: 'POST',
        path: '/v1/inventory/receipts',
        body,
        idempotencyKey: body.reference,
      }),
    /** Undefined while units are promised to orders that are being accepted. */
    count: async (body: {warehouse: string; sku: string; bin: string; counted: number; reference: string}) => {
      const path = '/v1/inventory/counts';
      const request: ApiCall = {role: 'warehouse_lead', method: 'POST', path, body, idempotencyKey: body.reference};
      const reply = await call(request);
      if (reply.status === 409) return undefined;
      if (reply.status !== 200) throw new ApiError(request, reply);
      return reply.body as {moved: number};
    },
    openCounts: (warehouse: string) =>
      get<{task_id: string; sku: string}[]>('warehouse_lead', `/v1/warehouses/${id(warehouse)}/counts`),
    /** False when somebody else was faster, or the units are in use. */
    answerCount: async (taskId: string, counted: number): Promise<boolean> => {
      const path = `/v1/tasks/${id(taskId)}/count`;
      const request: ApiCall = {role: 'warehouse_lead', method: 'POST', path, body: {counted}, idempotencyKey: taskId};
      const reply = await call(request);
      if (reply.status !== 200 && reply.status !== 409) throw new ApiError(request, reply);
      return reply.status === 200;
    },
    /** Undefined when not so many units are free. */
    sendTransfer: async (body: T.TransferBody): Promise<{transfer_id: string} | undefined> => {
      const path = '/v1/inventory/transfers';
      const request: ApiCall = {role: 'warehouse_lead', method: 'POST', path, body, idempotencyKey: body.reference};
      const reply = await call(request);
      if (reply.status === 409) return undefined;
      if (reply.status !== 200) throw new ApiError(request, reply);
      return reply.body as {transfer_id: string};
    },
    receiveTransfer: (transfer: string, qty: number) =>
      want<unknown>({
        role: 'receiver',
        method: 'POST',
        path: `/v1/inventory/transfers/${id(transfer)}/arrival`,
        body: {qty},
        idempotencyKey: transfer,
      }),
    switchSite: (warehouse: string, active: boolean) =>
      want<unknown>({
        role: 'ops',
        method: 'POST',
        path: `/v1/warehouses/${id(warehouse)}/switch`,
        body: {active, reason: 'simulated'},
      }),
    stock: async (sku: string) =>
      (await get<{warehouses: T.StockView[]}>('ops', `/v1/inventory/${id(sku)}`)).warehouses,

    quote: (body: T.QuoteBody, idempotencyKey: string) =>
      want<T.QuoteView>({role: 'checkout', method: 'POST', path: '/v1/quotes', body, idempotencyKey}),
    placeOrder: async (body: T.OrderBody, key: string): Promise<PlaceAnswer> => {
      const request: ApiCall = {role: 'checkout', method: 'POST', path: '/v1/orders', body, idempotencyKey: key};
      const answer = toPlaceAnswer(await call(request));
      if (answer.kind !== 'refused') answered?.orders.push({key, order_id: answer.order.order_id});
      return answer;
    },
    /** The plain answer, for callers that look at status and body themselves. */
    placeOrderRaw: (body: unknown, key: string) =>
      call({role: 'checkout', method: 'POST', path: '/v1/orders', body, idempotencyKey: key}),
    order: (orderId: string) => get<T.OrderView>('support', `/v1/orders/${id(orderId)}`),
    /** Another method for an order that waits for its payment. */
    pay: async (orderId: string, payment_method: string, key: string): Promise<PlaceAnswer> => {
      const path = `/v1/orders/${id(orderId)}/payment`;
      return toPlaceAnswer(
        await call({role: 'support', method: 'POST', path, body: {payment_method}, idempotencyKey: key}),
      );
    },
    /** What the payer's own link says they can do; null when there is nothing. */
    paymentAction: async (trackingUrl: string) => {
      const token = trackingUrl.split('/').at(-1) ?? '';
      const view = await get<{payment_action: {client_secret: string | null} | null}>(
        'support',
        `/v1/track/${id(token)}`,
      );
      return view.payment_action;
    },
    /** All orders, newest first. */
    orders: () => list<{order_id: string; number: string; status: string}>('support', '/v1/orders?limit=200'),
    /** The id of the order with this number, looked for among all orders. */
    idOfNumber: async (number: string): Promise<string | undefined> => {
      const orders = await list<{order_id: string; number: string}>('support', '/v1/orders?limit=200');
      return orders.find((order) => order.number === number)?.order_id;
    },
    /** `refused` when nothing at all could be cancelled. */
    cancel: (orderId: string, body: T.CancelBody, key: string) => {
      const path = `/v1/orders/${id(orderId)}/cancel`;
      return tryTo<T.CancelAnswer>({role: 'support', method: 'POST', path, body, idempotencyKey: key}, 409);
    },
    /** `refused` when it cannot be made any more, or the bank gives no money for it. */
    change: (orderId: string, body: T.ChangeBody, key: string) => {
      const path = `/v1/orders/${id(orderId)}/changes`;
      return tryTo<T.ChangeAnswer>({role: 'support', method: 'POST', path, body, idempotencyKey: key}, 402, 409);
    },

    /** `refused` when so much cannot be given back, or not now. */
    requestRefund: async (orderId: string, body: object, key: string) => {
      const path = `/v1/orders/${id(orderId)}/refunds`;
      const request: ApiCall = {role: 'support', method: 'POST', path, body, idempotencyKey: key};
      const reply = await call(request);
      if (reply.status === 409) return {refused: true as const, problem: reply.body as T.Problem};
      if (reply.status !== 201) throw new ApiError(request, reply);
      return {refused: false as const, refunds: (reply.body as {refunds: T.RefundView[]}).refunds};
    },
    refunds: (orderId: string) => get<T.RefundsView>('support', `/v1/orders/${id(orderId)}/refunds`),
    approveRefund: (refundId: string, idempotencyKey: string) => {
      const path = `/v1/refunds/${id(refundId)}/approve`;
      return want<unknown>({role: 'finance', method: 'POST', path, body: {note: 'a story'}, idempotencyKey}, 200, 409);
    },
    /** Has every step of the order that waits for ops tried again; nothing when none does. */
    resume: (orderId: string, idempotencyKey: string) => {
      const path = `/v1/orders/${id(orderId)}/resume`;
      return want<unknown>({role: 'ops', method: 'POST', path, body: {note: 'a story'}, idempotencyKey}, 200, 409);
    },
    /** `refused` when not all of it may be sent back. */
    requestReturn: async (orderId: string, body: T.ReturnBody, key: string) => {
      const path = `/v1/orders/${id(orderId)}/returns`;
      const request: ApiCall = {role: 'support', method: 'POST', path, body, idempotencyKey: key};
      const reply = await call(request);
      if (reply.status === 409) return {refused: true as const, problem: reply.body as T.Problem};
      if (reply.status !== 201) throw new ApiError(request, reply);
      return {refused: false as const, found: reply.body as T.ReturnView};
    },
    returned: (returnId: string) => get<T.ReturnView>('support', `/v1/returns/${id(returnId)}`),
    decideReturn: (returnId: string, decision: 'approve' | 'refuse', note: string) =>
      want<unknown>({
        role: 'support',
        method: 'POST',
        path: `/v1/returns/${id(returnId)}/decision`,
        body: {decision, note},
        idempotencyKey: `${returnId}-decision`,
      }),
    inspectReturn: (returnId: string, lines: {line_id: string; qty: number; grade: string}[]) =>
      want<unknown>({
        role: 'receiver',
        method: 'POST',
        path: `/v1/returns/${id(returnId)}/inspect`,
        body: {lines},
        idempotencyKey: `${returnId}-inspect`,
      }),

    openReviews: () => list<T.ReviewView>('support', '/v1/reviews?state=open&limit=200'),
    decideReview: (review: string, decision: 'approve' | 'reject', note: string) =>
      want<unknown>(
        {
          role: 'support',
          method: 'POST',
          path: `/v1/reviews/${id(review)}`,
          body: {decision, note},
          idempotencyKey: review,
        },
        200,
        409,
      ),

    openTasks: (warehouse: string) =>
      list<T.TaskView>('warehouse_lead', `/v1/warehouses/${id(warehouse)}/tasks?state=open&limit=500`),
    claim: async (role: 'picker' | 'packer', taskId: string): Promise<boolean> => {
      const request: ApiCall = {role, method: 'POST', path: `/v1/tasks/${id(taskId)}/claim`, body: {}};
      const reply = await call(request);
      if (reply.status >= 300 && reply.status !== 409) throw new ApiError(request, reply);
      return reply.status < 300;
    },
    scan: async (role: 'picker' | 'packer' | 'receiver', body: T.ScanBody): Promise<T.ScanAnswer> => {
      const request: ApiCall = {role, method: 'POST', path: '/v1/scans', body, idempotencyKey: body.operation_id};
      const answer = await want<T.ScanAnswer>(request, 200);
      answered?.scans.push({operation_id: body.operation_id, accepted: answer.accepted});
      return answer;
    },
    /** Is the label there? */
    labelReady: async (parcelId: string): Promise<boolean> => {
      const reply = await call({role: 'packer', method: 'GET', path: `/v1/parcels/${id(parcelId)}/label`});
      return reply.status === 200;
    },
  };
}

function toPlaceAnswer(reply: Reply): PlaceAnswer {
  if (reply.status === 201 || reply.status === 202) {
    const replayed = reply.headers['idempotent-replayed'] === 'true';
    return {kind: reply.status === 201 ? 'accepted' : 'undecided', order: reply.body as T.PlacedOrder, replayed};
  }
  return {kind: 'refused', status: reply.status, problem: (reply.body ?? {}) as T.Problem};
}

/** The path and query of `Link: <…>; rel="next"`. */
function nextPage(reply: Reply): string | undefined {
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(String(reply.headers.link ?? ''))?.[1];
  if (!link) return undefined;
  const url = new URL(link, 'http://api');
  return `${url.pathname}${url.search}`;
}
