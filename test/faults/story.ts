import type {OrderView, ScanAnswer, TaskView} from '../../simulation/api-types.ts';
import {offer, orderOf, type Wish} from '../support/shop.ts';
import type {World} from '../support/world.ts';
import type {Cell, Shape, Twist} from './catalogue.ts';
import {Change} from './changed.ts';
import type {Front} from './fronts.ts';
import {InBulk} from './in-bulk.ts';
import {isSuppliers, suppliedWish} from './supplied.ts';
import type {SeenOrder, SeenParcel, SeenPart} from './lookout.ts';
import {paidBy, payersMove} from './payer.ts';
import {explain, strangeDelivery} from './unread.ts';
import {waitsForWave, wavedWish} from './waved.ts';

/** Above it a person judges the order. */
const SUSPICIOUS = 400_000;
const ORDINARY = 1_001;

/** Good for one hold, and for none without its customer. */
const GOOD_ONCE = 'pm_card_declineOffSession';

/** Where there are parts to be held for later, a change can be paid for. */
function cardOf(twist: Twist, shape: Shape): string | undefined {
  return twist === 'broke' || (twist === 'change_declined' && shape === 'one') ? GOOD_ONCE : undefined;
}

/** What is ordered: every shape has stock of its own, and for a short pick some more elsewhere. */
export async function wishOf(world: World, {id, shape, twist}: Pick<Cell, 'id' | 'shape' | 'twist'>): Promise<Wish> {
  if (twist === 'supplied') return suppliedWish(world, shape);
  if (twist === 'waved') return wavedWish(world);
  const price = twist === 'rejected' || twist === 'unreviewed' ? SUSPICIOUS : ORDINARY;
  const spare = twist === 'short' ? 2 : 0;
  const card = cardOf(twist, shape);
  const qty = shape === 'one' ? 2 : 3;
  const method = card ? {payment_method: card} : await paidBy(world, twist, id, {price, qty});
  if (shape === 'one') {
    const at = {EAST: 2, ...(spare ? {WEST: spare} : {})};
    return {...method, lines: [{sku: await offer(world.api, {price, at}), qty}]};
  }
  if (shape === 'split') {
    const sku = await offer(world.api, {price, at: {EAST: 1, WEST: 1, LAKE: 1}});
    return {...method, lines: [{sku, qty}]};
  }
  const sku = await offer(world.api, {price, at: {EAST: 2}, backorderable: true});
  return {...method, lines: [{sku, qty}]};
}

/** The people around one order, who do whatever it needs next; what is refused because of a cancellation is fine. */
export class Hands {
  readonly orderId: string;
  private readonly world: World;
  private readonly front: Front;
  private readonly twist: Twist;
  private readonly cellId: string;
  private readonly change: Change;
  private readonly bulk: InBulk;
  private readonly done = new Set<string>();
  private operations = 0;

  constructor(world: World, front: Front, cell: {id: string; twist: Twist}, orderId: string) {
    this.world = world;
    this.front = front;
    this.twist = cell.twist;
    this.cellId = cell.id;
    this.orderId = orderId;
    this.change = new Change(world, front, cell.id, orderId);
    this.bulk = new InBulk(front, cell.id, orderId, cell.twist === 'in_bulk' ? 'cancel' : 'hold');
  }

  /** One round of everything that can be done now. */
  async act(seen: SeenOrder): Promise<void> {
    if (await this.twistBefore(seen)) return;
    for (const part of seen.parts) if (!this.waitsForOthers(part, seen)) await this.actOn(part);
    if (this.twist === 'stocked') {
      if (seen.parts.some((part) => part.stage === 'BACKORDERED'))
        await this.once('bring stock', () => this.bringStock());
    } else if (await this.restIsHeld(seen)) await this.once('cancel the backorder', () => this.cancel());
  }

  /** What is done about the money of an order that has ended; true when nothing is under way any more. */
  async afterwards(): Promise<boolean> {
    const {refunds, disputes, captures} = this.world.api.store.prisma;
    const where = {order_id: this.orderId};
    if (MONEY.includes(this.twist) && (await captures.count({where})) === 0) return true;
    if (this.twist === 'refunded') {
      await this.once('ask for a refund', () => this.askForRefund());
      const rows = await refunds.findMany({where});
      return rows.length > 0 && rows.every(({state}) => state === 'succeeded');
    }
    if (this.twist === 'sent_back' || this.twist === 'kept') return this.sendBack();
    if (this.done.has('move house')) return this.change.labelsArePaidBack();
    if (isInBulk(this.twist)) return this.actOnMany();
    if (this.twist === 'disputed') {
      await this.once('dispute the money', () => this.disputeMoney());
      const rows = await disputes.findMany({where});
      for (const {provider_ref, state} of rows) {
        if (state === 'submitted') await this.once(`decide ${provider_ref}`, () => this.decideDispute(provider_ref));
      }
      return rows.length > 0 && rows.every(({closed_at}) => closed_at !== null);
    }
    return true;
  }

