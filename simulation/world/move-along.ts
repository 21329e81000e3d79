import type {SubOrderView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import {dispatch, pack, parcelsWithLabel} from './packer.ts';
import {pick} from './picker.ts';

export const STEPS = ['placed', 'picked', 'packed', 'dispatched', 'delivered'] as const;
export type Step = (typeof STEPS)[number];

/** How far each stage of a sub-order has come. */
const STAGE_OF: Readonly<Record<string, Step>> = {
  PICKED: 'picked',
  PACKING: 'picked',
  PACKED: 'packed',
  IN_TRANSIT: 'dispatched',
  OUT_FOR_DELIVERY: 'dispatched',
  DELIVERED: 'delivered',
};
const PATIENCE = 120_000;

/** People do with every part of an order what is left to do until it has come so far. */
export async function advance(crew: Crew, orderId: string, to: Step): Promise<void> {
  const order = await crew.client.order(orderId);
  for (const part of order.sub_orders) await advancePart(crew, orderId, part, to);
}

/** The same with one part. */
export async function advancePart(crew: Crew, orderId: string, part: SubOrderView, to: Step): Promise<void> {
  const from = STEPS.indexOf(STAGE_OF[part.stage] ?? 'placed');
  const due = STEPS.slice(from + 1, STEPS.indexOf(to) + 1);
  for (const step of due) await take(crew, orderId, part, step);
}

async function take(crew: Crew, orderId: string, part: SubOrderView, step: Step): Promise<void> {
  const warehouse = part.source.id ?? '';
  switch (step) {
    case 'placed':
      return;
    case 'picked':
    case 'packed': {
      const kind = step === 'picked' ? 'pick' : 'pack';
      const task = await crew.floor.task(warehouse, part.sub_order_id, kind, PATIENCE);
      if (!task) throw new Error(`no ${kind} task of ${part.sub_order_id}`);
      if (kind === 'pick') await pick(crew, task, {warehouse, wrongItem: false, short: 0});
      else {
        await pack(crew, task);
        await parcelsWithLabel(crew, orderId, part.sub_order_id);
      }
      return;
    }
    case 'dispatched':
      for (const parcel of (await parcelsWithLabel(crew, orderId, part.sub_order_id)) ?? [])
        await dispatch(crew, parcel);
      return;
    case 'delivered':
      for (const parcel of (await parcelsWithLabel(crew, orderId, part.sub_order_id)) ?? []) {
        const at = crew.clock.now();
        await crew.carrier.plan(parcel.tracking_number ?? '', [{status: 'delivered', at}]);
      }
      return;
    default:
      step satisfies never;
  }
}
