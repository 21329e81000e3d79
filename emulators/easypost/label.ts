import PDFDocument from 'pdfkit';
import {code128} from './barcode.ts';
import type {Address, Postage, Shipment} from './types.ts';

/** 4 x 6 inches in points. */
const WIDTH = 288;
const HEIGHT = 432;
const MARGIN = 14;

/**
 * The label as PDF, drawn from the books alone: the same shipment gives the same bytes every time.
 * Other formats (PNG, ZPL) belong beside this function.
 */
export async function labelPdf(shipment: Shipment, postage: Postage): Promise<Buffer> {
  const barcode = await code128(postage.tracking_code);
  const doc = new PDFDocument({size: [WIDTH, HEIGHT], margin: 0, info: {CreationDate: new Date(postage.bought_at)}});
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  drawHead(doc, shipment, postage);
  drawAddresses(doc, shipment);
  drawBarcode(doc, barcode, postage.tracking_code);
  drawFoot(doc, shipment);
  doc.end();
  return done;
}

function drawHead(doc: PDFKit.PDFDocument, shipment: Shipment, postage: Postage): void {
  doc
    .rect(6, 6, WIDTH - 12, HEIGHT - 12)
    .lineWidth(1.5)
    .stroke();
  doc.font('Helvetica-Bold').fontSize(22).text(postage.carrier, MARGIN, 16, {lineBreak: false});
  doc.fontSize(13).text(postage.service, MARGIN, 42, {lineBreak: false});
  doc.font('Helvetica').fontSize(9);
  doc.text(`${(shipment.parcel.weight / 16).toFixed(1)} lb`, 190, 18, {width: 84, align: 'right'});
  doc.text(new Date(postage.bought_at).toISOString().slice(0, 10), 190, 30, {width: 84, align: 'right'});
  rule(doc, 64);
}

function drawAddresses(doc: PDFKit.PDFDocument, shipment: Shipment): void {
  doc.font('Helvetica').fontSize(8).text('FROM', MARGIN, 70);
  fitText(doc, addressLines(shipment.from_address), {x: MARGIN, y: 80, width: 258, height: 58, largest: 8});
  rule(doc, 142);
  doc.font('Helvetica-Bold').fontSize(9).text('SHIP TO', MARGIN, 149);
  fitText(doc, addressLines(shipment.to_address), {x: MARGIN, y: 163, width: 258, height: 104, largest: 13});
  rule(doc, 272);
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Font size in points to begin with. */
  largest: number;
}

/** Takes the largest font in which all lines fit the box: no line of an address may be lost. */
function fitText(doc: PDFKit.PDFDocument, lines: string[], {x, y, width, height, largest}: Box): void {
  const text = lines.join('\n');
  let size = largest;
  while (size > 4 && doc.fontSize(size).heightOfString(text, {width}) > height) size -= 0.5;
  doc.text(text, x, y, {width, height, ellipsis: true});
}

function drawBarcode(doc: PDFKit.PDFDocument, barcode: Buffer, code: string): void {
  doc.image(barcode, 24, 284, {width: WIDTH - 48, height: 78});
  doc.font('Helvetica-Bold').fontSize(11).text(code, 0, 368, {width: WIDTH, align: 'center'});
  rule(doc, 388);
}

function drawFoot(doc: PDFKit.PDFDocument, shipment: Shipment): void {
  doc.font('Helvetica').fontSize(8);
  doc.text(`REF ${latin(shipment.reference ?? shipment.id)}`, MARGIN, 395, {width: 250, height: 10, ellipsis: true});
  doc.text('TEST LABEL: not for shipping', MARGIN, 407, {lineBreak: false});
}

function rule(doc: PDFKit.PDFDocument, y: number): void {
  doc
    .moveTo(6, y)
    .lineTo(WIDTH - 6, y)
    .lineWidth(0.8)
    .stroke();
}

function addressLines(address: Address): string[] {
  const town = [address.city, address.state, address.zip].filter((part) => part !== null && part !== '').join(' ');
  const lines = [address.name, address.company, address.street1, address.street2, town, address.country];
  return lines.filter((line): line is string => line !== null && line !== '').map(latin);
}

/** The built-in fonts know Latin letters only. */
function latin(text: string): string {
  return text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?');
}
