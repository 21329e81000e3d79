import PDFDocument from 'pdfkit';
import {decimalText} from '../../domain/money/decimal.ts';
import {latin} from './letters.ts';
import {bytesOf} from './pdf.ts';

/** A receipt of what was charged, or a credit note of what was given back; amounts are minor units. */
export interface DocumentFacts {
  kind: 'receipt' | 'credit_note';
  number: string;
  /** YYYY-MM-DD */
  made_on: string;
  order_number: string;
  shipment: number | null;
  lines: readonly {sku: string; name: string; qty: number; amount: number}[];
  amount: number;
  tax: number;
  currency: string;
  lang: string;
}

const WORDS = {
  en: {
    receipt: 'Receipt',
    credit_note: 'Credit note',
    order: 'Order',
    shipment: 'Shipment',
    date: 'Date',
    item: 'Item',
    qty: 'Qty',
    amount: 'Amount',
    other: 'Further amounts',
    charged: 'Charged',
    returned: 'Given back',
    tax: 'of which tax',
    note: 'All amounts include tax and the share of the shipping charge.',
  },
  de: {
    receipt: 'Beleg',
    credit_note: 'Gutschrift',
    order: 'Bestellung',
    shipment: 'Sendung',
    date: 'Datum',
    item: 'Artikel',
    qty: 'Anzahl',
    amount: 'Betrag',
    other: 'Weitere Beträge',
    charged: 'Abgebucht',
    returned: 'Erstattet',
    tax: 'davon Steuer',
    note: 'Alle Beträge enthalten Steuer und den Anteil an den Versandkosten.',
  },
  fr: {
    receipt: 'Reçu',
    credit_note: 'Avoir',
    order: 'Commande',
    shipment: 'Envoi',
    date: 'Date',
    item: 'Article',
    qty: 'Qté',
    amount: 'Montant',
    other: 'Autres montants',
    charged: 'Débité',
    returned: 'Remboursé',
    tax: 'dont taxes',
    note: 'Tous les montants comprennent les taxes et la part des frais de livraison.',
  },
};
type Words = (typeof WORDS)['en'];
type Doc = PDFKit.PDFDocument;

const LEFT = 50;
const WIDTH = 495;
const BOTTOM = 740;
/** so much of a name is printed: one line never fills a page */
const LONGEST = 300;

/** The document on as many pages of A4 as its lines take. Other scripts are written in Latin letters. */
export async function documentPdf(facts: DocumentFacts): Promise<Buffer> {
  const words = WORDS[facts.lang.slice(0, 2) as keyof typeof WORDS] ?? WORDS.en;
  const title = `${words[facts.kind]} ${facts.number}`;
  const doc = new PDFDocument({size: 'A4', margin: LEFT, info: {Title: title}});
  const bytes = bytesOf(doc);
  drawHead(doc, facts, words, title);
  let y = row(doc, 150, [words.item, words.qty, `${words.amount} ${facts.currency}`], true);
  for (const [name, qty, amount] of tableOf(facts, words)) {
    if (y > BOTTOM) {
      doc.addPage();
      y = row(doc, 60, [words.item, words.qty, `${words.amount} ${facts.currency}`], true);
    }
    y = row(doc, y, [name, qty, amount], false);
  }
  drawFoot(doc, y, facts, words);
  doc.end();
  return bytes;
}

/** The lines, and what of the amount belongs to none of them. */
function tableOf({lines, amount, currency}: DocumentFacts, words: Words): [string, string, string][] {
  const rest = amount - lines.reduce((sum, line) => sum + line.amount, 0);
  return [
    ...lines.map((line): [string, string, string] => [
      `${line.name.slice(0, LONGEST)}  (${line.sku})`,
      String(line.qty),
      decimalText(line.amount, currency),
    ]),
    ...(rest === 0 ? [] : [[words.other, '', decimalText(rest, currency)] as [string, string, string]]),
  ];
}

function drawHead(doc: Doc, facts: DocumentFacts, words: Words, title: string): void {
  const {order_number, shipment, made_on} = facts;
  doc.font('Helvetica-Bold').fontSize(22).text(latin(title), LEFT, 50);
  const about = [`${words.order} ${order_number}`];
  if (shipment !== null) about.push(`${words.shipment} ${shipment}`);
  doc
    .font('Helvetica')
    .fontSize(11)
    .text(latin(about.join('   ')), LEFT, 90);
  doc.text(latin(`${words.date} ${made_on}`), LEFT, 108);
}

function drawFoot(doc: Doc, y: number, {kind, amount, tax, currency}: DocumentFacts, words: Words): void {
  const what = kind === 'receipt' ? words.charged : words.returned;
  const below = row(doc, y + 6, [what, '', `${decimalText(amount, currency)} ${currency}`], true);
  const last = tax > 0 ? row(doc, below, [words.tax, '', decimalText(tax, currency)], false) : below;
  doc
    .font('Helvetica')
    .fontSize(9)
    .text(latin(words.note), LEFT, last + 8, {width: WIDTH});
}

/** Returns where the next one begins. */
function row(doc: Doc, y: number, [name, qty, amount]: [string, string, string], bold: boolean): number {
  doc.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(11);
  const height = Math.max(16, doc.heightOfString(latin(name), {width: 320}));
  doc.text(latin(name), LEFT, y, {width: 320});
  doc.text(latin(qty), LEFT + 330, y, {width: 50, align: 'right', lineBreak: false});
  doc.text(latin(amount), LEFT + 385, y, {width: 110, align: 'right', lineBreak: false});
  doc
    .moveTo(LEFT, y + height + 4)
    .lineTo(LEFT + WIDTH, y + height + 4)
    .lineWidth(bold ? 1 : 0.3)
    .stroke();
  return y + height + 10;
}
