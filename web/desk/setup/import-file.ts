import type {importAnswer} from '../../../api/contract/imports.ts';
import type {z} from '../../../api/contract/z.ts';

export type Import = z.output<typeof importAnswer>;

/** So that it fits into a request, whatever its signs are. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** The text of a file. Spreadsheets also save UTF-16, and mark it; what is no UTF-8 is for the service to refuse. */
export async function readText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const marked = {fffe: 'utf-16le', feff: 'utf-16be'}[
    [...bytes.subarray(0, 2)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  ];
  return new TextDecoder(marked ?? 'utf-8').decode(bytes);
}
