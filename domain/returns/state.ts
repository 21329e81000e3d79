export const RETURN_STATES = [
  'requested',
  'in_review',
  'approved',
  'label_ready',
  'in_transit',
  'received',
  'inspected',
  'closed',
  'refused',
  'expired',
  'cancelled',
] as const;
export type ReturnState = (typeof RETURN_STATES)[number];

/** Every legal move of a return. A parcel may be scanned in before its tracker said anything, and after its time. */
export const RETURN_MOVES: Readonly<Record<ReturnState, readonly ReturnState[]>> = {
  requested: ['in_review', 'approved', 'refused'],
  in_review: ['approved', 'refused', 'cancelled'],
  approved: ['label_ready', 'expired', 'cancelled'],
  label_ready: ['in_transit', 'received', 'expired', 'cancelled'],
  in_transit: ['received', 'cancelled'],
  received: ['inspected', 'closed'],
  inspected: ['closed'],
  closed: [],
  refused: [],
  expired: [],
  cancelled: [],
};

export const RETURN_ENDS: readonly ReturnState[] = ['closed', 'refused', 'expired', 'cancelled'];

export function isReturnEnded(state: ReturnState): boolean {
  return RETURN_ENDS.includes(state);
}

export class IllegalReturnMoveError extends Error {
  readonly code = 'illegal_return_move';
  constructor(from: string, to: string) {
    super(`a return cannot move from ${from} to ${to}`);
  }
}

/** Throws IllegalReturnMoveError, naming both states, unless the table allows the move. */
export function assertReturnMove(from: ReturnState, to: ReturnState): void {
  if (!RETURN_MOVES[from].includes(to)) throw new IllegalReturnMoveError(from, to);
}

/** What the return waits for and who can end the wait, ops where it stood still for too long; null when it has ended. */
export function returnWaitsFor(state: ReturnState, overdue = false): {name: string; owner: string} | null {
  const wait = waitOf(state);
  return wait && overdue ? {...wait, owner: 'ops'} : wait;
}

function waitOf(state: ReturnState): {name: string; owner: string} | null {
  switch (state) {
    case 'requested':
    case 'in_review':
      return {name: 'return_review', owner: 'support'};
    case 'approved':
      return {name: 'label', owner: 'carrier'};
    case 'label_ready':
      return {name: 'parcel', owner: 'customer'};
    case 'in_transit':
      return {name: 'carrier', owner: 'carrier'};
    case 'received':
      return {name: 'inspection', owner: 'receiver'};
    case 'inspected':
      return {name: 'settlement', owner: 'waybill'};
    default:
      return null;
  }
}
