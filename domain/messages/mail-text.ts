export const MAIL_TEMPLATES = [
  'received',
  'declined',
  'payment_needed',
  'backordered',
  'dispatched',
  'out_for_delivery',
  'delivered',
  'delayed',
  'cancelled',
  'lines_cancelled',
  'refunded',
  'refunded_part',
  'return_label',
  'return_reminder',
  'return_refused',
] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

const BY_EVENT: Readonly<Record<string, MailTemplate>> = {
  'order.authorized': 'received',
  'order.payment_declined': 'declined',
  'order.payment_needed': 'payment_needed',
  'sub_order.backordered': 'backordered',
  'sub_order.in_transit': 'dispatched',
  'sub_order.out_for_delivery': 'out_for_delivery',
  'sub_order.delivered': 'delivered',
  'order.lines_cancelled': 'lines_cancelled',
  'order.cancelled': 'cancelled',
  'order.refunded': 'refunded',
  'order.refunded_part': 'refunded_part',
  'order.return_label_ready': 'return_label',
  'order.return_reminded': 'return_reminder',
  'order.return_refused': 'return_refused',
};

/** Which mail an event asks for; null for most. */
export function templateFor(eventType: string): MailTemplate | null {
  return BY_EVENT[eventType] ?? null;
}

export interface MailFacts {
  number: string;
  customer_name: string;
  tracking_url: string;
  /** the lines the event is about, or all of the order */
  lines: {name: string; qty: number}[];
  /** lines that are still to come after this event */
  to_come: {name: string; qty: number}[];
  carrier: string | null;
  tracking_number: string | null;
  eta: string | null;
  /** money that went back with this event */
  refund?: {amount: string; credit_note: string} | null;
}

const SUBJECTS: Readonly<Record<MailTemplate, (f: MailFacts) => string>> = {
  received: (f) => `We received your order ${f.number}`,
  declined: (f) => `The payment for your order ${f.number} was declined`,
  payment_needed: (f) => `Your bank needs you for your order ${f.number}`,
  backordered: (f) => `Part of your order ${f.number} will come later`,
  dispatched: (f) => `Your order ${f.number} is on its way`,
  out_for_delivery: (f) => `Your order ${f.number} arrives today`,
  delivered: (f) => `Your order ${f.number} was delivered`,
  delayed: (f) => `Your order ${f.number} is delayed`,
  cancelled: (f) => `Your order ${f.number} is cancelled`,
  lines_cancelled: (f) => `Part of your order ${f.number} is cancelled`,
  refunded: (f) => `You do not pay for your order ${f.number}`,
  refunded_part: (f) => `We gave money back for your order ${f.number}`,
  return_label: (f) => `The label for your return of order ${f.number}`,
  return_reminder: (f) => `Please send your return of order ${f.number} soon`,
  return_refused: (f) => `We cannot take back part of your order ${f.number}`,
};

const BODIES: Readonly<Record<MailTemplate, (f: MailFacts) => string[]>> = {
  received: () => ['Thank you. The money is held on your card and only taken when your parcels arrive. You ordered:'],
  declined: () => ['Your bank declined the payment, so nothing was charged and the order is cancelled. It was:'],
  payment_needed: () => [
    'Your bank did not let us hold the money for what is still to come. Please confirm the payment, or give another way',
    'to pay, on the page below; what is not paid in time will not be sent. You ordered:',
  ],
  backordered: () => ['These items are not in stock at the moment. They will be sent as soon as they arrive:'],
  dispatched: (f) => [
    `Handed over to ${f.carrier ?? 'the carrier'}${f.tracking_number ? `, tracking number ${f.tracking_number}` : ''}:`,
  ],
  out_for_delivery: () => ['The driver has these with them today:'],
  delivered: () => ['These have arrived, and their part of the money was taken:'],
  delayed: () => ['These take longer than we promised:'],
  cancelled: () => ['Nothing of it will be charged, and what was held on your card is let go. It was:'],
  lines_cancelled: () => ['These will not be sent and not be charged:'],
  refunded_part: (f) => [
    `${f.refund?.amount ?? 'The money'} went back to your card; it can take some days until your bank shows it.`,
    ...(f.refund ? [`The number of the credit note is ${f.refund.credit_note}.`] : []),
    ...(f.lines.length > 0 ? ['It is for:'] : []),
  ],
  return_label: () => ['Print the label on the page below and send these back in one parcel:'],
  return_reminder: () => ['We still wait for these; the label on the page below is only good for some more days:'],
  return_refused: () => ['We looked at your return and cannot take these back:'],
  refunded: () => ['These did not reach you. Nothing is charged for them, and what was held is let go:'],
};

/** Subject and plain text of one mail; names are shown as they are, on one line each. */
export function writeMail(template: MailTemplate, facts: MailFacts): {subject: string; text: string} {
  const list = (lines: {name: string; qty: number}[]) => lines.map((l) => `  ${l.qty} x ${oneLine(l.name)}`);
  const eta = facts.eta && template === 'dispatched' ? ['', `Expected on ${facts.eta}.`] : [];
  const later = facts.to_come.length > 0 ? ['', 'Still to come:', ...list(facts.to_come)] : [];
  const text = [
    `Hello ${oneLine(facts.customer_name)},`,
    '',
    ...BODIES[template](facts),
    ...list(facts.lines),
    ...eta,
    ...(template === 'dispatched' || template === 'delivered' ? later : []),
    '',
    `Follow everything on one page: ${facts.tracking_url}`,
    '',
  ].join('\n');
  return {subject: SUBJECTS[template](facts), text};
}

const oneLine = (text: string) => text.replace(/[\r\n\u2028\u2029]+/g, ' ');
