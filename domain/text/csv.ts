/** A record of a file, with the line it begins in: one in quotes may go over several. */
export interface CsvRecord {
  /** 1 is the first line of the file */
  line: number;
  cells: string[];
  /** what is wrong with its quotes; its cells are then the best guess */
  fault: 'open_quote' | 'after_quote' | null;
}

/**
 * Reads RFC 4180 text: quoted fields may hold separators, quotes (doubled) and line breaks; lines end in LF, CRLF or
 * CR; a byte order mark is skipped, blank lines are left out.
 */
export function* csvRecords(text: string, separator = ','): Generator<CsvRecord> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const record: CsvRecord = {line, cells: [], fault: null};
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at, separator) : plainField(text, at, separator);
      record.cells.push(field.value);
      record.fault ??= field.fault;
      line += field.breaks;
      at = field.end;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === '\r') at += text[at + 1] === '\n' ? 2 : 1;
    else if (text[at] === '\n') at += 1;
    line += 1;
    if (record.cells.length > 1 || record.cells[0] !== '') yield record;
  }
}

/** Records keyed by the header's names. Throws for a quote that never ends. */
export function readCsv(text: string): Record<string, string>[] {
  const rows = csvRows(text);
  const header = rows.shift() ?? [];
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

/** All rows as lists of fields. Throws for a quote that never ends. */
export function csvRows(text: string): string[][] {
  return Array.from(csvRecords(text), ({line, cells, fault}) => {
    if (fault === 'open_quote') throw new Error(`a quoted field of line ${line} never ends`);
    return cells;
  });
}

interface Field {
  value: string;
  /** where the separator after the field stands */
  end: number;
  /** lines that end within it */
  breaks: number;
  fault: CsvRecord['fault'];
}

function plainField(text: string, start: number, separator: string): Field {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return {value: text.slice(start, end), end, breaks: 0, fault: null};
}

function quotedField(text: string, start: number, separator: string): Field {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) {
      const value = [...parts, text.slice(from)].join('"');
      return {value, end: text.length, breaks: breaksIn(value), fault: 'open_quote'};
    }
    parts.push(text.slice(from, quote));
    from = quote + 2;
    if (text[quote + 1] === '"') continue;
    const value = parts.join('"');
    const rest = plainField(text, quote + 1, separator);
    const fault = rest.value.trim() === '' ? null : 'after_quote';
    return {value: value + rest.value.trimEnd(), end: rest.end, breaks: breaksIn(value), fault};
  }
}

const breaksIn = (value: string) => value.match(/\r\n?|\n/g)?.length ?? 0;

/** One record as text. Quotes stand where they must, and around what begins or ends with a space. */
export function csvLine(cells: readonly string[], separator = ','): string {
  return `${cells.map((cell) => quoted(cell, separator)).join(separator)}\r\n`;
}

function quoted(cell: string, separator: string): string {
  const plain = !cell.includes(separator) && !/["\r\n]|^\s|\s$|^\ufeff/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
