import type {Store} from '../store/index.ts';
import {inTurns} from './in-turns.ts';
import type {OrderRuns} from './ports.ts';

export interface BulkTurn {
  job_id: string;
  /** nothing new is begun after so many milliseconds */
  budget: number;
  /** the run of one order is waited for so many milliseconds */
  wait: number;
}

export interface BulkProgress {
  /** orders that wait still */
  left: number;
  /** of them, looked at in this turn */
  taken: number;
}

const BATCH = 100;
const AT_ONCE = 5;

/** Acts on many orders, some at a time. Where each order stands is in its row, so a turn that was cut off is repeated. */
export function bulkActivities(store: Store, runs: OrderRuns) {
  const act = async (job_id: string, order_id: string, wait: number) => {
    const ask = await store.claimItem({job_id, order_id});
    if (ask === null) return;
    await store.settleItem({job_id, order_id, answer: await runs.ask(ask, wait)});
  };
  return {
    lookAtBulk: store.lookAtBulk,

    async previewBulk({job_id, budget}: Omit<BulkTurn, 'wait'>): Promise<BulkProgress> {
      const ids = await store.unshownItems({job_id, limit: BATCH});
      await inTurns(ids, {atOnce: AT_ONCE, budget}, (order_id) => store.tryOutItem({job_id, order_id}));
      return {...(await store.showBulk({job_id})), taken: ids.length};
    },

    async actOnBulk({job_id, budget, wait}: BulkTurn): Promise<BulkProgress> {
      const ids = await store.dueItems({job_id, limit: BATCH});
      await inTurns(ids, {atOnce: AT_ONCE, budget}, (order_id) => act(job_id, order_id, wait));
      return {...(await store.finishBulk({job_id})), taken: ids.length};
    },
  };
}
