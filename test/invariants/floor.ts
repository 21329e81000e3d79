/** What happens to units of an order on the floor and on the road, written into the books of both sides. */
import {type Line, type Order, recordChange} from './order-rows.ts';
import {add, type Books, moveStock, type Row, rowsOf, tick} from './rows.ts';

export interface Part {
  sub: Row;
  warehouse: string | null;
  lines: {line: Line; row: Row}[];
  parcel: Row | null;
}

type Counter =
  | 'unallocated'
  | 'reserved'
  | 'picked'
  | 'in_transit'
  | 'delivered'
  | 'lost'
  | 'backordered'
  | 'cancelled';

function shift(line: Line, from: Counter, to: Counter, qty: number): void {
  line[from] = Number(line[from]) - qty;
  line[to] = Number(line[to]) + qty;
}

export function reserve(books: Books, order: Order, line: Line, warehouse: string, qty: number): void {
  const id = `rsv_${line.id}_${warehouse}`;
  add(books, 'reservations', {
    id,
    order_id: order.id,
    line_id: line.id,
    sub_order_id: null,
    warehouse_id: warehouse,
    sku: line.sku,
    qty,
    state: 'open',
    created_at: tick(books),
    expires_at: null,
  });
  moveStock(books, {
    kind: 'reserve',
    warehouse,
    sku: line.sku,
    reserved: qty,
    order_id: order.id,
    line_id: line.id,
    cause: `reserve:${id}`,
  });
  shift(line, 'unallocated', 'reserved', qty);
  recordChange(books, order, 'order.stock_reserved');
}

function beginWait(books: Books, order: Order, line: Line, units: number): void {
  shift(line, 'unallocated', 'backordered', units);
  const id = 500 + rowsOf(books, 'backorder_moves').length;
  const cause = `wait:${line.id}`;
  add(books, 'backorder_moves', {
    id,
    sku: line.sku,
    order_id: order.id,
    line_id: line.id,
    units,
    cause,
    at: tick(books, 0),
  });
}

/** A sub-order per part; `warehouse: null` is the backordered part. Amounts are written out, not computed. */
export function allocate(
  books: Books,
  order: Order,
  parts: {warehouse: string | null; lines: {line: Line; qty: number; amount: number}[]}[],
): Part[] {
  const made = parts.map(({warehouse, lines}, i): Part => {
    const id = `sub_${order.id}_${i + 1}`;
    const at = tick(books);
    const sub = add<Row>(books, 'sub_orders', {
      id,
      order_id: order.id,
      position: i + 1,
      source_kind: warehouse && 'warehouse',
      source_id: warehouse,
      stage: null,
      value_amount: lines.reduce((sum, line) => sum + line.amount, 0),
      carrier: null,
      service: null,
      estimated_pickup: null,
      estimated_delivery: null,
      note: null,
      created_at: at,
      updated_at: at,
    });
    for (const {line, qty} of lines) if (warehouse === null) beginWait(books, order, line, qty);
    const rows = lines.map(({line, qty, amount}) => ({
      line,
      row: add<Row>(books, 'sub_order_lines', {
        sub_order_id: id,
        line_id: line.id,
        sku: line.sku,
        qty,
        amount,
        picked: 0,
        shipped: 0,
        delivered: 0,
        lost: 0,
        came_back: 0,
        cancelled: 0,
      }),
    }));
    const stage = warehouse === null ? 'BACKORDERED' : 'ALLOCATED';
    recordChange(books, order, `sub_order.${stage.toLowerCase()}`, {}, {sub, stage});
    return {sub, warehouse, lines: rows, parcel: null};
  });
  recordChange(books, order, 'order.allocated', {status: 'awaiting_fulfillment'});
  return made;
}

function scan(books: Books, order: Order, row: Row): void {
  const n = rowsOf(books, 'scans').length + 1;
  add(books, 'scans', {
    operation_id: `op_${n}`,
    order_id: order.id,
    task_id: null,
    code: 'x',
    qty: null,
    actor: 'anna',
    request_hash: 'h',
    accepted: true,
    answer: {accepted: true, code: 'ok'},
    at: tick(books, 0),
    ...row,
  });
}

