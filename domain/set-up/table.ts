import {type CsvRecord, csvRecords} from '../text/csv.ts';

/** A file as it was read: its header, and its lines behind it. */
export interface Table {
  separator: string;
  header: readonly string[];
  records: readonly CsvRecord[];
}

/** Why a file is not read at all. */
export interface FileFault {
  code: 'no_header' | 'double_column' | 'missing_column' | 'too_many_lines' | 'control_character';
  detail: string;
}

export const MOST_LINES = 50_000;

/** Reads a file of lines below a header. Commas, semicolons or tabs: whatever the header has most of. */
export function readTable(text: string): Table | FileFault {
  // a file in another encoding, or no text at all
  if (text.includes('\u0000') || text.includes('\ufffd'))
    return {code: 'control_character', detail: 'this is no text in UTF-8: save it as CSV UTF-8'};
  const separator = separatorOf(text);
  const records = csvRecords(text, separator);
  const first = records.next();
  if (first.done) return {code: 'no_header', detail: 'the file is empty'};
  const header = first.value.cells.map(nameOf);
  const double = header.find((name, i) => name !== '' && header.indexOf(name) !== i);
  if (double !== undefined) return {code: 'double_column', detail: `the column ${double} stands there twice`};
  const lines: CsvRecord[] = [];
  for (const record of records) {
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    if (lines.length === MOST_LINES)
      return {code: 'too_many_lines', detail: `a file has ${MOST_LINES} lines or fewer: divide it`};
    lines.push(record);
  }
  return {separator, header, records: lines};
}

/** `Weight g` and `weight-g` are `weight_g`: spreadsheets and people write names as they like. */
const nameOf = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

const SEPARATORS = [',', ';', '\t'] as const;

function separatorOf(text: string): string {
  const counts = SEPARATORS.map((separator) => {
    const first = csvRecords(text, separator).next();
    return first.done ? 0 : first.value.cells.length;
  });
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}
