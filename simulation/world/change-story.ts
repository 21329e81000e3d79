import type {
  ChangeAnswer,
  ChangeBody,
  LineView,
  OrderBody,
  OrderView,
  ParcelView,
  Problem,
  ScanBody,
  SubOrderView,
} from '../api-types.ts';
import type {Crew} from './crew.ts';
import type {OrderPlan} from './plan.ts';
import {putBack} from './put-back.ts';
import {addedValue, deliveredValue} from './value.ts';

/** What support changes of a placed order: before anybody picks it, or when its parcels stand at the dock. */
export type ChangeTurn =
  | 'change_quantity_down'
  | 'change_quantity_up'
  | 'change_add_line'
  | 'change_address'
  | 'change_address_labelled'
  | 'hold_release'
  | 'cancel_packed';

export interface ChangePlan {
  turn: ChangeTurn;
  /** change_address, change_address_labelled */
  ship_to?: OrderBody['ship_to'];
  /** change_add_line */
  add?: string;
}

/** How the counts call it. */
const TOLD: Readonly<Record<ChangeTurn, string>> = {
  change_quantity_down: 'fewer_units',
  change_quantity_up: 'more_units',
  change_add_line: 'lines_added',
  change_address: 'address',
  change_address_labelled: 'address_of_labelled',
  hold_release: 'held_and_released',
  cancel_packed: 'packed_cancelled',
};

const AT_THE_DOCK: ReadonlySet<ChangeTurn> = new Set(['change_address_labelled', 'cancel_packed']);
/** An order that has its places is under way a moment later. */
const NOT_YET = 'not_yet_allocated';
const TRIES = 40;

/** What is changed of one order, and what it is worth to its customer afterwards. */
export class ChangeStory {
  readonly #crew: Crew;
  readonly #plan: OrderPlan;
  #done = false;
  #asked = 0;
  /** as the order goes now */
  #body: OrderBody;
  #added: ChangeAnswer['applied'] = [];

  constructor(crew: Crew, plan: OrderPlan) {
    this.#crew = crew;
    this.#plan = plan;
    this.#body = plan.body;
  }