  /** One unit goes back for its money, or is announced and kept; true when its return has come to its end. */
  private async sendBack(): Promise<boolean> {
    await this.once('ask for a return', () => this.askForReturn());
    const {returns, side_runs} = this.world.api.store.prisma;
    const found = await returns.findFirst({where: {order_id: this.orderId}});
    if (!found) return false;
    const {id, state, tracking_number: code} = found;
    if (this.twist === 'kept' && state === 'label_ready') await this.once('keep it', () => this.cancelReturn(id));
    if (this.twist === 'sent_back' && state === 'label_ready' && code)
      await this.once('scan it in', async () => (await this.scan('receiver', {kind: 'return', code})).accepted);
    if (state === 'received') await this.once('inspect it', () => this.inspect(id));
    const open = await side_runs.count({where: {order_id: this.orderId, ended_at: null}});
    return found.ended_at !== null && open === 0;
  }

  private async askForReturn(): Promise<boolean> {
    const line = await this.world.api.store.prisma.order_lines.findFirst({
      where: {order_id: this.orderId, delivered: {gt: 0}},
    });
    const body = {lines: [{line_id: line?.id, qty: 1, reason: 'changed_mind'}]};
    const path = `/v1/orders/${this.orderId}/returns`;
    return (await this.front.as('support').post(path, body, `${this.cellId}-return`)).status === 201;
  }

  private async cancelReturn(id: string): Promise<boolean> {
    return (await this.front.as('support').post(`/v1/returns/${id}/cancel`, {}, `${this.cellId}-keep`)).status === 200;
  }

  private async inspect(id: string): Promise<boolean> {
    const lines = (await this.world.api.store.prisma.return_lines.findMany({where: {return_id: id}})).map((line) => ({
      line_id: line.line_id,
      qty: line.qty,
      grade: 'as_new',
    }));
    const path = `/v1/returns/${id}/inspect`;
    return (await this.front.as('receiver').post(path, {lines}, `${this.cellId}-inspect`)).status === 200;
  }

  private async askForRefund(): Promise<boolean> {
    const body = {kind: 'goodwill', amount: {amount: 100, currency: 'USD'}, reason: 'it came late'};
    const path = `/v1/orders/${this.orderId}/refunds`;
    return (await this.front.as('support').post(path, body, `${this.cellId}-refund`)).status === 201;
  }

  private async disputeMoney(): Promise<boolean> {
    const {payments} = this.world.api.store.prisma;
    const payment = await payments.findFirst({where: {order_id: this.orderId, captured_amount: {gt: 0}}});
    return payment !== null && this.control('disputes', {payment_intent: payment.provider_ref});
  }

  private decideDispute(dispute: string): Promise<boolean> {
    return this.control('disputes/close', {dispute, outcome: 'won'});
  }

  private control(path: string, body: object): Promise<boolean> {
    const url = `${this.world.stripeUrl}/_control/${path}`;
    return arrived(fetch(url, {method: 'POST', body: JSON.stringify(body)}));
  }

  /** Nothing but a backorder is left, and what was delivered is paid: what is left is held by itself. */
  private async restIsHeld({parts}: SeenOrder): Promise<boolean> {
    const open = parts.filter((p) => !ENDED.includes(p.stage));
    if (open.length === 0 || open.some((p) => p.stage !== 'BACKORDERED')) return false;
    const delivered = parts.filter((p) => p.stage === 'DELIVERED').length;
    return delivered === 0 || (await this.timesHappened('order.captured')) >= delivered;
  }

