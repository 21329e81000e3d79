import {inflateSync} from 'node:zlib';

/** Widths of bars and spaces of the Code 128 symbols 0 to 105 (ISO/IEC 15417); the stop symbol is 2331112. */
const SYMBOLS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232';
const VALUES = new Map(SYMBOLS.split(' ').map((widths, value) => [widths, value]));
const [CODE_C, CODE_B, START_B, START_C] = [99, 100, 104, 105];

/** Reads a Code 128 barcode (sets B and C) from a PNG as bwip-js draws it; throws when the check symbol is wrong. */
export function readCode128(png: Buffer): string {
  const symbols = symbolsOf(middleRow(png));
  const [start = 0, ...rest] = symbols;
  const check = rest.pop();
  const sum = rest.reduce((total, value, at) => total + value * (at + 1), start);
  if (sum % 103 !== check) throw new Error('wrong check symbol');
  if (start !== START_B && start !== START_C) throw new Error(`unexpected start symbol ${start}`);
  let pairs = start === START_C;
  let text = '';
  for (const value of rest) {
    if (pairs && value === CODE_B) pairs = false;
    else if (!pairs && value === CODE_C) pairs = true;
    else text += pairs ? String(value).padStart(2, '0') : String.fromCharCode(value + 32);
  }
  return text;
}

function symbolsOf(row: boolean[]): number[] {
  const runs: number[] = [];
  const dark = row.slice(row.indexOf(true), row.lastIndexOf(true) + 1);
  for (let at = 0, start = 0; at < dark.length; at += 1) {
    if (at + 1 < dark.length && dark[at + 1] === dark[at]) continue;
    runs.push(at + 1 - start);
    start = at + 1;
  }
  const unit = Math.min(...runs);
  const widths = runs.map((run) => Math.round(run / unit)).join('');
  if (!widths.endsWith('2331112')) throw new Error('no stop symbol');
  const body = widths.slice(0, -7);
  return (body.match(/.{6}/g) ?? []).map((symbol) => {
    const value = VALUES.get(symbol);
    if (value === undefined) throw new Error(`unknown symbol ${symbol}`);
    return value;
  });
}

/** Dark or light along the middle row of a PNG of 1, 2, 4 or 8 bits a pixel. */
function middleRow(png: Buffer): boolean[] {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const bits = png[24] ?? 8;
  const channels = ({0: 1, 2: 3, 3: 1, 4: 2, 6: 4} as Record<number, number>)[png[25] ?? 0] ?? 1;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const stride = Math.ceil((width * bits * channels) / 8);
  const rows = unfilter(inflateSync(Buffer.concat(data)), stride, Math.max(1, (bits * channels) >> 3), height);
  const row = rows[height >> 1] ?? Buffer.alloc(stride);
  return Array.from({length: width}, (_, x) => {
    const bit = x * bits * channels;
    return (((row[bit >> 3] ?? 0) >> (8 - Math.min(8, bits) - (bit & 7))) & (2 ** bits - 1)) === 0;
  });
}

/** Undoes PNG's row filters 0 (none), 1 (sub) and 2 (up), all that flat drawings use. */
function unfilter(data: Buffer, stride: number, step: number, height: number): Buffer[] {
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)];
    const row = Buffer.from(data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; x += 1) {
      const near = filter === 1 ? row[x - step] : filter === 2 ? rows[y - 1]?.[x] : 0;
      row[x] = ((row[x] ?? 0) + (near ?? 0)) & 255;
    }
    rows.push(row);
  }
  return rows;
}
