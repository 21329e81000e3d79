/**
 * Reads RFC 4180 text: quoted fields may hold commas, quotes (doubled) and line breaks; lines end in LF or CRLF; a
 * byte order mark is skipped. Returns one record per line, keyed by the header's names.
 */
export function readCsv(text: string): Record<string, string>[] {
  const rows = csvRows(text);
  const header = rows.shift() ?? [];
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

/** All rows as lists of fields; blank lines are left out. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
    row.push(field.value);
    at = field.end;
    if (text[at] === ',') {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

interface Field {
  value: string;
  /** where the separator after the field stands */
  end: number;
}

function plainField(text: string, start: number): Field {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return {value: text.slice(start, end), end};
}

function quotedField(text: string, start: number): Field {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new Error(`a quoted field that starts at character ${start} never ends`);
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"')
      return {value: value + plainField(text, quote + 1).value, end: plainField(text, quote + 1).end};
    value += '"';
    from = quote + 2;
  }
}
