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
}

export interface SubOrderView {
  stage: Stage;
  /** true when the units are declared lost: nothing is awaited any more */
  lost: boolean;
  source_id: string | null;
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
const URGENCY: readonly WaitingName[] = ['ops', 'pick', 'pack', 'dispatch', 'carrier', 'stock'];

const OWNERS: Partial<Record<WaitingName, string>> = {
  ops: 'ops',
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
      const name = BY_STAGE[s.stage];
      return name ? [{name, owner: ownerOf(name, s.source_id)}] : [];
    });
  waits.sort((a, b) => URGENCY.indexOf(a.name) - URGENCY.indexOf(b.name) || a.owner.localeCompare(b.owner));
  return waits[0] ?? null;
}

function ownerOf(name: WaitingName, place: string | null): string {
  const role = OWNERS[name] ?? 'ops';
  return place && role !== 'ops' && role !== 'carrier' ? `${role}@${place}` : role;
}
