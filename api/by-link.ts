import {findTracked} from '../store/find-tracked.ts';
import type {orders} from '../store/generated/client.ts';
import type {Actor} from '../store/record-change.ts';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';
import {requestHash} from './request-hash.ts';
import type {Answer} from './route.ts';

/** Whoever has the link of an order is its customer. */
export const CUSTOMER: Actor = {actor: 'customer', role: 'customer'};

/** The order behind a link; guessed, cut off and ended links are answered alike. */
export async function orderByLink({store}: ApiDeps, token: string): Promise<orders> {
  const order = await findTracked(store, token);
  if (!order) throw new Problem('not_found', 'this link leads nowhere');
  return order;
}

/** Everybody behind links shares one client: a key counts for its order only. */
export const requestByLink = (order: orders, ...parts: unknown[]): string =>
  requestHash('track', order.id, ...parts).slice(0, 32);

const PRIVATE = {'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex', 'Cache-Control': 'no-store'};

export const privately = (answer: Answer): Answer => ({...answer, headers: {...answer.headers, ...PRIVATE}});
