import PDFDocument from 'pdfkit';
import {latin} from './letters.ts';
import {bytesOf, code128} from './pdf.ts';

/** What lies in a parcel, for whoever opens it. No prices: a parcel may be a present. */
export interface SlipFacts {
  order_number: string;
  parcel_id: string;
  parcel: {position: number; of: number};
  /** YYYY-MM-DD */
  packed_on: string | null;
  from: readonly string[];
  to: readonly string[];
  items: readonly {sku: string; name: string; qty: number}[];
  /** so that it reads in the customer's language */
  lang: string;
}

const WORDS = {
  en: {
    title: 'Packing slip',
    order: 'Order',
    parcel: 'Parcel',
    of: 'of',
    packed: 'Packed',
    to: 'To',
    from: 'From',
    qty: 'Qty',
    item: 'Item',
  },
  de: {
    title: 'Packzettel',
    order: 'Bestellung',
    parcel: 'Paket',
    of: 'von',
    packed: 'Gepackt',
    to: 'An',
    from: 'Von',
    qty: 'Anzahl',
    item: 'Artikel',
  },
  fr: {
    title: 'Bon de colisage',
    order: 'Commande',
    parcel: 'Colis',
    of: 'sur',
    packed: 'Emballé',
    to: 'À',
    from: 'De',
    qty: 'Qté',
    item: 'Article',
  },
};
type Words = (typeof WORDS)['en'];

const LEFT = 50;
const WIDTH = 495;
const BOTTOM = 770;

/** The packing slip of one parcel, on as many pages of A4 as its items take. */
export async function slipPdf(facts: SlipFacts): Promise<Buffer> {
  const words = WORDS[facts.lang.slice(0, 2) as keyof typeof WORDS] ?? WORDS.en;
  const doc = new PDFDocument({size: 'A4', margin: LEFT, info: {Title: `${words.title} ${facts.order_number}`}});
  const bytes = bytesOf(doc);
  drawHead(doc, facts, words, await code128(facts.parcel_id));
  let y = drawRow(doc, 300, words.qty, words.item, true);
  for (const {sku, name, qty} of facts.items) {
    if (y > BOTTOM) {
      doc.addPage();
      y = drawRow(doc, 60, words.qty, words.item, true);
    }
    y = drawRow(doc, y, String(qty), `${name}  (${sku})`, false);
  }
  doc.end();
  return bytes;
}

function drawHead(doc: PDFKit.PDFDocument, facts: SlipFacts, words: Words, barcode: Buffer): void {
  const {order_number, parcel, packed_on, from, to} = facts;
  doc.font('Helvetica-Bold').fontSize(22).text(latin(words.title), LEFT, 50);
  doc.image(barcode, 345, 46, {width: 200, height: 34});
  doc.font('Helvetica').fontSize(11);
  const facing = [`${words.order} ${order_number}`, `${words.parcel} ${parcel.position} ${words.of} ${parcel.of}`];
  if (packed_on !== null) facing.push(`${words.packed} ${packed_on}`);
  doc.text(latin(facing.join('   ')), LEFT, 95);
  drawAddress(doc, words.to, to, LEFT);
  drawAddress(doc, words.from, from, 320);
}

function drawAddress(doc: PDFKit.PDFDocument, title: string, lines: readonly string[], x: number): void {
  doc.font('Helvetica-Bold').fontSize(10).text(latin(title), x, 135);
  doc
    .font('Helvetica')
    .fontSize(11)
    .text(lines.map(latin).join('\n'), x, 150, {width: 225, height: 130, ellipsis: true});
}

function drawRow(doc: PDFKit.PDFDocument, y: number, qty: string, words: string, head: boolean): number {
  doc.font(head ? 'Helvetica-Bold' : 'Helvetica').fontSize(11);
  const height = Math.max(16, doc.heightOfString(latin(words), {width: WIDTH - 60}));
  doc.text(latin(qty), LEFT, y, {width: 45, align: 'right', lineBreak: false});
  doc.text(latin(words), LEFT + 60, y, {width: WIDTH - 60});
  doc
    .moveTo(LEFT, y + height + 4)
    .lineTo(LEFT + WIDTH, y + height + 4)
    .lineWidth(head ? 1 : 0.3)
    .stroke();
  return y + height + 10;
}
