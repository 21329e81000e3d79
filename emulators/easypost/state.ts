import type {
  Address,
  Hook,
  Pickup,
  PickupRate,
  PlannedMove,
  Postage,
  Refund,
  ScanForm,
  Shipment,
  Tracker,
} from './types.ts';

/** One line of the carrier's books. The state is nothing but these lines, folded in order. */
export type Entry =
  | {type: 'address.created'; address: Address}
  | {type: 'shipment.created'; shipment: Shipment}
  | {type: 'shipment.rerated'; id: string; at: number; silent?: string[]}
  | {type: 'postage.bought'; postage: Postage; tracker: Tracker}
  | {type: 'refund.submitted'; refund: Refund}
  | {type: 'refund.settled'; id: string; state: 'refunded' | 'rejected'; at: number}
  | {type: 'scan_form.created'; form: ScanForm}
  | {type: 'pickup.created'; pickup: Pickup}
  | {type: 'pickup.scheduled'; id: string; rate: PickupRate; confirmation: string; at: number}
  | {type: 'pickup.canceled'; id: string; at: number}
  | {type: 'tracker.created'; tracker: Tracker}
  | {type: 'move.planned'; move: PlannedMove}
  | {type: 'move.made'; id: string; at: number}
  | {type: 'move.dropped'; id: string}
  | {type: 'hook.created'; hook: Hook}
  | {type: 'hook.deleted'; id: string}
  | {type: 'clock.moved'; offset: number};

export interface State {
  addresses: Map<string, Address>;
  shipments: Map<string, Shipment>;
  postage: Map<string, Postage>;
  /** Latest refund of a shipment; `refundsById` keeps the earlier ones. */
  refunds: Map<string, Refund>;
  refundsById: Map<string, Refund>;
  scanForms: Map<string, ScanForm>;
  /** The form of a shipment, by its id. */
  formOf: Map<string, string>;
  pickups: Map<string, Pickup>;
  trackers: Map<string, Tracker>;
  trackersByCode: Map<string, Tracker>;
  planned: Map<string, PlannedMove>;
  hooks: Map<string, Hook>;
  /** Ids in the order of creation, for paging. */
  order: {shipments: Sequence; trackers: Sequence; addresses: Sequence};
}

/** Ids in order with the place of each, so that a page is found without a search. */
export interface Sequence {
  ids: string[];
  place: Map<string, number>;
}

export function emptyState(): State {
  const sequence = (): Sequence => ({ids: [], place: new Map()});
  return {
    addresses: new Map(),
    shipments: new Map(),
    postage: new Map(),
    refunds: new Map(),
    refundsById: new Map(),
    scanForms: new Map(),
    formOf: new Map(),
    pickups: new Map(),
    trackers: new Map(),
    trackersByCode: new Map(),
    planned: new Map(),
    hooks: new Map(),
    order: {shipments: sequence(), trackers: sequence(), addresses: sequence()},
  };
}

/** Applies one line of the books. */
export function apply(state: State, entry: Entry): void {
  switch (entry.type) {
    case 'address.created':
      state.addresses.set(entry.address.id, entry.address);
      return push(state.order.addresses, entry.address.id);
    case 'shipment.created':
      state.shipments.set(entry.shipment.id, structuredClone(entry.shipment));
      return push(state.order.shipments, entry.shipment.id);
    case 'shipment.rerated':
      return rerate(state, entry);
    case 'postage.bought':
      state.postage.set(entry.postage.shipment_id, entry.postage);
      return addTracker(state, entry.tracker);
    case 'refund.submitted':
      return addRefund(state, structuredClone(entry.refund));
    case 'refund.settled':
      return settle(state, entry.id, entry.state, entry.at);
    case 'scan_form.created':
      state.scanForms.set(entry.form.id, entry.form);
      for (const id of entry.form.shipments) state.formOf.set(id, entry.form.id);
      return;
    case 'pickup.created':
      state.pickups.set(entry.pickup.id, entry.pickup);
      return;
    case 'pickup.scheduled': {
      const {rate: bought, confirmation, at: changed_at} = entry;
      return changePickup(state, entry.id, {status: 'scheduled', bought, confirmation, changed_at});
    }
    case 'pickup.canceled':
      return changePickup(state, entry.id, {status: 'canceled', changed_at: entry.at});
    case 'tracker.created':
      return addTracker(state, entry.tracker);
    case 'move.planned':
      state.planned.set(entry.move.id, entry.move);
      return;
    case 'move.made':
      return makeMove(state, entry.id, entry.at);
    case 'move.dropped':
      state.planned.delete(entry.id);
      return;
    case 'hook.created':
      state.hooks.set(entry.hook.id, entry.hook);
      return;
    case 'hook.deleted':
      state.hooks.delete(entry.id);
      return;
    case 'clock.moved':
      return;
    default:
      entry satisfies never;
  }
}

function changePickup(state: State, id: string, change: Partial<Pickup>): void {
  const pickup = state.pickups.get(id);
  if (pickup) state.pickups.set(id, {...pickup, ...change});
}

function push(sequence: Sequence, id: string): void {
  sequence.place.set(id, sequence.ids.length);
  sequence.ids.push(id);
}

function rerate(state: State, {id, at, silent}: Extract<Entry, {type: 'shipment.rerated'}>): void {
  const shipment = state.shipments.get(id);
  if (shipment) shipment.rating = {round: shipment.rating.round + 1, at, ...(silent && {silent})};
}

function addTracker(state: State, given: Tracker): void {
  const tracker = structuredClone(given);
  state.trackers.set(tracker.id, tracker);
  state.trackersByCode.set(tracker.tracking_code, tracker);
  push(state.order.trackers, tracker.id);
}

function addRefund(state: State, refund: Refund): void {
  state.refunds.set(refund.shipment_id, refund);
  state.refundsById.set(refund.id, refund);
}

function settle(state: State, id: string, outcome: 'refunded' | 'rejected', at: number): void {
  const refund = state.refundsById.get(id);
  if (!refund) return;
  refund.state = outcome;
  refund.settled_at = at;
}

function makeMove(state: State, id: string, at: number): void {
  const move = state.planned.get(id);
  state.planned.delete(id);
  if (move) state.trackers.get(move.tracker_id)?.details.push({...move.detail, arrived_at: at});
}
