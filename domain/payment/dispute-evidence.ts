/** What our own books say about an order whose money is disputed; nothing of it is personal. */
export interface EvidenceFacts {
  number: string;
  placed_at: string;
  lines: {name: string; qty: number}[];
  parcels: {
    carrier: string | null;
    tracking_number: string | null;
    handed_over_at: string | null;
    delivered_at: string | null;
    /** the carrier's words, oldest first */
    tracking: {status: string; at: string}[];
    items: {name: string; qty: number}[];
  }[];
  /** of warehouse staff, accepted ones only */
  scans: {kind: string; at: string}[];
  /** what the customer was told, and when */
  messages: {template: string; sent_at: string}[];
}

/** Whom the goods went to; opened for the bank alone. */
export interface EvidencePerson {
  name: string;
  email: string;
  address: string;
}

/** The bank reads so many characters of one text. */
const LONGEST = 20_000;

/** The evidence in the words and fields that card networks ask for. */
export function writeEvidence(facts: EvidenceFacts, person: EvidencePerson | null): Record<string, string> {
  const sent = facts.parcels.filter(({handed_over_at}) => handed_over_at !== null);
  const dates = sent.map(({handed_over_at}) => day(handed_over_at)).sort();
  const texts: Record<string, string> = {
    product_description: listed(facts.lines),
    shipping_carrier: unique(sent.map(({carrier}) => carrier)).join(', '),
    shipping_tracking_number: unique(sent.map(({tracking_number}) => tracking_number)).join(', '),
    shipping_date: dates[0] ?? '',
    uncategorized_text: timeline(facts).join('\n'),
    ...(person && {
      customer_name: person.name,
      customer_email_address: person.email,
      shipping_address: person.address,
    }),
  };
  const kept = Object.entries(texts).filter(([, text]) => text !== '');
  return Object.fromEntries(kept.map(([field, text]) => [field, text.slice(0, LONGEST)]));
}

function timeline({number, placed_at, parcels, scans, messages}: EvidenceFacts): string[] {
  const events = [
    {at: placed_at, what: `Order ${number} was placed`},
    ...scans.map(({kind, at}) => ({at, what: `Warehouse scan: ${kind}`})),
    ...messages.map(({template, sent_at}) => ({at: sent_at, what: `The customer was sent the mail "${template}"`})),
    ...parcels.flatMap((parcel) => [
      ...parcel.tracking.map(({status, at}) => ({at, what: `${nameOf(parcel)}: ${status.replaceAll('_', ' ')}`})),
      ...(parcel.delivered_at
        ? [{at: parcel.delivered_at, what: `${nameOf(parcel)} was delivered: ${listed(parcel.items)}`}]
        : []),
    ]),
  ];
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({at, what}) => `${at} ${what}`);
}

const nameOf = ({carrier, tracking_number}: EvidenceFacts['parcels'][number]) =>
  `Parcel ${tracking_number ?? 'without a number'} (${carrier ?? 'no carrier'})`;
const listed = (lines: readonly {name: string; qty: number}[]) =>
  lines.map(({name, qty}) => `${qty} x ${name}`).join(', ');
const day = (time: string | null) => (time ?? '').slice(0, 10);
const unique = (texts: readonly (string | null)[]) => [...new Set(texts.filter((text) => text !== null))];