  /** True while the story waits for something before the floor goes on. */
  private async twistBefore(seen: SeenOrder): Promise<boolean> {
    const {world, front, cellId, twist} = this;
    const payer = {world, front, cellId, twist, cancel: () => this.cancel()};
    const move = payersMove(payer, seen);
    if (move) await this.once(move.what, move.act);
    if (seen.parts.length === 0 && this.twist !== 'rejected') return true;
    switch (this.twist) {
      case 'rejected':
        if (seen.waiting_on === 'fraud_review') await this.once('reject', () => this.reject());
        return seen.parts.length === 0;
      case 'cancelled':
        await this.once('cancel', () => this.cancel());
        return false;
      case 'renewed':
        await this.once('lose the hold', () => this.loseHold());
        return (await this.timesHappened('order.hold_renewed')) === 0;
      case 'broke':
        await this.once('lose the hold', () => this.loseHold());
        if (seen.waiting_on === 'payment_renewal') await this.once('cancel', () => this.cancel());
        return seen.waiting_on !== 'payment_renewal' && !this.done.has('cancel');
      case 'changed':
      case 'change_declined':
        await this.once('add a line', () => this.change.addLine());
        return !this.done.has('add a line');
      case 'relabelled':
        return this.relabel(seen);
      case 'in_bulk':
      case 'in_bulk_undone':
        return !(await this.actOnMany());
      default:
        return false;
    }
  }

  /** True when its address was changed just now, or is still to be: once a parcel has its label. */
  private async relabel({parts}: SeenOrder): Promise<boolean> {
    if (this.done.has('move house') || !parts.some(({stage}) => stage === 'PACKED')) return false;
    await this.once('move house', () => this.change.moveHouse());
    return true;
  }

  /** True once nothing of it is under way. */
  private async actOnMany(): Promise<boolean> {
    await this.bulk.move();
    return this.bulk.over;
  }

  /** They leave when all are packed, and travel on when all have left. */
  private waitsForOthers({stage}: SeenPart, {parts}: SeenOrder): boolean {
    if (this.twist !== 'together') return false;
    const behind = parts.some((other) => stepOf(other.stage) < stepOf(stage));
    return behind && (stage === 'PACKED' || stage === 'IN_TRANSIT');
  }

  private async actOn(part: SeenPart): Promise<void> {
    const {id} = part;
    if (part.tasks.includes('pick')) {
      if (this.twist === 'waved' && (await waitsForWave(this.world, id))) return;
      await this.once(`pick ${id}`, () => this.pick(part));
    } else if (part.tasks.includes('pack')) await this.once(`pack ${id}`, () => this.pack(part));
    else if (part.stage === 'PACKED') await this.once(`dispatch ${id}`, () => this.dispatch(part));
    else if (part.stage === 'IN_TRANSIT' && this.twist !== 'lost') {
      for (const parcel of part.parcels) {
        await this.once(`carry ${parcel.id}`, () => this.carry(parcel));
        if (this.twist === 'unread')
          await this.once(`explain ${parcel.id}`, () => explain(this.world, this.front, parcel.id));
      }
    }
  }

  private async once(what: string, act: () => Promise<boolean>): Promise<void> {
    if (this.done.has(what)) return;
    this.done.add(what);
    if (!(await act())) this.done.delete(what);
  }

  private async task(part: SeenPart, kind: 'pick' | 'pack'): Promise<TaskView | undefined> {
    const path = `/v1/warehouses/${part.source_id}/tasks?state=open&limit=500`;
    const {body} = await this.front.as('warehouse_lead').get(path);
    return (body as TaskView[]).find((t) => t.sub_order_id === part.id && t.kind === kind);
  }

