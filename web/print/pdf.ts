import {toBuffer} from 'bwip-js/node';
import PDFDocument from 'pdfkit';
import {LABEL, type LabelFacts, layLabel, type Mark} from './label-layout.ts';
import {latin} from './letters.ts';

const POINTS = 72 / LABEL.dotsPerInch;

/** Everything a document writes, once it has ended. */
export function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

/** A barcode (Code 128) as a picture to be put on paper. */
export const code128 = (text: string): Promise<Buffer> =>
  toBuffer({bcid: 'code128', text, scale: SCALE, height: 22, includetext: false, backgroundcolor: 'FFFFFF'});

const SCALE = 4;
/** How many of the narrowest bar a picture of a barcode is wide, by the head of the PNG. */
const modulesOf = (barcode: Buffer): number => barcode.readUInt32BE(16) / SCALE;

/** The label on a page of 4 × 6 inches. */
export async function labelPdf(facts: LabelFacts): Promise<Buffer> {
  const size: [number, number] = [LABEL.width * POINTS, LABEL.height * POINTS];
  const doc = new PDFDocument({size, margin: 0, info: {Title: `Label ${facts.tracking_number}`}});
  const bytes = bytesOf(doc);
  const barcode = await code128(facts.tracking_number);
  for (const mark of layLabel(facts)) draw(doc, mark, barcode);
  doc.end();
  return bytes;
}

function draw(doc: PDFKit.PDFDocument, mark: Mark, barcode: Buffer): void {
  const y = mark.y * POINTS;
  if (mark.kind === 'rule') {
    doc
      .moveTo(20 * POINTS, y)
      .lineTo((LABEL.width - 20) * POINTS, y)
      .lineWidth(1)
      .stroke();
  } else if (mark.kind === 'barcode') {
    // every bar a whole number of the printer's dots wide
    const width = modulesOf(barcode) * mark.module * POINTS;
    doc.image(barcode, mark.x * POINTS, y, {width, height: mark.height * POINTS});
  } else {
    doc.font(mark.bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(mark.size * POINTS);
    doc.text(latin(mark.text), mark.x * POINTS, y, {lineBreak: false});
  }
}
