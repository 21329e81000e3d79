import type {Action, Player, Purchase} from './types.ts';

/** What our customer's interface answered; status 0: nothing. */
export interface Answered {
  status: number;
  code: string | null;
  body: unknown;
}

const TIMEOUT_MS = 10_000;

async function ask(player: Player, method: string, path: string, key: string, body?: object): Promise<Answered> {
  const headers = {
    authorization: `Bearer ${player.key}`,
    ...(body && {'content-type': 'application/json', 'idempotency-key': key}),
  };
  try {
    const response = await fetch(`${player.api}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && {body: JSON.stringify(body)}),
    });
    const answer = (await response.json().catch(() => null)) as {code?: string} | null;
    return {status: response.status, code: answer?.code ?? null, body: answer};
  } catch {
    return {status: 0, code: null, body: null};
  }
}

const WAITING: Answered = {status: 0, code: null, body: null};

interface Wanted {
  line_id: string;
  qty: number;
  cost: {amount: number; currency: string};
}

interface PurchaseSeen {
  state: string;
  lines: {
    line_id: string;
    qty: number;
    cancelled: number;
    missing: number;
    shipped: number;
    unit_cost: {amount: number; currency: string};
  }[];
}

/**
 * Does one thing about a purchase order through the public interface. `at`, virtual milliseconds, is when it was
 * done. Keys and bodies are the same on every attempt.
 */
export async function act(player: Player, purchase: Purchase, action: Action, at: number): Promise<Answered> {
  const id = purchase.purchase_order_id;
  const path = `/v1/purchase-orders/${id}`;
  const seen = await ask(player, 'GET', path, '');
  if (seen.status !== 200) return seen;
  const {state} = seen.body as PurchaseSeen;
  // our customer thinks about the price: nothing leaves before it has decided
  if (action === 'ship' && state === 'price_changed') return WAITING;
  const wanted = wantedOf(seen.body as PurchaseSeen);
  const key = `${id}-${action}`;
  const post = (to: string, body: object, tries = '') => ask(player, 'POST', `${path}/${to}`, `${key}${tries}`, body);
  const time = new Date(at).toISOString();
  const number = `SUP-${id.slice(-16)}`.toUpperCase();
  switch (action) {
    case 'refuse':
      return post('acknowledge', {refuse: {reason: 'not in stock'}});
    case 'answer':
    case 'answer_part':
    case 'answer_too_much':
    case 'answer_dearer':
      // what is wanted may change between two looks, and another answer is another request
      return post('acknowledge', {lines: answerLines(action, wanted)}, `-${wanted.map((l) => l.qty).join('-')}`);
    case 'ship':
      return post('shipments', {tracking_number: number, carrier: 'Supplier Express', shipped_at: time});
    case 'ship_too_much':
      return post('shipments', {
        tracking_number: `${number}-X`,
        carrier: 'Supplier Express',
        shipped_at: time,
        lines: wanted.map(({line_id, qty}) => ({line_id, qty: qty + 1})),
      });
    case 'ship_again':
      return post('shipments', {tracking_number: `${number}-2`, carrier: 'Supplier Express', shipped_at: time});
    case 'out_for_delivery':
    case 'delivered':
      return post('tracking', {tracking_number: number, status: action, at: time});
    default:
      return action satisfies never;
  }
}

const wantedOf = ({lines}: PurchaseSeen): Wanted[] =>
  lines
    .map((line) => ({
      line_id: line.line_id,
      qty: line.qty - line.cancelled - line.missing - line.shipped,
      cost: line.unit_cost,
    }))
    .filter(({qty}) => qty > 0);

function answerLines(action: Action, wanted: readonly Wanted[]): object[] {
  const all = wanted.map(({line_id, qty}) => ({line_id, qty}));
  switch (action) {
    case 'answer_too_much':
      return all.map(({line_id, qty}) => ({line_id, qty: qty + 1}));
    case 'answer_part':
      return all.map(({line_id, qty}, i) => ({line_id, qty: i === 0 ? qty - 1 : qty}));
    case 'answer_dearer':
      return wanted.map(({line_id, qty, cost}) => ({
        line_id,
        qty,
        unit_cost: {...cost, amount: Math.ceil(cost.amount * 1.2) + 1},
      }));
    default:
      return all;
  }
}
