import type {TestApi} from '../../support/api.ts';

/** One call of the public API and what was answered, as the caller has it. */
export interface Entry {
  path: string;
  key: string | undefined;
  body: Record<string, unknown>;
  status: number;
  answer: Record<string, unknown>;
}

export interface Journal {
  journal: readonly Entry[];
  /** what the price list says, minor units by sku */
  prices: ReadonlyMap<string, number>;
}

/** Writes down every POST from here on, with its answer, and the prices. */
export function keepJournal(api: TestApi): Journal {
  const entries: Entry[] = [];
  const prices = new Map<string, number>();
  const {as} = api;
  api.as = (role) => {
    const caller = as(role);
    return {
      ...caller,
      put: (path, body) => {
        const {price} = body as {price?: {amount: number}};
        if (price && path.startsWith('/v1/products/')) prices.set(path.slice('/v1/products/'.length), price.amount);
        return caller.put(path, body);
      },
      post: (path, body, key) => {
        const call = caller.post(path, body, key);
        call.on('response', (response: {status: number; body: Record<string, unknown>}) => {
          const sent = typeof body === 'object' ? (body as Record<string, unknown>) : {};
          entries.push({path, key, body: sent, status: response.status, answer: response.body});
        });
        return call;
      },
    };
  };
  return {journal: entries, prices};
}