/** One stop for each line, in one bin; every unit is scanned, the last two of a stop at once. */
export function pick(books: Books, order: Order, part: Part): void {
  const task_id = `tsk_${String(part.sub['id'])}`;
  const at = tick(books, 0);
  const task = {
    id: task_id,
    order_id: order.id,
    sub_order_id: part.sub['id'],
    warehouse_id: part.warehouse,
    kind: 'pick',
  };
  add(books, 'tasks', {...task, state: 'done', claimed_by: 'anna', lease_until: null, created_at: at, closed_at: at});
  for (const [i, {line, row}] of part.lines.entries()) {
    const qty = Number(row['qty']);
    row['picked'] = qty;
    shift(line, 'reserved', 'picked', qty);
    line['ever_picked'] = Number(line['ever_picked']) + qty;
    const place = {bin: 'A-1', aisle: 'A', rack: '1', shelf: '1'};
    const item = {sku: line.sku, barcode: line.sku, name: line.sku, line_id: line.id, qty};
    add(books, 'task_stops', {
      id: `stp_${task_id}_${i}`,
      task_id,
      position: i + 1,
      ...place,
      ...item,
      picked: qty,
      short: 0,
      opened: true,
    });
    scan(books, order, {task_id, kind: 'bin', code: 'A-1'});
    for (let left = qty; left > 2; left -= 1) scan(books, order, {task_id, kind: 'item', code: line.sku});
    scan(books, order, {task_id, kind: 'item', code: line.sku, qty: Math.min(qty, 2)});
    scan(books, order, {
      task_id,
      kind: 'item',
      code: 'wrong',
      accepted: false,
      answer: {accepted: false, code: 'wrong_item'},
    });
  }
  recordChange(books, order, 'sub_order.picked', {}, {sub: part.sub, stage: 'PICKED'});
}

/** A parcel for everything of the part, with a label that both sides know. */
export function buyLabel(books: Books, order: Order, part: Part): void {
  const id = `par_${String(part.sub['id'])}`;
  const [shipment_id, tracking_code, bought_at] = [`shp_${id}`, `TRK-${id}`, tick(books)];
  part.parcel = add(books, 'parcels', {
    id,
    order_id: order.id,
    sub_order_id: part.sub['id'],
    position: 1,
    state: 'open',
    box_id: null,
    weight_g: 1,
    length_mm: 1,
    width_mm: 1,
    height_mm: 1,
    expected_g: 1,
    suggested_box: null,
    carrier: 'SwiftPost',
    service: 'Ground',
    tracking_number: tracking_code,
    shipment_ref: shipment_id,
    tracker_ref: null,
    label_state: 'bought',
    label_url: null,
    cost_amount: 745,
    cost_currency: 'USD',
    reprints: 0,
    status: 'created',
    status_at: null,
    eta_from: null,
    eta_to: null,
    packed_at: null,
    dispatched_at: null,
    handed_over_at: null,
    ended_at: null,
    void_state: null,
    void_asked: 0,
  });
  books.carrier.shipments.push({id: shipment_id, reference: id, refund_status: null});
  books.carrier.labels.push({shipment_id, tracking_code, cost: 745, currency: 'USD', bought_at, voided_at: null});
}

export function pack(books: Books, order: Order, part: Part): void {
  buyLabel(books, order, part);
  for (const {line, row} of part.lines) {
    add(books, 'parcel_items', {parcel_id: part.parcel?.['id'], line_id: line.id, sku: line.sku, qty: row['picked']});
  }
  const data = {parcel_id: part.parcel?.['id']};
  scan(books, order, {kind: 'pack', code: 'tote', answer: {accepted: true, code: 'ok', ...data}});
  if (part.parcel) part.parcel['packed_at'] = tick(books, 0);
  recordChange(books, order, 'sub_order.parcel_packed', {}, {sub: part.sub, data});
  recordChange(books, order, 'sub_order.packed', {}, {sub: part.sub, stage: 'PACKED'});
}

function track(books: Books, part: Part, status: string): void {
  const at = tick(books);
  add(books, 'parcel_events', {
    parcel_id: part.parcel?.['id'],
    event_key: status,
    status,
    applied: true,
    unread: false,
    at,
    stored_at: at,
  });
  Object.assign(part.parcel ?? {}, {status, status_at: at});
}

