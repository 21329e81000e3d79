export const ORDER_STATUSES = [
  'pending',
  'payment_processing',
  'paid',
  'awaiting_fulfillment',
  'partially_fulfilled',
  'fulfilled',
  'delivered',
  'cancelled',
  'refunded',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Every legal move of an order; anything else is refused. */
export const ORDER_MOVES: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ['payment_processing', 'cancelled'],
  payment_processing: ['paid', 'cancelled'],
  paid: ['awaiting_fulfillment', 'cancelled'],
  awaiting_fulfillment: ['partially_fulfilled', 'fulfilled', 'cancelled'],
  partially_fulfilled: ['fulfilled'],
  fulfilled: ['delivered', 'refunded'],
  delivered: ['refunded'],
  cancelled: [],
  refunded: [],
};

export const TERMINAL_STATUSES: readonly OrderStatus[] = ['delivered', 'cancelled', 'refunded'];

export function isTerminal(status: OrderStatus): boolean {
  return TERMINAL_STATUSES.includes(status);
}

export class IllegalMoveError extends Error {
  readonly code = 'illegal_move';
  readonly from: string;
  readonly to: string;
  constructor(from: string, to: string) {
    super(`an order cannot move from ${from} to ${to}`);
    this.from = from;
    this.to = to;
  }
}

/** Throws IllegalMoveError, naming both states, unless the table allows the move. */
export function assertMove(from: OrderStatus, to: OrderStatus): void {
  if (!ORDER_MOVES[from].includes(to)) throw new IllegalMoveError(from, to);
}

/** The shortest chain of legal moves from one status to another, without the start; throws when there is none. */
export function movesBetween(from: OrderStatus, to: OrderStatus): OrderStatus[] {
  if (from === to) return [];
  const queue: OrderStatus[][] = [[from]];
  const seen = new Set<OrderStatus>([from]);
  for (let path = queue.shift(); path; path = queue.shift()) {
    const last = path[path.length - 1] as OrderStatus;
    for (const next of ORDER_MOVES[last]) {
      if (next === to) return [...path.slice(1), next];
      if (!seen.has(next)) {
        seen.add(next);
        queue.push([...path, next]);
      }
    }
  }
  throw new IllegalMoveError(from, to);
}

/** Where the units of a line are now; each unit is in exactly one place, so the counters add up to `qty`. */
export interface Units {
  qty: number;
  unallocated: number;
  reserved: number;
  picked: number;
  in_transit: number;
  delivered: number;
  lost: number;
  backordered: number;
  cancelled: number;
  /** of the delivered units, those that came back and were refunded */
  returned: number;
}

/**
 * The status of a confirmed order, from its units alone.
 * `moneyKept` is what was captured and not refunded, in minor units.
 */
export function deriveStatus(lines: readonly Units[], moneyKept: number): OrderStatus {
  const sum = (pick: (u: Units) => number) => lines.reduce((a, u) => a + pick(u), 0);
  const open = sum((u) => u.qty - u.cancelled);
  const ended = sum((u) => u.delivered + u.lost);
  const handedOver = ended + sum((u) => u.in_transit);
  if (open === 0) return 'cancelled';
  if (handedOver === 0) return 'awaiting_fulfillment';
  if (handedOver < open) return 'partially_fulfilled';
  if (ended < open) return 'fulfilled';
  const withCustomer = sum((u) => u.delivered - u.returned);
  return withCustomer === 0 && moneyKept === 0 ? 'refunded' : 'delivered';
}
