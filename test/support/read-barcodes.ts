import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {prepareZXingModule, readBarcodes} from 'zxing-wasm/reader';

let ready: unknown = null;

/** The program of the reader is read from its package; by itself it would ask the network for it. */
function prepare(): unknown {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
  return prepareZXingModule({overrides: {wasmBinary}, fireImmediately: true});
}

/** The barcodes of a picture, `[format, text]`, by a reader that is not ours (ZXing). */
export async function codesIn(png: Buffer): Promise<[string, string][]> {
  await (ready ??= prepare());
  return (await readBarcodes(new Uint8Array(png))).map(({text, format}): [string, string] => [format, text]);
}
