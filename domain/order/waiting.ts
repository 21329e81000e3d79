import type {Stage} from './stage.ts';

export const WAITING_NAMES = [
  'customer_authentication',
  'payment_method',
  'fraud_review',
  'payment_renewal',
  'stock',
  'supplier',
  'pick',
  'pack',
  'dispatch',
  'carrier',
  'driver',
  'ops',
] as const;
export type WaitingName = (typeof WAITING_NAMES)[number];

export interface Waiting {
  name: WaitingName;
  /** who can act: a role, or a role and the place it works at */
  owner: string;
  deadline?: Date;
}

export interface SubOrderView {
  stage: Stage;
  /** true when the units are declared lost: nothing is awaited any more */
  lost: boolean;
  source_id: string | null;
  source_kind: string | null;
  /** why it stands still, where a person has to decide */
  note: string | null;
  /** until when somebody outside must have answered, or stock have come */
  waits_until: Date | null;
}

const BY_STAGE: Partial<Record<Stage, WaitingName>> = {
  BACKORDERED: 'stock',
  ALLOCATED: 'pick',
  PICKING: 'pick',
  SHORT_PICKED: 'pick',
  PICKED: 'pack',
  PACKED: 'dispatch',
  IN_TRANSIT: 'carrier',
  OUT_FOR_DELIVERY: 'carrier',
  EXCEPTION: 'ops',
};

/** Which wait is told first when the sub-orders wait for different things: the one a person here can end soonest. */
const URGENCY: readonly WaitingName[] = ['ops', 'pick', 'pack', 'dispatch', 'supplier', 'carrier', 'stock'];

const OWNERS: Partial<Record<WaitingName, string>> = {
  ops: 'ops',
  supplier: 'ops',
  pick: 'picker',
  pack: 'packer',
  dispatch: 'packer',
  carrier: 'carrier',
  stock: 'receiver',
};

/** What an order waits for while its sub-orders are under way; null when all of them have ended. */
export function waitingFor(subOrders: readonly SubOrderView[]): Waiting | null {
  const waits = subOrders
    .filter((s) => !s.lost)
    .flatMap((s) => {
      const name = waitOf(s);
      return name ? [{name, owner: ownerOf(name, s.source_id), until: s.waits_until}] : [];
    });
  waits.sort(
    (a, b) =>
      URGENCY.indexOf(a.name) - URGENCY.indexOf(b.name) ||
      a.owner.localeCompare(b.owner) ||
      (a.until?.getTime() ?? Infinity) - (b.until?.getTime() ?? Infinity),
  );
  const [first] = waits;
  if (!first) return null;
  const {name, owner, until} = first;
  return until && ENDS_AT.has(name) ? {name, owner, deadline: until} : {name, owner};
}

/** Waits of a part that end by themselves. */
const ENDS_AT: ReadonlySet<WaitingName> = new Set(['supplier', 'stock', 'ops']);

/** What a supplier sends waits for its word, unless a person has to decide on it first. */
function waitOf({stage, source_kind, note}: SubOrderView): WaitingName | undefined {
  if (source_kind !== 'supplier' || stage !== 'ALLOCATED') return BY_STAGE[stage];
  return note === PRICE_CHANGED ? 'ops' : 'supplier';
}

/** The note of a part whose supplier wants more than it offered for. */
export const PRICE_CHANGED = 'price_changed';

function ownerOf(name: WaitingName, place: string | null): string {
  const role = OWNERS[name] ?? 'ops';
  return place && role !== 'ops' && role !== 'carrier' ? `${role}@${place}` : role;
}