  /** What the delivered units are worth, minor units: what was added at its own price, all at the last address's tax. */
  worth(lines: readonly LineView[]): number {
    const {prices} = this.#crew;
    const added = (line: LineView) => this.#added.some(({line_id}) => line_id === line.line_id);
    const first = lines.filter((line) => !added(line));
    return (
      deliveredValue(prices.lineTotals(this.#body), this.#body, first) +
      addedValue(prices, this.#body.ship_to, lines.filter(added))
    );
  }

  /** Before anybody takes the order up; true when it should be looked at again at once. */
  async act(order: OrderView): Promise<boolean> {
    const {change, at, journey} = this.#plan;
    if (!change || AT_THE_DOCK.has(change.turn) || this.#done || order.sub_orders.length === 0) return false;
    this.#done = true;
    await this.#crew.clock.until(this.#crew.began + at + journey.pick / 2);
    await this.#early(change, order);
    return true;
  }

  /** Its parcels have their labels; `moved` when they are not to be handed over as they stand. */
  async atTheDock(orderId: string, sub: SubOrderView, parcels: readonly ParcelView[]): Promise<'as planned' | 'moved'> {
    const {change} = this.#plan;
    if (change?.turn === 'hold_release') await this.#holdAtTheDock(orderId, parcels);
    if (!change || !AT_THE_DOCK.has(change.turn) || this.#done) return 'as planned';
    this.#done = true;
    if (change.turn === 'cancel_packed') await this.#cancelPacked(orderId, sub);
    else await this.#moveHouse(orderId, change);
    for (const parcel of parcels) await this.#mayNotLeave(parcel, 'cancelled');
    return 'moved';
  }

  async #early(change: ChangePlan, order: OrderView): Promise<void> {
    const {order_id, lines} = order;
    const line = lines.find(({sku}) => sku === this.#body.lines[0]?.sku);
    if (!line) throw new Error('the order lost its first line');
    const {line_id, qty} = line;
    switch (change.turn) {
      case 'change_quantity_down':
        await this.#make(order_id, {kind: 'quantity', lines: [{line_id, qty: qty - 1}]});
        return;
      case 'change_quantity_up':
        await this.#more(order_id, {kind: 'quantity', lines: [{line_id, qty: qty + 1}]});
        return;
      case 'change_add_line':
        await this.#more(order_id, {kind: 'add_lines', add: [{sku: change.add ?? '', qty: 2}]});
        return;
      case 'hold_release':
        return this.#holdBack(order);
      default:
        return this.#moveHouse(order_id, change);
    }
  }

  async #more(orderId: string, body: Omit<ChangeBody, 'reason'>): Promise<void> {
    const {applied} = await this.#make(orderId, body);
    this.#added = applied;
  }

  async #moveHouse(orderId: string, {ship_to}: ChangePlan): Promise<void> {
    if (!ship_to) throw new Error('a story of another address has none');
    await this.#make(orderId, {kind: 'address', ship_to});
    this.#body = {...this.#body, ship_to};
  }

  /** Nobody is sent to an order on hold, and whoever was sent before is turned away. */
  async #holdBack({order_id, sub_orders}: OrderView): Promise<void> {
    const sub = sub_orders.find(({source, stage}) => source.kind === 'warehouse' && stage !== 'CANCELLED');
    const open = () => this.#crew.floor.task(sub?.source.id ?? '', sub?.sub_order_id ?? '', 'pick', 0);
    const task = sub && (await this.#crew.floor.task(sub.source.id ?? '', sub.sub_order_id, 'pick'));
    await this.#make(order_id, {kind: 'hold'});
    if (task) {
      const operation_id = `${this.#crew.tag}:${task.task_id}:held`;
      const [stop] = task.stops;
      await this.#isRefused({operation_id, task_id: task.task_id, kind: 'bin', code: stop?.bin ?? ''}, 'on_hold');
      if (await open()) throw new Error('a picker is sent to an order on hold');
    }
    const {at, journey} = this.#plan;
    await this.#crew.clock.until(this.#crew.began + at + journey.pick);
    await this.#make(order_id, {kind: 'release'});
  }

  async #holdAtTheDock(orderId: string, parcels: readonly ParcelView[]): Promise<void> {
    await this.#make(orderId, {kind: 'hold'});
    for (const parcel of parcels) await this.#mayNotLeave(parcel, 'on_hold');
    await this.#make(orderId, {kind: 'release'});
  }

  /** Support takes the first line of the part back; what was picked of it returns to its shelf. */
  async #cancelPacked(orderId: string, {sub_order_id, source, lines: [line]}: SubOrderView): Promise<void> {
    if (!line) throw new Error('a part is packed without a line');
    const {line_id, qty} = line;
    const body = {lines: [{line_id, qty}], unpick: true, reason: 'must not be sent'};
    const result = await this.#crew.client.cancel(orderId, body, this.#key());
    if (result.refused) throw new Error(`packed units were not taken back: ${why(result.problem)}`);
    this.#count();
    await putBack(this.#crew, source.id ?? '', sub_order_id);
  }

  /** A parcel without a good label, or of an order on hold, stays in the house. */
  #mayNotLeave({parcel_id, tracking_number}: ParcelView, code: string): Promise<void> {
    const operation_id = `${this.#crew.tag}:${parcel_id}:${code}`;
    return this.#isRefused({operation_id, kind: 'dispatch', code: tracking_number ?? parcel_id}, code);
  }

  async #isRefused(scan: ScanBody, code: string): Promise<void> {
    const answer = await this.#crew.client.scan(scan.kind === 'dispatch' ? 'packer' : 'picker', scan);
    if (!answer.accepted && answer.code === code) return;
    throw new Error(`a ${scan.kind} scan was to be refused as ${code}, and was answered ${answer.code}`);
  }

  async #make(orderId: string, body: Omit<ChangeBody, 'reason'>): Promise<ChangeAnswer> {
    for (let tries = 0; ; tries += 1) {
      const {client, clock} = this.#crew;
      const result = await client.change(orderId, {...body, reason: 'the customer called'}, this.#key());
      if (!result.refused) {
        if (body.kind !== 'hold') this.#count();
        return result.answer;
      }
      const code = why(result.problem);
      if (code !== NOT_YET || tries === TRIES) throw new Error(`a change (${body.kind}) was refused: ${code}`);
      await clock.pause(250);
    }
  }

  #count(): void {
    const {change} = this.#plan;
    if (change) this.#crew.tally.add(`changes.${TOLD[change.turn]}`);
  }

  #key(): string {
    this.#asked += 1;
    return `${this.#crew.tag}-${this.#plan.name}-change-${this.#asked}`;
  }
}

const why = ({code, errors}: Problem) => errors?.[0]?.code ?? code ?? 'for no reason';
