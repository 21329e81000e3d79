import {clearQuarantine, ordersToClear} from '../../store/clear-quarantine.ts';
import type {StoreContext} from '../../store/context.ts';
import {moveWork, workToMove} from '../../store/move-work.ts';
import {switchOnInTime} from '../../store/switch-warehouse.ts';
import type {FillLog} from './fill-backorders.ts';

/** Takes work away from sites that are switched off and from bins that must be counted; returns how much was moved. */
export async function moveOpenWork(store: StoreContext, log: FillLog): Promise<number> {
  await switchOnInTime(store);
  let moved = 0;
  const each = async (what: string, ids: string[], move: (id: string) => Promise<unknown>) => {
    for (const id of ids) {
      try {
        if ((await move(id)) !== 'stays') moved += 1;
      } catch (error) {
        log.warn({[what]: id, error}, 'open work could not be moved and will be tried again');
      }
    }
  };
  await each('sub_order', await workToMove(store, 50), (sub_order_id) => moveWork(store, {sub_order_id}));
  await each('order', await ordersToClear(store, 50), (order_id) => clearQuarantine(store, {order_id}));
  return moved;
}
