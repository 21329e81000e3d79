import {csvLine} from '../text/csv.ts';
import {guarded} from './cells.ts';
import {type Body, type Judged, textOf} from './judge.ts';
import {FILE_KINDS, type ImportKind} from './kinds.ts';

/** Spreadsheets take a file for UTF-8 by its byte order mark. */
export const BOM = '\ufeff';

export const headerLine = (kind: ImportKind): string => csvLine(FILE_KINDS[kind].columns.map(({name}) => name));

/** One of a list, as the file that is imported has it. */
export const bodyLine = (kind: ImportKind, body: Body): string =>
  csvLine(FILE_KINDS[kind].columns.map((column) => textOf(column, body)));

/** A file to begin with: every column, and one line that shows how it is filled. */
export const templateFile = (kind: ImportKind): string =>
  BOM + headerLine(kind) + csvLine(FILE_KINDS[kind].columns.map(({example}) => example));

/** The lines that were refused as they stood in the file, with where and why: corrected, they are a file again. */
export function refusedFile(header: readonly string[], lines: readonly Judged[]): string {
  const refused = lines.filter(({verdict}) => verdict === 'refused');
  const rows = refused.map(({line, cells, faults}) => {
    const why = faults.map(({column, detail}) => (column ? `${column}: ${detail}` : detail)).join('; ');
    return csvLine([...header.map((_, i) => guarded(cells[i] ?? '')), String(line), guarded(why)]);
  });
  return [BOM, csvLine([...header, 'line', 'why']), ...rows].join('');
}
