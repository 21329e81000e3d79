import type {PointOfNoReturn} from '../policy/changes.ts';
import {isTerminal, type OrderStatus} from './status.ts';

/** Why nothing of the kind can be done to an order in this status; null where it can be tried. */
export function whyNotNow(status: OrderStatus, kind: string): string | null {
  if (isTerminal(status)) return 'order_ended';
  if (status === 'awaiting_fulfillment') return null;
  if (status === 'partially_fulfilled') return kind === 'address' ? 'already_shipped' : null;
  if (status === 'fulfilled') return kind === 'release' ? null : 'already_shipped';
  return 'not_yet_allocated';
}

/** How far the furthest unit or parcel of an order, or of one of its parts, has come. */
export interface Progress {
  /** somebody took a unit of it from its shelf */
  picked: boolean;
  /** a label is bought, or being bought */
  labelled: boolean;
  /** scanned out at the dock, or in the carrier's hands */
  out: boolean;
}

/** Why something with this point of no return is too late; null while it is not. */
export function whyTooLate(until: PointOfNoReturn, progress: Progress): string | null {
  if (progress.out) return 'already_shipped';
  if (progress.labelled && until !== 'handover') return 'already_labelled';
  return progress.picked && until === 'pick' ? 'already_picked' : null;
}

/** What somebody whose change was refused can do instead, by the code of the refusal. */
const INSTEAD: Readonly<Record<string, string>> = {
  order_ended: 'the order has come to its end: place a new one, or ask for a return of what was delivered',
  delivered: 'the order has arrived: ask for a return',
  cancelled: 'the order is cancelled: place a new one',
  refunded: 'everything came back and its money was given back: place a new one',
  not_yet_allocated: 'the order is not accepted yet: ask again in a moment, or cancel it whole',
  already_cancelled: 'these units are cancelled already: place a new order for more',
  already_picked: 'support can have picked units put back (unpick); or ask for a return once they are delivered',
  already_labelled: 'the label is bought: ask for a return once it is delivered',
  already_shipped: 'it is on its way: ask for a return once it is delivered',
  with_supplier: 'a supplier sends it and was told the address: cancel it and place another order',
  address_erased: 'the customer was erased: nothing personal can be kept of this order',
  more_than_open: 'so many units are not open any more: look at the order and ask for fewer',
  unknown_line: 'the order has no such line: look at its lines',
  unknown_sku: 'there is no such product',
  mixed_currency: 'the product is sold in another currency: place an order of its own',
  out_of_stock: 'there is not enough of it: ask for less, or later',
  payment_declined:
    'the bank gave no hold over the higher amount: nothing was changed; ask for less, or place another order',
  not_on_hold: 'the order is not on hold',
  order_changed: 'somebody, or the floor, went on with the order: look at it again',
  already_on_hold: 'somebody holds the order back already: theirs stays',
  held_by_another: 'it was held back anew since: whoever did that releases it',
  no_other_place: 'no other place has these units: they stay where they are',
  nothing_there: 'nothing of the order waits there to be picked',
  not_decided: 'the order could not be asked: try again',
  same_address: 'the order goes to this address already',
  nothing_to_change: 'the order is like that already',
  in_the_past: 'name a time that is still to come',
  order_disputed: 'a bank is judging this money: nothing is given back until it has decided',
  nothing_captured: 'nothing was taken yet: cancel units instead',
  amount_not_positive: 'nothing of it was taken, or all of it went back already',
  refund_too_large: 'so much was not taken, or went back already: ask for less',
  units_already_refunded: 'these units were paid back already',
  too_many_units: 'so many units were not paid for: ask for fewer',
  already_decided: 'somebody decided it already, or nobody has to',
  unknown_return: 'the order has no such return',
  unknown_message: 'the order has no such message',
  not_sent_yet: 'it was not sent once yet: wait a moment',
  not_a_mail: 'only mails are sent again',
  customer_erased: 'the customer was erased: there is nobody to send it to',
  nothing_stuck: 'no step of this order waits for a person',
};

export function instead(code: string): string {
  return INSTEAD[code] ?? 'look at the order: it has changed';
}

/** Where the units of a line are now. */
export interface LineUnits {
  qty: number;
  cancelled: number;
  /** or packed, and not handed over */
  picked: number;
  in_transit: number;
  lost: number;
  delivered: number;
  /** of those delivered */
  returned: number;
}

/** The same as a sentence: what people need to know to ask for what is possible. */
export function whereUnitsAre(line: LineUnits): string {
  const gone = line.cancelled + line.picked + line.in_transit + line.lost + line.delivered;
  const places: [number, string][] = [
    [line.qty - gone, 'open'],
    [line.picked, 'picked'],
    [line.in_transit, 'on the way'],
    [line.delivered - line.returned, 'with the customer'],
    [line.returned, 'sent back'],
    [line.lost, 'lost'],
    [line.cancelled, 'cancelled'],
  ];
  const told = places.filter(([qty]) => qty > 0).map(([qty, place]) => `${qty} ${place}`);
  return `of ${line.qty} ordered ${told.join(', ')}`;
}
