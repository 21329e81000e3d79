import type {BulkState} from '../../domain/ops/bulk.ts';
import type {BulkOrderView, BulkView} from '../../store/views/ops/bulk-view.ts';
import {freshKey} from './api.ts';
import {until} from './until.ts';
import type {World} from './world.ts';

/** Ops with acts on many orders, through the public interface. */
export function bulkDesk({api, client}: Pick<World, 'api' | 'client'>) {
  const ops = api.as('ops');
  const statusOf = async (id: string) => (await client.workflow.getHandle(`bulk:${id}`).describe()).status.name;
  const get = async (id: string) => (await ops.get(`/v1/ops/bulk/${id}`).expect(200)).body as BulkView;
  const becomes = (id: string, state: BulkState, patience?: number) =>
    until(
      `${id} to be ${state}`,
      async () => {
        const bulk = await get(id);
        return bulk.state === state && bulk;
      },
      () => get(id),
      patience,
    );
  const prepare = async (body: object, key = freshKey()): Promise<BulkView> =>
    (await ops.post('/v1/ops/bulk', {reason: 'the lorry broke down', ...body}, key).expect(200)).body as BulkView;
  const show = async (body: object, patience?: number) => becomes((await prepare(body)).bulk_id, 'ready', patience);
  const confirm = (id: string, orders: number) => ops.post(`/v1/ops/bulk/${id}/confirm`, {orders}, freshKey());
  return {
    get,
    becomes,
    prepare,
    show,
    confirm,
    list: async () => (await ops.get('/v1/ops/bulk?limit=100').expect(200)).body as BulkView[],
    /** until its run is over as well */
    closes: (id: string) => until(`the run of ${id} to close`, async () => (await statusOf(id)) === 'COMPLETED'),
    stop: (id: string) => ops.post(`/v1/ops/bulk/${id}/stop`, {}, freshKey()),
    undo: (id: string, key = freshKey()) => ops.post(`/v1/ops/bulk/${id}/undo`, {reason: 'it runs again'}, key),
    orders: async (id: string, query = '') =>
      (await ops.get(`/v1/ops/bulk/${id}/orders?limit=200${query}`).expect(200)).body as BulkOrderView[],
    /** shown, confirmed as shown, and done */
    go: async (body: object, patience?: number) => {
      const {bulk_id, possible} = await show(body, patience);
      await confirm(bulk_id, possible ?? 0).expect(200);
      return becomes(bulk_id, 'done', patience);
    },
  };
}
