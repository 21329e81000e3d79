import {AsyncLocalStorage} from 'node:async_hooks';
import {freshKey, type TestApi} from '../../support/api.ts';

/** One call of the public API and what was answered, as the caller has it. */
export interface Entry {
  path: string;
  key: string;
  body: Record<string, unknown>;
  status: number;
  answer: Record<string, unknown>;
}

export interface Journal {
  journal: readonly Entry[];
  /** plays a story, and counts its orders as done when it has come to its end and `after` has */
  played(
    story: () => Promise<void>,
    early: readonly string[],
    after: (orders: string[]) => Promise<void>,
  ): Promise<void>;
  /** orders whose story has ended at least so many milliseconds ago, by id */
  done(ago: number): string[];
  /** what the price list says, minor units by sku */
  prices: ReadonlyMap<string, number>;
  /** what promo codes take off, basis points by code */
  codes: ReadonlyMap<string, number>;
}

/** Writes down every POST from here on, with its answer, and the prices. */
export function keepJournal(api: TestApi): Journal {
  const entries: Entry[] = [];
  const prices = new Map<string, number>();
  const codes = new Map<string, number>();
  const ended = new Map<string, number>();
  const playing = new AsyncLocalStorage<Set<string>>();
  const {as} = api;
  api.as = (role) => {
    const caller = as(role);
    return {
      ...caller,
      put: (path, body) => {
        const {price, percent_bp} = body as {price?: {amount: number}; percent_bp?: number};
        if (price && path.startsWith('/v1/products/')) prices.set(path.slice('/v1/products/'.length), price.amount);
        if (percent_bp !== undefined) codes.set(path.slice('/v1/promo-codes/'.length), percent_bp);
        return caller.put(path, body);
      },
      post: (path, body, key = freshKey()) => {
        const call = caller.post(path, body, key);
        const story = playing.getStore();
        call.on('response', (response: {status: number; body: Record<string, unknown>}) => {
          const sent = typeof body === 'object' ? (body as Record<string, unknown>) : {};
          entries.push({path, key, body: sent, status: response.status, answer: response.body});
          if (path === '/v1/orders' && response.body['order_id']) story?.add(String(response.body['order_id']));
        });
        return call;
      },
    };
  };
  return {
    journal: entries,
    prices,
    codes,
    played: async (story, early, after) => {
      const orders = new Set(early);
      await playing.run(orders, story);
      await after([...orders]);
      for (const id of orders) ended.set(id, performance.now());
    },
    done: (ago) => [...ended].filter(([, at]) => performance.now() - at >= ago).map(([id]) => id),
  };
}
