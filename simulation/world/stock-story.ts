import type {OrderView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import {DAY, type OrderPlan} from './plan.ts';

/** What happens to the stock of an order's first line while it is on its way. */
export type StockTurn = 'backorder_filled' | 'backorder_partly' | 'count_breaks_promise' | 'warehouse_off' | 'transfer';

/** Where the goods of these stories lie, one bin each. */
export interface StockPlaces {
  turn: StockTurn;
  sku: string;
  places: {warehouse: string; bin: string}[];
}

const STORIES: Readonly<Record<StockTurn, (story: StockStory) => Promise<void>>> = {
  backorder_filled: (story) => story.comesAtOnce(),
  backorder_partly: (story) => story.comesInTwo(),
  count_breaks_promise: (story) => story.isMiscounted(),
  warehouse_off: (story) => story.isCutOff(),
  transfer: (story) => story.isSentAcross(),
};

/** Plays what receivers, leads and ops do to the stock of one order. */
export function playStock(crew: Crew, plan: OrderPlan, order: OrderView): Promise<void> {
  const {stock} = plan;
  if (!stock) return Promise.resolve();
  return STORIES[stock.turn](new StockStory(crew, plan, stock, order));
}

/** Real milliseconds in which open work should have found another place. */
const MOVE_PATIENCE_MS = 3_000;
/** more than all orders of a run want */
const FOUND_AGAIN = 2_000;

class StockStory {
  readonly #crew: Crew;
  readonly #plan: OrderPlan;
  readonly #stock: StockPlaces;
  readonly #order: OrderView;

  constructor(crew: Crew, plan: OrderPlan, stock: StockPlaces, order: OrderView) {
    this.#crew = crew;
    this.#plan = plan;
    this.#stock = stock;
    this.#order = order;
  }

  async comesAtOnce(): Promise<void> {
    await this.#until(2 * DAY);
    await this.#receive(this.#wanted, 0);
    this.#crew.tally.add('backorders.restocked');
  }

  async comesInTwo(): Promise<void> {
    await this.#until(2 * DAY);
    await this.#receive(1, 0);
    await this.#until(4 * DAY);
    await this.#receive(this.#wanted - 1, 1);
    this.#crew.tally.add('backorders.restocked_in_parts');
  }

  /** The shelf is said to be empty, and a day later somebody finds everything again. */
  async isMiscounted(): Promise<void> {
    await this.#until(this.#plan.journey.pick / 2);
    const moved = await this.#count(0, 'lost');
    if (moved > 0) this.#crew.tally.add('promises.broken', moved);
    await this.#until(this.#plan.journey.pick / 2 + DAY);
    await this.#count(FOUND_AGAIN, 'found');
    this.#crew.tally.add('counts');
  }

  async isCutOff(): Promise<void> {
    await this.#until(this.#plan.journey.pick / 4);
    const part = this.#order.sub_orders.find((sub) => sub.source.id !== null);
    const site = part?.source.id ?? this.#place(0).warehouse;
    await this.#crew.client.switchSite(site, false);
    this.#crew.tally.add('sites.switched_off');
    if (part && (await this.#hasMoved(part.sub_order_id))) this.#crew.tally.add('sites.work_moved');
    await this.#crew.client.switchSite(site, true);
  }

  async isSentAcross(): Promise<void> {
    const [from, to] = [this.#place(0), this.#place(1)];
    const reference = this.#name('across');
    const {sku} = this.#stock;
    const transfer = await this.#crew.client.sendTransfer({sku, qty: 2, from, to, reference});
    if (!transfer) {
      this.#crew.tally.add('transfers.refused');
      return;
    }
    await this.#until(DAY);
    await this.#crew.client.receiveTransfer(transfer.transfer_id, 2);
    this.#crew.tally.add('transfers');
  }

  async #hasMoved(subOrderId: string): Promise<boolean> {
    const began = Date.now();
    while (Date.now() - began < MOVE_PATIENCE_MS) {
      const order = await this.#crew.client.order(this.#order.order_id);
      if (order.sub_orders.some((sub) => sub.sub_order_id === subOrderId && sub.stage === 'CANCELLED')) return true;
      await this.#crew.clock.pause(250);
    }
    return false;
  }

  /** How many promises had to go; units promised to orders that are being accepted are counted a little later. */
  async #count(counted: number, what: string): Promise<number> {
    const {warehouse, bin} = this.#place(0);
    for (let tries = 0; tries < 20; tries += 1) {
      const body = {warehouse, bin, sku: this.#stock.sku, counted, reference: this.#name(`${what}-${tries}`)};
      const booked = await this.#crew.client.count(body);
      if (booked) return booked.moved;
      await this.#crew.clock.pause(500);
    }
    this.#crew.tally.add('counts.given_up');
    return 0;
  }

  async #receive(qty: number, place: number): Promise<void> {
    const {warehouse, bin} = this.#place(place);
    await this.#crew.client.receive({
      warehouse,
      sku: this.#stock.sku,
      qty,
      bin,
      reference: this.#name(`came-${place}`),
    });
  }

  get #wanted(): number {
    return this.#plan.body.lines.filter(({sku}) => sku === this.#stock.sku).reduce((sum, {qty}) => sum + qty, 0);
  }

  #place(index: number): {warehouse: string; bin: string} {
    const place = this.#stock.places[index % this.#stock.places.length];
    if (!place) throw new Error(`${this.#stock.sku} lies nowhere`);
    return place;
  }

  #name = (what: string) => `${this.#crew.tag}:${this.#plan.name}:${what}`.slice(0, 100);

  #until(after: number): Promise<void> {
    return this.#crew.clock.until(this.#crew.began + this.#plan.at + after);
  }
}

/** Whoever leads the floor counts the bins in which pickers missed something, and finds more than enough. */
export async function answerCounts(crew: Crew, warehouse: string): Promise<void> {
  for (const {task_id} of await crew.client.openCounts(warehouse)) {
    if (await crew.client.answerCount(task_id, FOUND_AGAIN)) crew.tally.add('counts.answered');
  }
}
