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
  received: kind(
    'order confirmation',
    'order.authorized',
    'paid',
    'paid',
    /we received|bei uns eingegangen|nous avons reçu|استلمنا طلبك/i,
  ),
  declined: kind(
    'mail about a declined payment',
    'order.payment_declined',
    null,
    'declined',
    /payment .*declined|zahlung .*abgelehnt|paiement .*refusé|رُفض الدفع/i,
  ),
  payment_needed: kind(
    'request to pay',
    'order.payment_needed',
    null,
    'asked for',
    /bank needs you|bank braucht sie|banque a besoin|يحتاج مصرفك/i,
  ),
  backordered: kind(
    'backorder notice',
    'sub_order.backordered',
    'BACKORDERED',
    'backordered',
    /come later|kommt später|plus tard|لاحقًا/i,
  ),
  stock_arrived: kind(
    'notice that stock came',
    'order.backorder_filled',
    null,
    'filled',
    /waited for has arrived|gewartet hat, ist eingetroffen|attendait est arrivé|ينتظره طلبك/i,
  ),
  dispatched: kind(
    'shipping notice',
    'sub_order.in_transit',
    'IN_TRANSIT',
    'handed to a carrier',
    /on its way|ist unterwegs|en route|في الطريق/i,
  ),
  out_for_delivery: kind(
    'notice that it arrives today',
    'sub_order.out_for_delivery',
    'OUT_FOR_DELIVERY',
    'with the driver',
    /arrives today|kommt heute|arrive aujourd|اليوم/i,
  ),
  delivered: kind(
    'delivery notice',
    'sub_order.delivered',
    'DELIVERED',
    'delivered',
    /was delivered|wurde zugestellt|a été livrée|تم تسليم/i,
  ),
  lines_cancelled: kind(
    'notice of a partial cancellation',
    'order.lines_cancelled',
    null,
    'cancelled in part',
    /part of your order .*cancelled|teil ihrer bestellung .*storniert|partie de votre commande .*annulée|أُلغي جزء/i,
  ),
  cancelled: kind(
    'cancellation notice',
    'order.cancelled',
    'cancelled',
    'cancelled',
    /^(your order .*is cancelled|ihre bestellung .*ist storniert|votre commande .*est annulée|أُلغي طلبك)/i,
  ),
  refunded: kind(
    'notice that nothing is charged',
    'order.refunded',
    'refunded',
    'given up',
    /do not pay|bezahlen .*nicht|ne payez pas|لن تدفع/i,
  ),
  changed: kind(
    'notice of further units',
    'order.lines_added',
    null,
    'changed',
    /was changed|wurde geändert|a été modifiée|تم تعديل/i,
  ),
  address_changed: kind(
    'notice of a new address',
    'order.address_changed',
    null,
    'sent elsewhere',
    /another address|andere adresse|autre adresse|عنوان آخر/i,
  ),
  delayed: kind('notice of a delay', 'sub_order.delayed', null, 'late', /is delayed|verspätet|a du retard|تأخر طلبك/i),
  refunded_part: kind(
    'notice of a refund',
    'order.refunded_part',
    null,
    'refunded in part',
    /gave money back|geld .*erstattet|vous avons remboursé|أعدنا إليك/i,
  ),
  return_label: kind(
    'mail with a return label',
    'order.return_label_ready',
    null,
    'labelled',
    /label for your return|etikett für ihre rücksendung|étiquette de retour|ملصق إرجاع/i,
  ),
  return_reminder: kind(
    'reminder of a return',
    'order.return_reminded',
    null,
    'reminded',
    /your return .*soon|rücksendung .*bald|bientôt le retour|مرتجع .*قريبًا/i,
  ),
  return_refused: kind(
    'refusal of a return',
    'order.return_refused',
    null,
    'refused',
    /cannot take back|nicht zurücknehmen|pas reprendre|لا يمكننا استرجاع/i,
  ),
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

/** What customers may choose not to be told by mail; of everything else they are told in any case. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  stock: ['backordered', 'stock_arrived'],
  dispatch: ['dispatched'],
  arrival: ['out_for_delivery', 'delivered'],
  delay: ['delayed'],
  reminder: ['return_reminder'],
};

/** The kind a mail is of; empty where it may not be switched off. */
export const kindOfMail = (template: string): string =>
  Object.entries(OPTIONAL).find(([, templates]) => templates.includes(template))?.[0] ?? '';
