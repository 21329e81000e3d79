/** What is in a parcel, for customs and insurance. Pure; amounts are minor units of the order's currency. */
export interface ContentLine {
  sku: string;
  description: string;
  qty: number;
  /** of all these units together, as they were paid for */
  value: number;
  /** of all these units together */
  weight_g: number;
  hs_code: string | null;
  origin_country: string | null;
  /** sent in exchange for units that came back, and worth what they were */
  replaces: boolean;
}

export interface Contents {
  currency: string;
  lines: readonly ContentLine[];
}

export interface CustomsLine extends ContentLine {
  hs_code: string;
  origin_country: string;
}

export interface Declared {
  kind: 'declared';
  /** why it leaves the country */
  reason: keyof typeof EXPORT.reasons;
  currency: string;
  lines: CustomsLine[];
  value: number;
}

export type Declaration =
  /** no border is crossed */
  | {kind: 'none'}
  | Declared
  /** products of which customs would ask what nobody wrote down */
  | {kind: 'missing'; skus: string[]};

/** What a commercial invoice says beside the goods; delivered at place: what the importer's country asks for is the recipient's to pay. */
export const EXPORT = {
  reasons: {sale: 'Sale of goods', replacement: 'Replacement of goods that were sent back'},
  incoterm: 'DAP',
} as const;

/** Customs union of the EU: goods move in it without a declaration. */
const EU = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '));

export function crossesBorder(from: string, to: string): boolean {
  return from !== to && !(EU.has(from) && EU.has(to));
}

/** What is declared for a parcel from one country to another. */
export function declare(from: string, to: string, {currency, lines}: Contents): Declaration {
  if (!crossesBorder(from, to)) return {kind: 'none'};
  const known = lines.flatMap((line) =>
    line.hs_code && line.origin_country ? [{...line, hs_code: line.hs_code, origin_country: line.origin_country}] : [],
  );
  if (known.length < lines.length) {
    const missing = lines.filter(({hs_code, origin_country}) => !hs_code || !origin_country);
    return {kind: 'missing', skus: [...new Set(missing.map(({sku}) => sku))].sort()};
  }
  const reason = lines.every(({replaces}) => replaces) ? 'replacement' : 'sale';
  return {kind: 'declared', reason, currency, lines: known, value: worthOf(lines)};
}

export function worthOf(lines: readonly ContentLine[]): number {
  return lines.reduce((sum, {value}) => sum + value, 0);
}

export interface InsuranceTerms {
  /** parcels worth this or more are insured for what they are worth; minor units */
  from: number;
  /** the insurer's currency: an order in another one is not insured */
  currency: string;
}

export const INSURANCE: InsuranceTerms = {from: 20_000, currency: 'USD'};

/** What a parcel is insured for; null: it is not. */
export function insuredValue({currency, lines}: Contents, terms: InsuranceTerms): number | null {
  const value = worthOf(lines);
  return currency === terms.currency && value >= terms.from ? value : null;
}
