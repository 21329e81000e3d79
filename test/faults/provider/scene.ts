import {createHmac} from 'node:crypto';
import type {OrderView, ParcelView, SubOrderView} from '../../../simulation/api-types.ts';
import {EASYPOST_SECRET, STRIPE_SECRET} from '../../support/api.ts';
import {capturesOf, holdsOf, labels} from '../../support/books.ts';
import {type Floor, openFloor} from '../../support/floor.ts';
import {offer, type Wish} from '../../support/shop.ts';
import type {World} from '../../support/world.ts';

export interface Bought {
  id: string;
  order: OrderView;
  east: SubOrderView;
  total: number;
}

export type Neighbour = 'stripe' | 'carrier';

/** One behaviour of a neighbour, by the name of its kind in the fault catalogue. */
export interface ProviderCell {
  id: string;
  /** throws a sentence when the order does not come out right */
  run: (scene: Scene) => Promise<void>;
}

export function claim(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

/** A shop, its neighbours, and how to make them misbehave. */
export class Scene {
  readonly world: World;
  readonly floor: Floor;
  /** what the relay warned of */
  readonly warnings: string[];

  constructor(world: World, warnings: string[]) {
    this.world = world;
    this.floor = openFloor(world);
    this.warnings = warnings;
  }

  urlOf(at: Neighbour): string {
    return at === 'stripe' ? this.world.stripeUrl : this.world.carrierUrl;
  }

  async fault(at: Neighbour, spec: object): Promise<void> {
    await this.floor.control(this.urlOf(at), 'faults', spec);
  }

  /** How often the faults struck; they are gone afterwards. */
  async struck(at: Neighbour): Promise<number> {
    const {faults} = (await this.floor.control(this.urlOf(at), 'faults')) as {faults: {fired: number}[]};
    await fetch(`${this.urlOf(at)}/_control/faults`, {method: 'DELETE'});
    return faults.reduce((sum, f) => sum + f.fired, 0);
  }

  async buy(wish: Partial<Wish> = {}): Promise<Bought> {
    const sku = await offer(this.world.api, {at: {EAST: 2}});
    const order = await this.floor.buy({lines: [{sku, qty: 2}], ...wish});
    return {id: order.order_id, order, east: this.floor.partFrom(order, 'EAST'), total: order.total.amount};
  }

  /** Bought, picked, packed and handed to the carrier. */
  async onTheRoad(wish: Partial<Wish> = {}): Promise<Bought & {parcel: ParcelView}> {
    const bought = await this.buy(wish);
    await this.floor.pick(bought.east);
    await this.floor.pack(bought.id, bought.east);
    await this.floor.dispatch(bought.id, bought.east);
    const [parcel] = (await this.floor.order(bought.id)).sub_orders[0]?.parcels ?? [];
    claim(parcel !== undefined, 'nothing is on the road');
    return {...bought, parcel};
  }

  /** Packs without waiting for the labels. */
  async scanPack(part: SubOrderView): Promise<void> {
    const {task_id, parcels} = await this.floor.openTask(part, 'pack');
    for (const {suggested_box, expected_g: weight_g} of parcels) {
      const box = suggested_box ? {box: suggested_box} : {};
      const scan = {task_id, kind: 'pack' as const, code: task_id, weight_g, ...box};
      claim((await this.floor.scan(scan, 'packer')).accepted, 'the pack scan was refused');
    }
  }

  /** Delivered, and paid exactly once. */
  async paid({id, total}: Bought): Promise<void> {
    await this.floor.ends(id, 'delivered');
    const amounts = (await capturesOf(this.world, id)).map((c) => c.amount);
    claim(amounts.length === 1 && amounts[0] === total, `captured ${JSON.stringify(amounts)} instead of ${total} once`);
  }

  /** Cancelled, and nothing is held any more. */
  async free(id: string): Promise<void> {
    await this.floor.ends(id, 'cancelled');
    const live = (await holdsOf(this.world, id)).filter((h) => h.amount_capturable > 0 || h.amount_received > 0);
    claim(live.length === 0, `${live.length} holds are left or taken`);
  }

  async labelsOf(id: string): Promise<number> {
    const codes = new Set(
      (await this.world.api.store.prisma.parcels.findMany({where: {order_id: id}})).map((p) => p.shipment_ref),
    );
    return (await labels(this.world)).filter((l) => codes.has(l.shipment_id)).length;
  }

  /** A webhook with the provider's own signature, whatever it says. */
  async stripeSays(event: object): Promise<void> {
    const body = JSON.stringify(event);
    const time = Math.floor(Date.now() / 1000);
    const signed = createHmac('sha256', STRIPE_SECRET).update(`${time}.${body}`).digest('hex');
    await this.post('stripe', body, {'Stripe-Signature': `t=${time},v1=${signed}`});
  }

  async carrierSays(result: object, id: string): Promise<void> {
    const body = JSON.stringify({id, object: 'Event', description: 'tracker.updated', result});
    const signed = createHmac('sha256', EASYPOST_SECRET.normalize('NFKD')).update(body).digest('hex');
    await this.post('easypost', body, {'X-Hmac-Signature': `hmac-sha256-hex=${signed}`});
  }

  private async post(hook: string, body: string, headers: Record<string, string>): Promise<void> {
    const url = `http://127.0.0.1:${this.world.api.port}/v1/webhooks/${hook}`;
    const sent = {method: 'POST', headers: {'Content-Type': 'application/json', ...headers}, body};
    const {status} = await fetch(url, sent);
    claim(status === 200, `a signed webhook was answered ${status}`);
  }
}
