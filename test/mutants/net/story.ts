import type {Policy} from '../../../domain/policy/policy.ts';
import type {OrderView} from '../../../simulation/api-types.ts';
import {offer, type Offer, type Wish} from '../../support/shop.ts';
import type {Net} from './net-world.ts';

/** Something that happens in the shop, from an order to its end. Whatever it waits for in vain is a finding. */
export interface Story {
  name: string;
  /** its order is placed before everything else, under this policy; `answered`: with another status than 201 */
  under?: {policy: Partial<Policy>; wish: (net: Net) => Promise<Wish>; answered?: number};
  play(net: Net, order: OrderView): Promise<void>;
}

export function expect(what: string, holds: boolean, seen?: unknown): asserts holds {
  if (!holds) throw new Error(`${what}${seen === undefined ? '' : `: ${JSON.stringify(seen)}`}`);
}

/** An order of one new product. */
export async function buyNew(net: Net, qty: number, what: Offer, wish: Partial<Wish> = {}): Promise<OrderView> {
  return net.floor.buy(await wishFor(net, qty, what, wish));
}

export async function wishFor({world}: Net, qty: number, what: Offer, wish: Partial<Wish> = {}): Promise<Wish> {
  return {lines: [{sku: await offer(world.api, what), qty}], ...wish};
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The one line of a one-line order. */
export function lineOf(order: OrderView, i = 0): string {
  return order.lines[i]?.line_id ?? '';
}
