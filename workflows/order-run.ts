import {
  ApplicationFailure,
  type CancellationScope,
  condition,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type {Policy} from '../domain/policy/policy.ts';
import {changeOrder, type PendingChange} from './change-order.ts';
import {Insistence} from './insist.ts';
import {
  type AskedPayer,
  type CancelRequest,
  type CancelResult,
  cancelUpdate,
  type ChangeRequest,
  changeUpdate,
  fulfilledSignal,
  holdChangedSignal,
  holdMovedSignal,
  methodGivenSignal,
  type OrderInput,
  partEndedSignal,
  payUpdate,
  placeUpdate,
  progressQuery,
  resumedSignal,
  type ReviewDecision,
  reviewSignal,
  type SubOrderOutcome,
  shortPickedSignal,
  stockArrivedSignal,
  type Verdict,
} from './messages.ts';
import {Offers} from './offers.ts';
import {type Steps, stepsOf} from './options.ts';
import {readable} from './readable.ts';
import {Saga} from './saga.ts';
import {ORDER_STATUS, tellSearch, WAITING_ON} from './search-attributes.ts';

/** Something that happened to an order and waits for its turn in the order's one loop. */
export type Fact =
  | {kind: 'ended'; outcome: SubOrderOutcome}
  | {kind: 'run_lost'; sub_order_id: string}
  | {kind: 'renewal_due'; payment_id: string}
  | {kind: 'hold_changed'; payment_id: string}
  | {kind: 'hold_moved'; payment_id: string}
  | {kind: 'method_given'}
  | {kind: 'renewal_window_over'}
  | {kind: 'short_picked'}
  | {kind: 'stock_arrived'}
  | {kind: 'lines_cancelled'}
  | {kind: 'change'; pending: PendingChange};

export interface LiveHold {
  payment_id: string;
  multicapture: boolean;
}

type Phase = 'accepting' | 'paying' | 'review' | 'fulfilling' | 'closing';

/** The state of one order's run; handlers push facts, one loop works them off in turn. */
export class OrderRun {
  readonly input: OrderInput;
  /** insisted on: a step that fails for good waits for a person */
  readonly steps: Steps;
  readonly insistence: Insistence;
  /** as they are: what fails for good is thrown */
  readonly bare: Steps;
  readonly saga = new Saga();
  readonly facts: Fact[] = [];
  /** sub-orders under way, by id */
  readonly open = new Map<string, string | null>();
  readonly ends: SubOrderOutcome[] = [];
  /** of them, those that a supplier sends */
  readonly bySuppliers = new Set<string>();
  hold: LiveHold | null = null;
  /** when the live hold expires, on the service's clock; null when the provider does not say */
  holdUntil: number | null = null;
  renewal: CancellationScope | null = null;
  /** counts the holds asked for: part of each hold's key */
  holds = 0;
  /** counts the times the money was to be asked for again later */
  retries = 0;
  /** facts worked off in this history */
  taken = 0;
  /** lost runs of parts that are to be started again */
  restarts = 0;
  review: ReviewDecision | null = null;
  /** other methods given by the payer */
  readonly offers = new Offers(() => this.noteLater({kind: 'method_given'}));
  /** holds that waited for their customer, and of which something was heard */
  readonly moved = new Set<string>();
  /** stock came for parts whose money is not held: they are not taken from their shelves yet */
  heldBack = false;
  /** the payer was written to, because money could not be held again */
  asked: AskedPayer | null = null;
  cancelled = false;
  /** cancellations under way while it is paid for */
  cancelling = 0;
  end = 'cancelled';
  handedOver = false;
  private phase: Phase = 'accepting';
  private verdict: Verdict | null = null;

  constructor(input: OrderInput) {
    this.input = input;
    const {engine, recovery} = input.policy;
    const whose = {order_id: input.order_id, sub_order_id: null};
    this.bare = stepsOf(engine);
    this.insistence = new Insistence(whose, this.bare, input.clock, recovery);
    this.steps = this.insistence.all();
    setHandler(placeUpdate, () => this.answer());
    setHandler(cancelUpdate, (request) => this.cancel(request), {validator: mustBeReadable});
    setHandler(changeUpdate, (request) => changeOrder(this, request), {validator: mustNameChange});
    setHandler(reviewSignal, (decision) => {
      if (readable<ReviewDecision>('reviewDecided', decision, ['decision'])) this.review ??= decision;
    });
    setHandler(shortPickedSignal, () => this.note({kind: 'short_picked'}));
    setHandler(stockArrivedSignal, () => this.note({kind: 'stock_arrived'}));
    setHandler(fulfilledSignal, () => {
      this.handedOver = true;
      tellSearch([{key: ORDER_STATUS, value: 'fulfilled'}]);
      this.describe();
    });
    setHandler(partEndedSignal, (outcome) => {
      if (readable<SubOrderOutcome>('partEnded', outcome, ['sub_order_id', 'end'])) this.note({kind: 'ended', outcome});
    });
    setHandler(resumedSignal, () => this.insistence.ring());
    setHandler(holdChangedSignal, (hold) => {
      if (!readable<typeof hold>('holdChanged', hold, ['payment_id'])) return;
      this.note({kind: 'hold_changed', payment_id: hold.payment_id});
    });
    setHandler(methodGivenSignal, (offer) => {
      if (readable<typeof offer>('methodGiven', offer, ['offer_id'])) this.offers.hear(offer.offer_id);
    });
    setHandler(payUpdate, ({offer_id}) => this.offers.verdictOn(offer_id), {validator: mustNameAnOffer});
    setHandler(holdMovedSignal, (hold) => {
      if (!readable<typeof hold>('holdMoved', hold, ['payment_id'])) return;
      this.moved.add(hold.payment_id);
      this.noteLater({kind: 'hold_moved', payment_id: hold.payment_id});
    });
    setHandler(progressQuery, () => ({
      phase: this.phase,
      waiting_on: this.waitingOn(),
      open_sub_orders: [...this.open.keys()],
    }));
    this.describe();
  }

  get orderId(): string {
    return this.input.order_id;
  }

  /** What places for units are chosen by. */
  placing(): Pick<Policy, 'routing' | 'shipping' | 'suppliers'> {
    const {routing, shipping, suppliers} = this.input.policy;
    return {routing, shipping, ...(suppliers && {suppliers})};
  }

  isAccepted(): boolean {
    return this.phase !== 'accepting';
  }

  isFulfilling(): boolean {
    return this.phase === 'fulfilling';
  }

  isClosing(): boolean {
    return this.phase === 'closing';
  }

  note(fact: Fact): void {
    this.facts.push(fact);
  }

  /** Before the parts are under way the payer's news are worked off where they are waited for. */
  private noteLater(fact: Fact): void {
    if (this.phase === 'fulfilling') this.note(fact);
  }

  /** What checkout hears; the first word counts there, and whoever gave another method hears what came of that. */
  tellCheckout(verdict: Verdict): void {
    this.verdict ??= verdict;
    this.offers.answer(verdict);
  }

  /** `as before`: what can be searched for stays as the history before left it. */
  enter(phase: Phase, search?: 'as before'): void {
    this.phase = phase;
    if (phase === 'fulfilling') this.offers.drain();
    if (phase === 'closing') this.offers.close();
    if (phase === 'fulfilling' && !search) {
      // from here on the sub-orders' runs say what is awaited
      tellSearch([
        {key: ORDER_STATUS, value: 'awaiting_fulfillment'},
        {key: WAITING_ON, value: null},
      ]);
    }
    this.describe();
  }

  close(): void {
    if (this.ends.some((e) => e.end === 'delivered')) this.end = 'delivered';
    else if (this.ends.some((e) => e.end === 'lost' || e.end === 'returned')) this.end = 'refunded';
    tellSearch([
      {key: ORDER_STATUS, value: this.end},
      {key: WAITING_ON, value: null},
    ]);
    setCurrentDetails(`**${this.input.number}** is closed: ${this.end}.`);
  }

  /** What ops read in the Temporal UI without reading code. */
  describe(): void {
    const parts = [...this.open].map(([id, source]) => `| ${id} | ${source ?? 'backordered'} |`);
    const table = parts.length > 0 ? ['', '| sub-order under way | from |', '|---|---|', ...parts] : [];
    const held = this.hold ? 'The money is held.' : 'No money is held.';
    setCurrentDetails(
      [
        `**${this.input.number}** is ${this.handedOver ? 'on the road' : this.phase}, waiting on ${this.waitingOn() ?? 'nothing'}. ${held}`,
        ...table,
      ].join('\n'),
    );
  }

  private waitingOn(): string | null {
    if (this.phase === 'review') return 'fraud_review';
    if (this.phase === 'paying') return 'payment';
    return this.open.size > 0 ? 'sub_orders' : null;
  }

  private async answer(): Promise<Verdict> {
    await condition(() => this.verdict !== null);
    return this.verdict as Verdict;
  }

  /** A cancellation waits for the first verdict, then claims the same rows as the pickers' scans. */
  async cancel(request: CancelRequest): Promise<CancelResult> {
    await condition(() => this.phase !== 'accepting');
    const before = this.phase === 'review' || this.phase === 'paying';
    this.cancelling += 1;
    const until = this.input.policy.changes?.until.quantity;
    try {
      const result = await this.bare.cancelLines({...request, order_id: this.orderId, ...(until && {until})});
      if (result.cancelled.length > 0) {
        if (before) this.cancelled = true;
        this.note({kind: 'lines_cancelled'});
      }
      return result;
    } finally {
      this.cancelling -= 1;
    }
  }
}

function mustNameAnOffer(offer: {offer_id: string}): void {
  if (readable<typeof offer>('pay', offer, ['offer_id'])) return;
  throw ApplicationFailure.nonRetryable('name the method that was given', 'unreadable');
}

function mustNameChange(request: ChangeRequest): void {
  if (readable<ChangeRequest>('change', request, ['change_id', 'kind'])) return;
  throw ApplicationFailure.nonRetryable('a change names its id and kind', 'unreadable');
}

function mustBeReadable(request: CancelRequest): void {
  if (readable<CancelRequest>('cancel', request, ['reason', 'actor', 'role', 'request_id'])) return;
  throw ApplicationFailure.nonRetryable('a cancellation names reason, actor, role and request', 'unreadable');
}
