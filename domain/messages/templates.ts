export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a customer may want to hear of, or not. */
export const MESSAGE_KINDS = [
  /** what became of the order itself: received, changed, cancelled */
  'order',
  /** money that is needed or goes back */
  'payment',
  /** answers to what the customer sends back */
  'returns',
  /** what waits for stock */
  'stock',
  'dispatch',
  /** on the day itself: with the driver, at the door */
  'arrival',
  'delay',
  /** of returns that are not sent yet */
  'reminder',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

interface TemplateRule {
  /** the event it tells of; each event has one template */
  event: string;
  kind: MessageKind;
  /** a text on the phone helps here */
  sms?: true;
  /** several of one order that come one after the other are told in one mail */
  digest?: true;
}

/** Every message there is. */
const TEMPLATES = {
  received: {event: 'order.authorized', kind: 'order'},
  declined: {event: 'order.payment_declined', kind: 'order'},
  payment_needed: {event: 'order.payment_needed', kind: 'payment', sms: true},
  backordered: {event: 'sub_order.backordered', kind: 'stock'},
  stock_arrived: {event: 'order.backorder_filled', kind: 'stock'},
  dispatched: {event: 'sub_order.in_transit', kind: 'dispatch', digest: true},
  out_for_delivery: {event: 'sub_order.out_for_delivery', kind: 'arrival', sms: true},
  delivered: {event: 'sub_order.delivered', kind: 'arrival', sms: true},
  delayed: {event: 'sub_order.delayed', kind: 'delay', sms: true},
  cancelled: {event: 'order.cancelled', kind: 'order'},
  lines_cancelled: {event: 'order.lines_cancelled', kind: 'order'},
  changed: {event: 'order.lines_added', kind: 'order'},
  address_changed: {event: 'order.address_changed', kind: 'order'},
  refunded: {event: 'order.refunded', kind: 'payment'},
  refunded_part: {event: 'order.refunded_part', kind: 'payment'},
  return_label: {event: 'order.return_label_ready', kind: 'returns'},
  return_reminder: {event: 'order.return_reminded', kind: 'reminder'},
  return_refused: {event: 'order.return_refused', kind: 'returns'},
} as const satisfies Record<string, TemplateRule>;

export type MessageTemplate = keyof typeof TEMPLATES;
export const MESSAGE_TEMPLATES = Object.keys(TEMPLATES) as MessageTemplate[];

const RULES: Readonly<Record<MessageTemplate, TemplateRule>> = TEMPLATES;
const BY_EVENT = new Map<string, MessageTemplate>(MESSAGE_TEMPLATES.map((name) => [RULES[name].event, name]));

/** Which message an event asks for; null for most. */
export const templateFor = (eventType: string): MessageTemplate | null => BY_EVENT.get(eventType) ?? null;

export const kindOf = (template: MessageTemplate): MessageKind => RULES[template].kind;

/** Does a mail wait for others of its order that are told with it? */
export const isDigested = (template: MessageTemplate): boolean => RULES[template].digest === true;

/** The ways a message may go. */
export function channelsOf(template: MessageTemplate): readonly Channel[] {
  return RULES[template].sms ? CHANNELS : ['email'];
}
