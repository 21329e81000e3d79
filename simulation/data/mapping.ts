import {DAY, HOUR, type Journey, type OrderPlan} from '../world/plan.ts';
import type {RealOrder} from './real-orders.ts';

export type Turn = Pick<OrderPlan, 'kind' | 'ending' | 'journey'> & Pick<Partial<OrderPlan>, 'cancel'>;

/** How long after the promised date a shopper whose order nobody prepares gives up. */
const GIVES_UP_AFTER = 7 * DAY;

/**
 * What a recorded order becomes here. The recorded moments are kept relative to the purchase; where they contradict
 * each other (handed over before the approval, delivered before handed over) the later one wins.
 *
 * | recorded | becomes |
 * |---|---|
 * | delivered | delivered; without a date: a day after the promised one |
 * | shipped | the parcel goes silent, is declared lost, nothing is charged: refunded |
 * | canceled, not approved | cancelled right after placing |
 * | canceled, approved | cancelled after acceptance, before picking |
 * | canceled, with the carrier | asks too late and is refused; delivered if it was, else lost and refunded |
 * | unavailable | its products have no stock: refused |
 * | processing, invoiced, approved, created | never picked; cancelled a week after the promised date |
 * | no items | sent as it is and refused |
 */
export function turnOf(order: RealOrder): Turn {
  const journey = journeyOf(order);
  if (order.items.length === 0) return {kind: 'no items', ending: 'invalid', journey};
  switch (order.status) {
    case 'delivered':
      return {kind: 'delivered', ending: 'delivered', journey};
    case 'shipped':
      return {kind: 'shipped', ending: 'refunded', journey: {...journey, lost: 'all'}};
    case 'unavailable':
      return {kind: 'unavailable', ending: 'out_of_stock', journey};
    case 'canceled':
      return cancelledTurn(order, journey);
    case 'processing':
    case 'invoiced':
    case 'approved':
    case 'created':
      return {
        kind: order.status,
        ending: 'cancelled',
        journey,
        cancel: {when: 'late', after: Math.max(journey.hand_over, promised(order)) + GIVES_UP_AFTER},
      };
    default:
      throw new Error(`order ${order.id} has the status "${order.status}", which nobody explained`);
  }
}

function cancelledTurn(order: RealOrder, journey: Journey): Turn {
  if (order.carrier !== undefined) {
    const cancel = {when: 'handed_over', after: 0} as const;
    if (order.delivered !== undefined) return {kind: 'canceled but delivered', ending: 'delivered', journey, cancel};
    return {kind: 'canceled on the road', ending: 'refunded', journey: {...journey, lost: 'all'}, cancel};
  }
  if (order.approved === undefined) {
    return {kind: 'canceled at once', ending: 'cancelled', journey, cancel: {when: 'placed', after: 0}};
  }
  return {kind: 'canceled', ending: 'cancelled', journey, cancel: {when: 'accepted', after: journey.pick}};
}

function journeyOf(order: RealOrder): Journey {
  const after = (at: number | undefined) => (at === undefined ? undefined : at - order.purchased);
  const approved = Math.max(0, after(order.approved) ?? 0);
  const hand_over = Math.max(approved + HOUR, after(order.carrier) ?? approved + DAY);
  const arrive = Math.max(hand_over + HOUR, after(order.delivered) ?? promised(order) + DAY);
  return {pick: Math.round((approved + hand_over) / 2), hand_over, arrive, lost: 'none'};
}

/** The promised day of arrival, milliseconds after the purchase. */
function promised(order: RealOrder): number {
  return Math.max(DAY, (order.estimated ?? order.purchased + 20 * DAY) - order.purchased);
}
