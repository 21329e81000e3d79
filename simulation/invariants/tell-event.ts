import {amountText} from './money-books.ts';

export interface ToldEvent {
  type: string;
  data: Record<string, unknown>;
  /** position of the shipment it is about */
  part: number | null;
  currency: string;
  /** the audit's */
  note: string | null;
}

const WORDS: Readonly<Record<string, string>> = {
  'order.created': 'placed',
  'order.payment_started': 'planned; the payment begins',
  'order.hold_requested': 'we ask for a hold',
  'order.authorized': 'the first hold is taken',
  'order.hold_renewed': 'another hold is taken',
  'order.hold_declined': 'another hold was declined',
  'order.authentication_asked': 'the bank asks the customer',
  'order.method_declined': 'the method was declined',
  'order.method_given': 'another method was given',
  'order.method_changed': 'it is paid by another method now',
  'order.payment_needed': 'the customer is asked for the money',
  'order.payment_matched': "the shop's own hold is for this order",
  'order.payment_mismatch': "the shop's own hold is for something else",
  'order.review_escalated': 'its review goes to ops',
  'order.payment_declined': 'the payment was declined',
  'order.hold_released': 'a hold was let go',
  'order.hold_expired': 'a hold ran out',
  'order.stock_reserved': 'its units are reserved',
  'order.screened': 'judged for fraud',
  'order.in_review': 'waits for a person to review it',
  'order.review_decided': 'its review was decided',
  'order.review_closed': 'its review was closed with it',
  'order.ended': 'ended before it got to a warehouse',
  'order.allocated': 'its places are confirmed',
  'order.waiting': 'waits',
  'order.capture_requested': 'we ask for the money of a shipment',
  'order.captured': 'money was taken',
  'order.refund_requested': 'money is to be given back',
  'order.return_overdue': 'a return stands still, and a person is asked',
  'order.backorder_filled': 'what waited for stock got its units',
  'order.refund_adopted': 'money was given back by hand at the provider',
  'order.refund_approved': 'a second person approved a refund',
  'order.refund_rejected': 'a refund was rejected',
  'order.refund_asked': 'we ask for a refund',
  'order.refund_pending': 'the bank works on a refund',
  'order.refunded_part': 'money was given back',
  'order.refund_failed': 'a refund failed',
  'order.dispute_opened': 'a bank disputes its money',
  'order.dispute_answered': 'the bank has our evidence',
  'order.dispute_won': 'the bank decided for us',
  'order.dispute_lost': 'the bank keeps the money',
  'order.lines_cancelled': 'units were cancelled',
  'order.change_begun': 'a change is about to make it dearer',
  'order.change_refused': 'a change was refused',
  'order.lines_added': 'units were added',
  'order.address_checked': 'the carriers judge its address',
  'order.address_accepted': 'a person accepts its address',
  'order.address_changed': 'it goes to another address',
  'order.put_on_hold': 'it is held back',
  'order.taken_off_hold': 'it goes on',
  'sub_order.void_asked': 'we ask for the money of an unused label',
  'sub_order.put_back': 'picked units are back in their bins',
  'sub_order.delayed': 'it comes later than promised',
  'order.reallocated': 'another place was found for missing units',
  'order.status_moved': 'moves on',
  'order.return_requested': 'a return is asked for',
  'order.return_in_review': 'a person looks at the return',
  'order.return_approved': 'the return is approved',
  'order.return_refused': 'the return is refused',
  'order.return_label_ready': 'the return has its label',
  'order.return_labelled': 'a label was bought for a return that had ended',
  'order.return_label_voided': 'the label of the return was given back',
  'order.return_reminded': 'the customer was reminded of the return',
  'order.return_expired': 'the return was never sent',
  'order.return_cancelled': 'the return was called off',
  'order.return_in_transit': 'goods are on their way back',
  'order.return_received': 'what came back is in the warehouse',
  'order.return_inspected': 'what came back was looked at',
  'order.return_settled': 'what came back counts as returned',
  'order.return_closed': 'the return is closed',
  'order.exchange_placed': 'the same is sent again',
  'order.exchange_given_up': 'what was to be sent again is paid back',
  'sub_order.parcel_came_back': 'a parcel came back undelivered',
  'sub_order.released': 'on the floor, to be picked',
  'sub_order.parcel_packed': 'a parcel is packed',
  'sub_order.weight_approved': 'a second person lets the weight of a parcel pass',
  'sub_order.labelled': 'we have its label',
  'sub_order.parcel_dispatched': 'a parcel was scanned out',
  'sub_order.parcel_handed_over': 'a parcel is in the hands of the carrier',
  'sub_order.parcel_delivered': 'a parcel has arrived',
  'sub_order.parcel_lost': 'a parcel is given up as lost',
  'sub_order.acknowledged': 'its supplier will send it',
  'sub_order.supply_missing': 'its supplier does not send all of it',
  'sub_order.supplier_reminded': 'its supplier is asked again',
  'sub_order.price_changed': 'its supplier wants more for it',
  'sub_order.manifested': 'it is on the form for its carrier',
  'sub_order.tracked': 'the carrier tells where it is',
};

/** One event in plain words: what, how much, why, and who when it was a person. */
export function tellEvent({type, data, part, currency, note}: ToldEvent): string {
  const order = (data['order'] ?? {}) as Record<string, unknown>;
  const by = (data['by'] ?? {}) as {actor?: string; role?: string};
  const what = WORDS[type] ?? plain(type.slice(type.indexOf('.') + 1));
  const amount = data['amount'] ?? data['cost'] ?? (type === 'order.created' ? order['total_amount'] : undefined);
  const details = [
    typeof amount === 'number' ? amountText(amount, currency) : '',
    text(data['decision'] ?? data['reason'] ?? data['decline_code'] ?? data['status'] ?? data['tracking_number']),
    note && note !== data['reason'] ? `"${note}"` : '',
    typeof order['waiting_on'] === 'string' ? `now waits for ${plain(order['waiting_on'])}` : '',
    typeof order['status'] === 'string' ? `now ${plain(order['status'])}` : '',
    by.role && by.role !== 'system' ? `by ${by.actor} (${plain(by.role)})` : '',
  ].filter((detail) => detail !== '');
  const subject = part === null ? '' : `shipment ${part}: `;
  return `${subject}${[what, ...details].join(', ')}`;
}

const plain = (name: string): string => name.replaceAll('_', ' ').toLowerCase();
const text = (value: unknown): string => (typeof value === 'string' ? plain(value) : '');
