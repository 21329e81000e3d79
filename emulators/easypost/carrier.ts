import {openBooks} from '../shared/books.ts';
import type {EmulatorClock} from '../shared/clock.ts';
import type {OpenFaults} from '../shared/faults.ts';
import {planJourney} from './autopilot.ts';
import {announceAll, refundAnnouncement, trackerAnnouncement} from './announcements.ts';
import {createDeliveries, type Deliveries} from './deliveries.ts';
import {createSchedule} from './schedule.ts';
import {apply, emptyState, type Entry, type State} from './state.ts';
import type {Tracker} from './types.ts';
import {statusOf} from './views.ts';

export interface CarrierSettings {
  booksDir: string;
  clock: EmulatorClock;
  faults: OpenFaults;
  webhook: {url?: string; secret?: string};
  /** Virtual milliseconds between a request for a refund and its outcome. */
  refundDelayMs: number;
  /** Virtual milliseconds for which a rate can be bought; null: for ever. */
  rateLifetimeMs: number | null;
  /** Virtual milliseconds from buying to hand-over; null leaves that to the control interface. */
  handOverAfterMs: number | null;
}

/** The carrier's one writer: every change goes through `record`, which keeps it before anything is told. */
export interface Carrier {
  readonly state: State;
  readonly clock: EmulatorClock;
  readonly faults: OpenFaults;
  readonly settings: CarrierSettings;
  /** Where labels are served; known once the server listens. */
  baseUrl: string;
  record(entry: Entry): void;
  /** Plans the scans of a parcel that is handed over at `at`. */
  handOver(tracker: Tracker, at: number): void;
  /** Lets due things happen. */
  settleDue(): void;
  /** Sends what was not yet delivered and starts the clockwork; call once, when `baseUrl` is set. */
  start(): void;
  clockMoved(): void;
  reset(): void;
  webhooksPending(): number;
  webhooks(): ReturnType<Deliveries['report']>;
  close(): void;
}

export function openCarrier(settings: CarrierSettings): Carrier {
  const {clock, faults, booksDir} = settings;
  const state = emptyState();
  const books = openBooks<Entry>(booksDir, 'carrier');
  const deliveries = createDeliveries({dir: booksDir, faults, clock, standing: settings.webhook});
  const schedule = createSchedule(clock, (id, due) => happen(carrier, id, due));

  const follow = (entry: Entry): void => {
    if (entry.type === 'hook.created') return deliveries.addHook(entry.hook);
    if (entry.type === 'hook.deleted') return deliveries.removeHook(entry.id);
    if (entry.type === 'move.planned') return schedule.add(entry.move.due, entry.move.id);
    if (entry.type === 'refund.submitted') return schedule.add(entry.refund.settle_at, entry.refund.id);
    const told =
      entry.type === 'refund.settled'
        ? refundAnnouncement(state, entry.id)
        : entry.type === 'postage.bought' || entry.type === 'tracker.created'
          ? trackerAnnouncement(carrier, entry.tracker.id)
          : null;
    if (told) deliveries.announce(told);
  };
  const carrier: Carrier = {
    state,
    clock,
    faults,
    settings,
    baseUrl: '',
    record: (entry) => {
      const moved = entry.type === 'move.made' ? state.planned.get(entry.id)?.tracker_id : undefined;
      books.append(entry);
      apply(state, entry);
      follow(entry);
      const told = moved === undefined ? null : trackerAnnouncement(carrier, moved);
      if (told) deliveries.announce(told);
    },
    handOver: (tracker, at) => {
      for (const move of planJourney(state, tracker, at)) carrier.record({type: 'move.planned', move});
    },
    settleDue: () => schedule.run(),
    start: () => {
      for (const told of announceAll(carrier)) deliveries.announce(told);
      for (const move of state.planned.values()) schedule.add(move.due, move.id);
      for (const refund of state.refundsById.values())
        if (refund.state === 'submitted') schedule.add(refund.settle_at, refund.id);
      schedule.run();
    },
    clockMoved: () => {
      carrier.record({type: 'clock.moved', offset: clock.offset()});
      schedule.run();
      deliveries.clockMoved();
    },
    reset: () => {
      schedule.clear();
      deliveries.reset();
      books.reset();
      Object.assign(state, emptyState());
      carrier.record({type: 'clock.moved', offset: clock.offset()});
    },
    webhooksPending: () => deliveries.pending(),
    webhooks: () => deliveries.report(),
    close: () => {
      schedule.stop();
      deliveries.stop();
      faults.close();
      books.close();
    },
  };
  books.replay((entry) => {
    apply(state, entry);
    if (entry.type === 'clock.moved') clock.restore(entry.offset);
    else if (entry.type === 'hook.created' || entry.type === 'hook.deleted') follow(entry);
  });
  return carrier;
}

/** A planned scan or the outcome of a refund comes due. */
function happen(carrier: Carrier, id: string, due: number): void {
  const {state} = carrier;
  const move = state.planned.get(id);
  if (move) {
    const tracker = state.trackers.get(move.tracker_id);
    const refund = tracker?.shipment_id ? state.refunds.get(tracker.shipment_id) : undefined;
    const given = tracker && !hasMoved(tracker) && refund !== undefined && refund.state !== 'rejected';
    return carrier.record(move.auto && given ? {type: 'move.dropped', id} : {type: 'move.made', id, at: due});
  }
  const refund = state.refundsById.get(id);
  if (refund?.state !== 'submitted') return;
  const postage = state.postage.get(refund.shipment_id);
  const tracker = postage && state.trackers.get(postage.tracker_id);
  carrier.record({type: 'refund.settled', id, state: tracker && hasMoved(tracker) ? 'rejected' : 'refunded', at: due});
}

/** Has the carrier ever had the parcel in hand? */
export function hasMoved(tracker: Tracker): boolean {
  return tracker.details.some((_, at) => !['unknown', 'pre_transit', 'cancelled'].includes(statusOf(tracker, at + 1)));
}
