/** What a label says. Weight in grams. */
export interface LabelFacts {
  order_number: string;
  parcel_id: string;
  parcel: {position: number; of: number};
  carrier: string;
  service: string;
  tracking_number: string;
  weight_g: number;
  from: readonly string[];
  to: readonly string[];
}

/** Dots of a label printer with 203 dots an inch, 4 × 6 inches. */
export const LABEL = {width: 812, height: 1_218, dotsPerInch: 203};

export type Mark =
  | {kind: 'text'; x: number; y: number; size: number; bold: boolean; text: string}
  | {kind: 'rule'; y: number}
  | {kind: 'barcode'; x: number; y: number; height: number; module: number; text: string};

const MARGIN = 40;
const ROOM = LABEL.width - 2 * MARGIN;
/** Share of its height that a letter is wide, on average, in the fonts that are used. */
const WIDE = 0.6;

/** Where everything stands, the same in every format; from the top left, in dots. */
export function layLabel(facts: LabelFacts): Mark[] {
  const {carrier, service, tracking_number, parcel, weight_g, from, to} = facts;
  const text = (y: number, size: number, words: string, bold = false, x = MARGIN): Mark => {
    const fits = Math.floor((LABEL.width - MARGIN - x) / (WIDE * Math.max(words.length, 1)));
    return {kind: 'text', x, y, size: Math.min(size, Math.max(fits, 12)), bold, text: words};
  };
  const lines = (y: number, size: number, gap: number, all: readonly string[], bold = false) =>
    all.slice(0, 7).map((line, i) => text(y + i * gap, size, line, bold));
  return [
    text(40, 56, carrier, true),
    text(110, 36, service),
    text(48, 28, `${(weight_g / 1_000).toFixed(2)} kg`, false, 560),
    text(88, 28, `${parcel.position} / ${parcel.of}`, false, 560),
    {kind: 'rule', y: 170},
    ...lines(188, 22, 28, from),
    {kind: 'rule', y: 400},
    ...lines(424, 44, 58, to, true),
    {kind: 'rule', y: 850},
    {kind: 'barcode', x: MARGIN, y: 880, height: 190, module: moduleFor(tracking_number), text: tracking_number},
    text(1_090, 34, tracking_number, true),
    {kind: 'rule', y: 1_145},
    text(1_160, 24, `${facts.order_number} · ${facts.parcel_id}`),
  ];
}

/** Dots of the narrowest bar, so that start, text, check and stop fit: 11 modules a symbol, two digits or one letter in it. */
function moduleFor(code: string): number {
  const symbols = /^\d+$/.test(code) ? Math.ceil(code.length / 2) + 1 : code.length;
  return Math.max(1, Math.min(4, Math.floor(ROOM / (11 * symbols + 35))));
}
