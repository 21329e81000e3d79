import {BOSTON, offer} from '../support/shop.ts';
import type {World} from '../support/world.ts';
import type {Front} from './fronts.ts';

const ADDED = 1_203;

interface Refusal {
  errors?: {code: string}[];
}

/** Support changes one order, and asks again until it is told what came of it. */
export class Change {
  private readonly world: World;
  private readonly front: Front;
  private readonly cellId: string;
  private readonly orderId: string;
  private sku: string | null = null;
  private asked = 1;

  constructor(world: World, front: Front, cellId: string, orderId: string) {
    this.world = world;
    this.front = front;
    this.cellId = cellId;
    this.orderId = orderId;
  }

  /** One unit of another product; true once that is decided. */
  async addLine(): Promise<boolean> {
    this.sku ??= await offer(this.world.api, {price: ADDED, at: {EAST: 1}});
    return this.ask({kind: 'add_lines', add: [{sku: this.sku, qty: 1}]});
  }

  moveHouse(): Promise<boolean> {
    return this.ask({kind: 'address', ship_to: BOSTON});
  }

  /** The carrier gives the money for unused labels back as soon as it was asked; true when all of it is back. */
  async labelsArePaidBack(): Promise<boolean> {
    const {parcels, side_runs} = this.world.api.store.prisma;
    const asked = await parcels.findMany({where: {order_id: this.orderId, void_state: 'submitted'}});
    for (const {shipment_ref: shipment_id} of asked) {
      const body = JSON.stringify({shipment_id, state: 'refunded'});
      await fetch(`${this.world.carrierUrl}/_control/refunds`, {method: 'POST', body}).catch(() => null);
    }
    const where = {order_id: this.orderId, kind: 'labelVoidWorkflow'};
    const [all, open] = await Promise.all([
      side_runs.count({where}),
      side_runs.count({where: {...where, ended_at: null}}),
    ]);
    return all > 0 && open === 0;
  }

  private async ask(body: object): Promise<boolean> {
    const key = `${this.cellId}-change-${this.asked}`;
    const path = `/v1/orders/${this.orderId}/changes`;
    const answer = await this.front.as('support').post(path, {...body, reason: 'the customer called'}, key);
    const codes = (answer.body as Refusal).errors?.map(({code}) => code) ?? [];
    if (codes.includes('not_yet_allocated')) {
      this.asked += 1;
      return false;
    }
    return [200, 402, 409].includes(answer.status);
  }
}
