import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import type {SubOrderView} from '../api-types.ts';
import {journeyEvents} from './carrier.ts';
import type {ChangeStory} from './change-story.ts';
import type {Crew} from './crew.ts';
import {dispatch, parcelsWithLabel, pack} from './packer.ts';
import {pick, type WorkResult} from './picker.ts';
import type {OrderPlan} from './plan.ts';
import {bringStock} from './receiver.ts';
import {bringBack, turnBack} from './bring-back.ts';
import {answerCounts} from './stock-story.ts';

/** Stages in which somebody of the world has something to do. */
export const OPEN_STAGES: ReadonlySet<string> = new Set([
  'BACKORDERED',
  'ALLOCATED',
  'PICKING',
  'SHORT_PICKED',
  'PICKED',
  'PACKED',
]);

/** Real milliseconds. */
const SHORTEST_WAY_MS = 300;

export interface Part {
  plan: OrderPlan;
  orderId: string;
  sub: SubOrderView;
  /** the first of the order's sub-orders that the world took in hand */
  first: boolean;
  /** what is changed of the order before it leaves */
  changes?: ChangeStory;
  /** told when the sub-order's parcels left the building */
  handedOver(): Promise<void>;
}

/** Plays one sub-order from where it stands to its parcels' last event. `moved`: look at the order again. */
export async function playPart(crew: Crew, part: Part): Promise<WorkResult> {
  const {plan, sub} = part;
  // a supplier needs nobody of this world: it plays itself
  if (sub.source.kind === 'supplier') return 'done';
  if (sub.stage === 'BACKORDERED') {
    await bringStock(crew, plan, sub);
    return 'done';
  }
  await crew.clock.until(crew.began + plan.at + plan.journey.pick);
  if (await isMovedOnTheFloor(crew, part)) return 'moved';
  await crew.clock.until(crew.began + plan.at + plan.journey.hand_over);
  const parcels = await parcelsWithLabel(crew, part.orderId, sub.sub_order_id);
  if (!parcels) return 'moved';
  if ((await part.changes?.atTheDock(part.orderId, sub, parcels)) === 'moved') return 'moved';
  const {lostAfter = DEFAULT_POLICY.shipping.lost_after} = crew;
  const lost = plan.journey.lost === 'all' || (plan.journey.lost === 'first' && part.first);
  let last = 0;
  if (plan.journey.undelivered) {
    // told before they leave: what the carrier hears nothing about, it delivers in its own time
    for (const parcel of parcels) await turnBack(crew, parcel);
    for (const parcel of parcels) await dispatch(crew, parcel);
    await part.handedOver();
    await bringBack(crew, part.orderId, parcels);
    return 'done';
  }
  for (const parcel of parcels) {
    await dispatch(crew, parcel);
    const handedOver = crew.clock.now();
    const events = journeyEvents(
      handedOver,
      crew.began + plan.at + plan.journey.arrive,
      lost,
      SHORTEST_WAY_MS * crew.clock.speed,
    );
    await crew.carrier.plan(parcel.tracking_number ?? '', events);
    crew.tally.add(lost ? 'parcels.lost' : 'parcels.sent');
    last = Math.max(last, lost ? handedOver + lostAfter : (events.at(-1)?.at ?? 0));
  }
  await part.handedOver();
  await crew.clock.until(last);
  return 'done';
}

/** Pick, then pack, as far as they are still to be done. */
async function isMovedOnTheFloor(crew: Crew, {plan, sub, first}: Part): Promise<boolean> {
  const warehouse = sub.source.id;
  if (!warehouse) return true;
  if (sub.stage !== 'PICKED' && sub.stage !== 'PACKED') {
    const task = await crew.floor.task(warehouse, sub.sub_order_id, 'pick');
    const habits = {
      warehouse,
      wrongItem: plan.wrongItem === true && first,
      short: first ? (plan.short ?? 0) : 0,
      changing: !!plan.stock,
    };
    if (!task || (await pick(crew, task, habits)) === 'moved') return true;
    if (habits.short > 0) await answerCounts(crew, warehouse);
  }
  if (sub.stage === 'PACKED') return false;
  const task = await crew.floor.task(warehouse, sub.sub_order_id, 'pack');
  return !task || (await pack(crew, task)) === 'moved';
}
