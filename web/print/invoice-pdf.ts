import PDFDocument from 'pdfkit';
import {decimalText} from '../../domain/money/decimal.ts';
import {type Declared, EXPORT} from '../../domain/shipping/customs.ts';
import {latin} from './letters.ts';
import {bytesOf} from './pdf.ts';

/** What customs want to read about a parcel. Amounts are minor units, weights grams. */
export interface InvoiceFacts extends Omit<Declared, 'kind'> {
  order_number: string;
  parcel_id: string;
  tracking_number: string;
  carrier: string;
  /** YYYY-MM-DD */
  made_on: string;
  /** the country's code last */
  from: readonly string[];
  to: readonly string[];
  /** of the parcel as it was weighed, with its box */
  weight_g: number;
}

type Doc = PDFKit.PDFDocument;

const LEFT = 50;
const RIGHT = 545;
const BOTTOM = 780;
/** of what stands below the goods */
const FOOT = 120;
/** where each column begins, and how wide it is */
const COLUMNS = [
  [50, 195],
  [250, 75],
  [330, 40],
  [375, 35],
  [415, 50],
  [470, 75],
] as const;
/** so much of a description is printed: one line never fills a page */
const LONGEST = 300;

/** The commercial invoice of a parcel that crosses a border, in English, on as many pages of A4 as its goods take. */
export async function invoicePdf(facts: InvoiceFacts): Promise<Buffer> {
  const doc = new PDFDocument({size: 'A4', margin: LEFT, info: {Title: `Commercial invoice ${facts.order_number}`}});
  const bytes = bytesOf(doc);
  drawHead(doc, facts);
  const head = ['Description of goods', 'HS code', 'Origin', 'Qty', 'Net kg', `Value ${facts.currency}`];
  let y = drawRow(doc, 285, head, true);
  const roomFor = (height: number) => {
    if (y + height <= BOTTOM) return;
    doc.addPage();
    y = drawRow(doc, 60, head, true);
  };
  for (const {description, hs_code, origin_country, qty, weight_g, value} of facts.lines) {
    const amount = decimalText(value, facts.currency);
    const row = [description.slice(0, LONGEST), hs_code, origin_country, String(qty), kilograms(weight_g), amount];
    roomFor(heightOf(doc, row));
    y = drawRow(doc, y, row, false);
  }
  roomFor(FOOT);
  drawFoot(doc, y, facts);
  doc.end();
  return bytes;
}

const kilograms = (grams: number): string => (grams / 1_000).toFixed(3);

function drawHead(doc: Doc, facts: InvoiceFacts): void {
  const {order_number, parcel_id, carrier, tracking_number, made_on, from, to, reason} = facts;
  doc.font('Helvetica-Bold').fontSize(20).text('Commercial invoice', LEFT, 50);
  const facing = [
    `Order ${order_number}   Date ${made_on}`,
    `Parcel ${parcel_id}   ${carrier} ${tracking_number}`,
    `Reason for export: ${EXPORT.reasons[reason]}`,
    `Terms of delivery (Incoterms 2020): ${EXPORT.incoterm} ${to.slice(-2).join(', ')}`,
  ];
  doc.font('Helvetica').fontSize(10);
  doc.text(facing.map(latin).join('\n'), LEFT, 80, {width: RIGHT - LEFT, height: 70, ellipsis: true});
  for (const [title, lines, x] of [
    ['Sender and exporter', from, LEFT],
    ['Recipient and importer', to, 320],
  ] as const) {
    doc.font('Helvetica-Bold').text(title, x, 160);
    doc.font('Helvetica').text(lines.map(latin).join('\n'), x, 175, {width: 225, height: 95, ellipsis: true});
  }
}

const SENT = {
  sale: 'Goods that were sold.',
  replacement: 'Goods that are sent without charge for others of the same order.',
} as const;

function drawFoot(doc: Doc, y: number, {lines, value, currency, weight_g, reason}: InvoiceFacts): void {
  const net = lines.reduce((sum, line) => sum + line.weight_g, 0);
  const qty = lines.reduce((sum, line) => sum + line.qty, 0);
  const total = ['Total', '', '', String(qty), kilograms(net), decimalText(value, currency)];
  const below = drawRow(doc, y, total, true);
  const words = [
    `Total value ${decimalText(value, currency)} ${currency}, without shipping. Gross weight ${kilograms(weight_g)} kg.`,
    `${SENT[reason]} Where they cannot be delivered they are to be returned to the sender.`,
    'The sender declares that all of the above is true and correct.',
  ];
  doc
    .font('Helvetica')
    .fontSize(9)
    .text(words.join('\n'), LEFT, below + 10, {width: RIGHT - LEFT, lineGap: 3});
}

const widthOf = (column: number): number => COLUMNS[column]?.[1] ?? 0;

/** Of a row with the line below it, as the current font writes it. */
const heightOf = (doc: Doc, cells: readonly string[]): number =>
  Math.max(...cells.map((cell, i) => doc.fontSize(9).heightOfString(latin(cell), {width: widthOf(i)}))) + 8;

/** Returns where the next one begins. */
function drawRow(doc: Doc, y: number, cells: readonly string[], bold: boolean): number {
  doc.font(bold ? 'Helvetica-Bold' : 'Helvetica');
  const next = y + heightOf(doc, cells);
  for (const [i, [x, width]] of COLUMNS.entries())
    doc.text(latin(cells[i] ?? ''), x, y, {width, align: i > 2 ? 'right' : 'left'});
  doc
    .moveTo(LEFT, next - 5)
    .lineTo(RIGHT, next - 5)
    .lineWidth(bold ? 1 : 0.3)
    .stroke();
  return next;
}
