import {inflateSync} from 'node:zlib';
import {pngOf} from './read-zpl.ts';

interface Stream {
  head: string;
  body: Buffer;
}

/** The streams of a PDF, inflated, each with what is said about it before. */
function streamsOf(pdf: Buffer): Stream[] {
  const raw = pdf.toString('latin1');
  return [...raw.matchAll(/obj\n<<\n((?:(?!endobj)[\s\S])*?)>>\nstream\r?\n([\s\S]*?)\r?\nendstream/g)].map(
    ([, head = '', body = '']) => {
      const bytes = Buffer.from(body, 'latin1');
      return {head, body: head.includes('/FlateDecode') ? inflateSync(bytes) : bytes};
    },
  );
}

/** The words of a PDF of pdfkit: its hexadecimal strings as letters. */
export function wordsOfPdf(pdf: Buffer): string {
  const text = streamsOf(pdf).map(({body}) => body.toString('latin1'));
  const hex = [...text.join('\n').matchAll(/<([0-9a-f]+)>/gi)];
  return hex.map(([, digits = '']) => Buffer.from(digits, 'hex').toString('latin1')).join('');
}

const number = (head: string, name: string) => Number(new RegExp(`/${name} ([\\d.]+)`).exec(head)?.[1]);

/**
 * The pictures of a page of pdfkit as a printer with so many dots an inch puts them on paper (PNG): each dot is black
 * or white, by the middle of what it covers. Words and lines are left out.
 */
export function printPdf(pdf: Buffer, dotsPerInch: number): Buffer {
  const raw = pdf.toString('latin1');
  const [, wide = '', high = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(raw) ?? [];
  const points = 72 / dotsPerInch;
  const [width, height] = [Math.round(Number(wide) / points), Math.round(Number(high) / points)];
  const dots = new Uint8Array(width * height);
  const streams = streamsOf(pdf);
  const image = streams.find(({head}) => head.includes('/Subtype /Image') && head.includes('/DeviceRGB'));
  const page = streams.find(({body}) => body.includes(' cm\n'));
  if (!image || !page) throw new Error('this PDF has no picture');
  const [columns, rows] = [number(image.head, 'Width'), number(image.head, 'Height')];
  const placed = /([\d.]+) 0 0 -([\d.]+) ([\d.]+) ([\d.]+) cm\n\/I\d+ Do/.exec(page.body.toString('latin1'));
  const [, w = 0, h = 0, left = 0, bottom = 0] = (placed ?? []).map(Number);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((((y + 0.5) * points - (bottom - h)) / h) * rows);
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor((((x + 0.5) * points - left) / w) * columns);
      const inside = row >= 0 && row < rows && column >= 0 && column < columns;
      if (inside && (image.body[(row * columns + column) * 3] ?? 255) < 128) dots[y * width + x] = 1;
    }
  }
  return pngOf(dots, width, height);
}