  /** What a busy service did not take is sent again, as a handheld does. */
  private async scan(role: 'picker' | 'packer' | 'receiver', body: object): Promise<ScanAnswer> {
    this.operations += 1;
    const scan = {...body, operation_id: `${this.cellId}-${this.operations}`};
    for (;;) {
      const answer = await this.front.as(role).post('/v1/scans', scan);
      if (answer.status < 500 && answer.status !== 429) return answer.body as ScanAnswer;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  private async pick(part: SeenPart): Promise<boolean> {
    const task = await this.task(part, 'pick');
    if (!task) return false;
    const {task_id} = task;
    for (const stop of task.stops.filter((s) => s.qty > 0)) {
      const short = this.twist === 'short' && !this.done.has('short') ? 1 : 0;
      if (short) this.done.add('short');
      await this.scan('picker', {task_id, kind: 'bin', code: stop.bin});
      if (stop.qty > short)
        await this.scan('picker', {task_id, kind: 'item', code: stop.barcode, qty: stop.qty - short});
      if (short) await this.scan('picker', {task_id, kind: 'short', code: stop.barcode, qty: short});
    }
    return true;
  }

  private async pack(part: SeenPart): Promise<boolean> {
    const task = await this.task(part, 'pack');
    for (const {suggested_box, expected_g: weight_g} of task?.parcels ?? []) {
      const code = task?.task_id ?? '';
      const box = suggested_box ? {box: suggested_box} : {};
      await this.scan('packer', {task_id: code, kind: 'pack', code, weight_g, ...box});
    }
    return task !== undefined;
  }

  private async dispatch(part: SeenPart): Promise<boolean> {
    if (part.parcels.some(({tracking_number}) => tracking_number === null)) return false;
    for (const {tracking_number} of part.parcels) {
      if (tracking_number) await this.scan('packer', {kind: 'dispatch', code: tracking_number});
    }
    return true;
  }

  private async carry({id, tracking_number}: SeenParcel): Promise<boolean> {
    if (isSuppliers(tracking_number)) return true;
    const silent = this.twist === 'unheard';
    const statuses = ['in_transit', 'out_for_delivery', 'delivered'];
    const events = this.twist === 'unread' ? strangeDelivery(id) : statuses.map((status) => ({status}));
    const body = {tracking_code: tracking_number, silent, events};
    const init = {method: 'POST', body: JSON.stringify(body)};
    return arrived(fetch(`${this.world.carrierUrl}/_control/trackers`, init));
  }

  /** What the order waits for arrives. */
  private async bringStock(): Promise<boolean> {
    const line = await this.world.api.store.prisma.order_lines.findFirst({
      where: {order_id: this.orderId, backordered: {gt: 0}},
    });
    if (!line) return false;
    const receipt = {warehouse: 'WEST', sku: line.sku, qty: line.backordered, bin: 'A-1', reference: this.cellId};
    return (await this.front.as('receiver').post('/v1/inventory/receipts', receipt)).status === 200;
  }

  private cancel(): Promise<boolean> {
    this.operations += 1;
    return cancelOrder(this.front, this.orderId, `${this.cellId}-${this.operations}`);
  }

  private async reject(): Promise<boolean> {
    const review = await this.world.api.store.prisma.reviews.findUnique({where: {order_id: this.orderId}});
    const verdict = {decision: 'reject', note: 'unknown'};
    return (await this.front.as('support').post(`/v1/reviews/${review?.id}`, verdict)).status === 200;
  }

  /** The bank takes the hold back, as when it expires. */
  private async loseHold(): Promise<boolean> {
    const payment = await this.world.api.store.prisma.payments.findFirst({
      where: {order_id: this.orderId, state: 'authorized'},
    });
    if (!payment) return false;
    // without a key: an answer of 500 would be kept under it
    const headers = {Authorization: 'Bearer sk_test_emulator'};
    const url = `${this.world.stripeUrl}/v1/payment_intents/${payment.provider_ref}/cancel`;
    return arrived(fetch(url, {method: 'POST', headers}));
  }

  private timesHappened(type: string): Promise<number> {
    return this.world.api.store.prisma.events.count({where: {order_id: this.orderId, type}});
  }

  /** Places the order, and again under the same key while there is no answer; its id, refused or not. */
  static async place(front: Front, wish: Wish, key: string): Promise<string> {
    const order = orderOf({...wish, person: {phone: phoneOf()}});
    for (;;) {
      const {status, body, text} = await front.as('checkout').post('/v1/orders', order, key);
      const {order_id} = body as Partial<OrderView>;
      if (order_id) return order_id;
      if (status < 500 && status !== 409 && status !== 429) throw new Error(`the order was refused: ${status} ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** A neighbour that misbehaves is asked again in the next round. */
const arrived = (answer: Promise<Response>): Promise<boolean> =>
  answer.then(
    ({ok}) => ok,
    () => false,
  );

const MONEY: readonly Twist[] = ['refunded', 'disputed', 'sent_back', 'kept'];
const isInBulk = (twist: Twist): boolean => twist === 'in_bulk' || twist === 'in_bulk_undone';
const STEPS = ['ALLOCATED', 'PICKING', 'SHORT_PICKED', 'PICKED', 'PACKED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY'];
/** What has come to an end has no step before it. */
const stepOf = (stage: string) => (STEPS.includes(stage) ? STEPS.indexOf(stage) : STEPS.length);
const ENDED: readonly string[] = ['DELIVERED', 'CANCELLED', 'EXCEPTION'];

let phones = 0;
/** Every customer has a number, so that each order's arrival is told by text too. */
const phoneOf = () => `+1 212 555 ${1000 + (phones += 1)}`;

/** The customer cancels whatever is still possible, and asks again until there is an answer; was anything cancelled? */
export async function cancelOrder(front: Front, orderId: string, key: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const body = {reason: 'changed my mind'};
    const {status} = await front.as('support').post(`/v1/orders/${orderId}/cancel`, body, key);
    if (status === 200 || status === 409) return status === 200;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}
