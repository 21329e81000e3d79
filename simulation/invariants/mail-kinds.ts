interface KindOfMail {
  /** what a support person calls it */
  name: string;
  /** the event it is about */
  event: string;
  /** the state that the order or the shipment must have reached; null where the event alone says it */
  state: string | null;
  /** the same for people */
  words: string;
  subject: RegExp;
}

/** Every mail of the product, written down a second time on purpose: the checker must not learn from it what is true. */
export const KINDS_OF_MAIL: Readonly<Record<string, KindOfMail>> = {
  received: kind('order confirmation', 'order.authorized', 'paid', 'paid', /we received/i),
  declined: kind('mail about a declined payment', 'order.payment_declined', null, 'declined', /payment .*declined/i),
  payment_needed: kind('request to pay', 'order.payment_needed', null, 'asked for', /bank needs you/i),
  backordered: kind('backorder notice', 'sub_order.backordered', 'BACKORDERED', 'backordered', /come later/i),
  dispatched: kind('shipping notice', 'sub_order.in_transit', 'IN_TRANSIT', 'handed to a carrier', /on its way/i),
  out_for_delivery: kind(
    'notice that it arrives today',
    'sub_order.out_for_delivery',
    'OUT_FOR_DELIVERY',
    'with the driver',
    /arrives today/i,
  ),
  delivered: kind('delivery notice', 'sub_order.delivered', 'DELIVERED', 'delivered', /was delivered/i),
  lines_cancelled: kind(
    'notice of a partial cancellation',
    'order.lines_cancelled',
    null,
    'cancelled in part',
    /part of your order .*cancelled/i,
  ),
  cancelled: kind('cancellation notice', 'order.cancelled', 'cancelled', 'cancelled', /^your order .*is cancelled/i),
  refunded: kind('notice that nothing is charged', 'order.refunded', 'refunded', 'given up', /do not pay/i),
  return_label: kind(
    'mail with a return label',
    'order.return_label_ready',
    null,
    'labelled',
    /label for your return/i,
  ),
  return_reminder: kind('reminder of a return', 'order.return_reminded', null, 'reminded', /your return .*soon/i),
  return_refused: kind('refusal of a return', 'order.return_refused', null, 'refused', /cannot take back/i),
  refunded_part: kind('notice of a refund', 'order.refunded_part', null, 'refunded in part', /gave money back/i),
};

function kind(name: string, event: string, state: string | null, words: string, subject: RegExp): KindOfMail {
  return {name, event, state, words, subject};
}

/** The template that every event of this type asks for. */
export const MAIL_OF_EVENT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(KINDS_OF_MAIL).map(([template, {event}]) => [event, template]),
);

export const mailName = (template: string | undefined): string =>
  KINDS_OF_MAIL[template ?? '']?.name ?? `mail "${template ?? 'unknown'}"`;
