import type {BulkView} from '../../store/views/ops/bulk-view.ts';
import type {Front} from './fronts.ts';

const MOST_TRIES = 8;
const ENDED: readonly string[] = ['done', 'stopped', 'dropped'];

/** Ops act on many orders, of which this is one: it is cancelled, or held back and the hold undone. */
export class InBulk {
  private readonly front: Front;
  private readonly cellId: string;
  private readonly orderId: string;
  private readonly kind: 'cancel' | 'hold';
  private bulk: string | null = null;
  private undoing = false;
  private tries = 0;
  over = false;

  constructor(front: Front, cellId: string, orderId: string, kind: 'cancel' | 'hold') {
    this.front = front;
    this.cellId = cellId;
    this.orderId = orderId;
    this.kind = kind;
  }

  /** The next step of it, if one can be made now. */
  async move(): Promise<void> {
    if (this.over) return;
    if (this.bulk === null) return this.begin();
    const {status, body} = await this.ops.get(`/v1/ops/bulk/${this.bulk}`);
    if (status !== 200) return;
    const {state, possible, can_undo, counts} = body as BulkView;
    if (state === 'ready') await this.decide(possible ?? 0);
    else if (ENDED.includes(state) && can_undo > 0 && !this.undoing) await this.undo();
    // the order went on meanwhile, or nobody confirmed in time: it is looked at anew
    else if (ENDED.includes(state) && counts.done === 0 && !this.undoing && this.tries < MOST_TRIES) await this.begin();
    else if (ENDED.includes(state)) this.over = true;
  }

  private get ops() {
    return this.front.as('ops');
  }

  private async begin(): Promise<void> {
    const body = {kind: this.kind, orders: [this.orderId], reason: 'the lorry broke down'};
    if (this.keep(await this.ops.post('/v1/ops/bulk', body, `${this.cellId}-bulk-${this.tries}`))) this.tries += 1;
  }

  /** What cannot be done, or was shown for too long, is dropped. */
  private async decide(orders: number): Promise<void> {
    const path = `/v1/ops/bulk/${this.bulk}`;
    const confirmed = orders > 0 && (await this.ops.post(`${path}/confirm`, {orders})).status < 400;
    if (!confirmed) await this.ops.post(`${path}/stop`, {});
  }

  private async undo(): Promise<void> {
    const body = {reason: 'it runs again'};
    const answer = await this.ops.post(`/v1/ops/bulk/${this.bulk}/undo`, body, `${this.cellId}-undo`);
    if (answer.status === 409) this.over = true;
    else this.undoing = this.keep(answer);
  }

  private keep({status, body}: {status: number; body: unknown}): boolean {
    if (status === 200) this.bulk = (body as BulkView).bulk_id;
    return status === 200;
  }
}
