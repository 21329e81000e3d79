import {deflateSync} from 'node:zlib';

interface Printed {
  png: Buffer;
  /** 1 is black, row by row */
  dots: Uint8Array;
  texts: string[];
  width: number;
  height: number;
}

/**
 * Reads a ZPL label as a printer does, as far as our labels need it, and gives the picture it prints (PNG). Barcodes
 * are encoded here once more, from the tables of Code 128 (ISO/IEC 15417), lines and frames are drawn; letters are not
 * drawn, but told. An unknown command is an error: a printer would ignore what we wrote.
 */
export function printZpl(zpl: string): Printed {
  const printer = {width: 0, height: 0, x: 0, y: 0, module: 2, hex: false, barcode: 0, texts: [] as string[]};
  let dots = new Uint8Array(0);
  const black = (x: number, y: number, w: number, h: number) => {
    if (x + w > printer.width || y + h > printer.height) throw new Error(`prints beyond the paper at ${x}, ${y}`);
    for (let row = y; row < y + h; row += 1) dots.fill(1, row * printer.width + x, row * printer.width + x + w);
  };
  const numbers = (text: string) => text.split(',').map(Number);
  for (const {name, text} of commandsOf(zpl)) {
    const [a = 0, b = 0, c = 0] = numbers(text);
    if (name === 'PW') printer.width = a;
    else if (name === 'LL') [printer.height, dots] = [a, new Uint8Array(a * printer.width)];
    else if (name === 'FO') [printer.x, printer.y] = [a, b];
    else if (name === 'BY') printer.module = a;
    else if (name === 'FH') printer.hex = true;
    else if (name === 'BC') printer.barcode = Number(/^N,(\d+),N,N,N,A$/.exec(text)?.[1]);
    else if (name === 'GB') black(printer.x, printer.y, a, Math.max(b, c));
    else if (name === 'FD') {
      const data = printer.hex ? unhex(text) : text;
      if (printer.barcode > 0) bars(data, printer, black);
      else printer.texts.push(data);
    } else if (name === 'FS') Object.assign(printer, {hex: false, barcode: 0});
    else if (!['XA', 'XZ', 'CI', 'A0'].includes(name)) throw new Error(`a printer does not know ^${name}`);
  }
  const {width, height, texts} = printer;
  return {png: pngOf(dots, width, height), dots, texts, width, height};
}

const commandsOf = (zpl: string) =>
  [...zpl.matchAll(/\^([A-Z][A-Z0-9])([^^]*)/g)].map(([, name = '', text = '']) => ({
    name,
    text: name === 'FD' ? text : text.trim(),
  }));

const unhex = (text: string) =>
  text.replace(/_([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

interface Head {
  x: number;
  y: number;
  module: number;
  barcode: number;
}

function bars(data: string, head: Head, black: (x: number, y: number, w: number, h: number) => void): void {
  let x = head.x;
  for (const [i, width] of widthsOf(data).entries()) {
    if (i % 2 === 0) black(x, head.y, width * head.module, head.barcode);
    x += width * head.module;
  }
}

/** Widths of bar, gap, bar … in modules: pairs of digits in code C, everything else in code B. */
function widthsOf(data: string): number[] {
  const values = /^(\d\d)+$/.test(data)
    ? [105, ...(data.match(/\d\d/g) ?? []).map(Number)]
    : [104, ...Array.from(data, (letter) => letter.charCodeAt(0) - 32)];
  const check = values.reduce((sum, value, i) => sum + value * Math.max(i, 1), 0) % 103;
  return [...values, check, 106].flatMap((value) => Array.from(PATTERNS[value] ?? '', Number));
}

/** Of the values 0 to 106: bars and gaps by turns. */
const PATTERNS =
  `212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122
  123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323
  131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131
  213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122
  141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112
  124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141
  411131 211412 211214 211232 2331112`.split(/\s+/);

const CRC = Array.from({length: 256}, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const crc = named.reduce((c, byte) => (CRC[(c ^ byte) & 255] ?? 0) ^ (c >>> 8), 0xffffffff);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** Black dots on white, eight bits a dot. */
export function pngOf(dots: Uint8Array, width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 255);
  for (let y = 0; y < height; y += 1) {
    rows[y * (width + 1)] = 0;
    for (let x = 0; x < width; x += 1) if (dots[y * width + x] === 1) rows[y * (width + 1) + 1 + x] = 0;
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