export function handOver(books: Books, order: Order, part: Part, status?: string): void {
  const data = {parcel_id: part.parcel?.['id']};
  scan(books, order, {kind: 'dispatch', code: 'TRK', answer: {accepted: true, code: 'ok', ...data}});
  if (part.parcel) part.parcel['dispatched_at'] = tick(books, 0);
  recordChange(books, order, 'sub_order.parcel_dispatched', {}, {sub: part.sub, data});
  for (const {line, row} of part.lines) {
    const qty = Number(row['qty']);
    row['shipped'] = qty;
    shift(line, 'picked', 'in_transit', qty);
    line['ever_shipped'] = Number(line['ever_shipped']) + qty;
    const id = `rsv_${line.id}_${part.warehouse}`;
    const reservation = rowsOf(books, 'reservations').find((r) => r['id'] === id);
    if (reservation) reservation['state'] = 'committed';
    moveStock(books, {
      kind: 'hand_over',
      warehouse: String(part.warehouse),
      sku: line.sku,
      on_hand: -qty,
      reserved: -qty,
      in_transit: qty,
      order_id: order.id,
      line_id: line.id,
      cause: `hand_over:${id}`,
    });
  }
  track(books, part, 'in_transit');
  if (part.parcel) part.parcel['handed_over_at'] = tick(books);
  recordChange(books, order, 'sub_order.in_transit', status ? {status} : {}, {sub: part.sub, stage: 'IN_TRANSIT'});
}

/** The units arrive, or are given up as lost. */
export function arrive(books: Books, order: Order, part: Part, as: 'delivered' | 'lost', status?: string): void {
  for (const {line, row} of part.lines) {
    const qty = Number(row['qty']);
    row[as] = qty;
    shift(line, 'in_transit', as, qty);
    if (as === 'delivered') line['ever_delivered'] = Number(line['ever_delivered']) + qty;
    moveStock(books, {
      kind: as === 'delivered' ? 'deliver' : 'lost',
      warehouse: String(part.warehouse),
      sku: line.sku,
      in_transit: -qty,
      order_id: order.id,
      line_id: line.id,
      cause: `${as}:${String(row['sub_order_id'])}:${line.id}`,
    });
  }
  if (as === 'delivered') track(books, part, 'delivered');
  const stage = as === 'delivered' ? 'DELIVERED' : 'EXCEPTION';
  if (as === 'lost') part.sub['note'] = 'lost';
  recordChange(books, order, `sub_order.${as}`, status ? {status} : {}, {sub: part.sub, stage});
  if (status === 'refunded') recordChange(books, order, 'order.refunded');
}

/** The part is given up before it left: units cancelled, stock free again, label voided. */
export function cancelPart(books: Books, order: Order, part: Part, status: string): void {
  for (const {line, row} of part.lines) {
    const qty = Number(row['qty']);
    row['cancelled'] = qty;
    shift(line, 'reserved', 'cancelled', qty);
    const id = `rsv_${line.id}_${part.warehouse}`;
    const reservation = rowsOf(books, 'reservations').find((r) => r['id'] === id);
    if (reservation) reservation['state'] = 'released';
    moveStock(books, {
      kind: 'release',
      warehouse: String(part.warehouse),
      sku: line.sku,
      reserved: -qty,
      order_id: order.id,
      line_id: line.id,
      cause: `release:${id}`,
    });
  }
  if (part.parcel) Object.assign(part.parcel, {state: 'cancelled', label_state: 'voided', void_state: 'refunded'});
  const at = tick(books);
  for (const shipment of books.carrier.shipments) {
    if (shipment.reference === part.parcel?.['id']) shipment.refund_status = 'refunded';
  }
  for (const label of books.carrier.labels)
    if (label.tracking_code === part.parcel?.['tracking_number']) label.voided_at = at;
  const by = {actor: 'support-1', role: 'support'};
  recordChange(books, order, 'sub_order.cancelled', {}, {sub: part.sub, stage: 'CANCELLED', by});
  recordChange(books, order, 'order.lines_cancelled', {status}, {by});
  recordChange(books, order, 'order.cancelled', {}, {by});
  add(books, 'decisions', {
    id: `cancel:${order.id}`,
    order_id: order.id,
    kind: 'cancel',
    policy_version: 0,
    inputs: {lines: 'all'},
    output: {},
    at: tick(books, 0),
  });
}
