import type {CsvRecord} from '../text/csv.ts';
import {CellFault, readCell, writeCell} from './cells.ts';
import {type Column, FILE_KINDS, type ImportKind} from './kinds.ts';
import {valueAt, withValue} from './pointer.ts';
import type {FileFault, Table} from './table.ts';

export type Body = Readonly<Record<string, unknown>>;

/** What is wrong with a line: in a column, or with the line as a whole (''). */
export interface LineFault {
  line: number;
  column: string;
  /** as it stands in the file */
  value: string;
  code: string;
  detail: string;
}

export interface Change {
  column: string;
  before: string;
  after: string;
}

export interface Judged {
  line: number;
  key: string;
  verdict: 'new' | 'changed' | 'same' | 'refused';
  /** what will be there afterwards; null of a line that is refused */
  body: Body | null;
  changes: readonly Change[];
  faults: readonly LineFault[];
  cells: readonly string[];
}

interface PointedFault {
  pointer: string;
  code: string;
  detail: string;
}

/** What a file is judged by. */
export interface Facts {
  /** what is there already, by key */
  known: ReadonlyMap<string, Body>;
  /** faults of what would be written: of the interface's own rules, and of what it names and is not there */
  check: (body: Body) => readonly PointedFault[];
}

/** A line that could be read so far. */
export interface ReadLine {
  line: number;
  key: string;
  given: readonly [Column, unknown][];
  faults: LineFault[];
  cells: readonly string[];
}

const KEY_END = '\u001f';
export const keyOf = (parts: readonly unknown[]): string => parts.map(String).join(KEY_END);
export const keyParts = (key: string): string[] => key.split(KEY_END);

/** The name of a line that was made to what is written. */
export const keyIn = (kind: ImportKind, body: Body): string =>
  keyOf(FILE_KINDS[kind].key.map((name) => body[name] ?? ''));

/** What the columns of a header stand for; those that nobody knows are not read. */
export function matchColumns(kind: ImportKind, header: readonly string[]) {
  const {columns, key} = FILE_KINDS[kind];
  const found = header.map((name) => columns.find((column) => column.name === name) ?? null);
  const missing = key.filter((name) => !header.includes(name));
  const fault: FileFault | null =
    missing.length === 0
      ? null
      : {code: 'missing_column', detail: `the columns ${key.join(', ')} name a line: ${missing.join(', ')} is missing`};
  return {found, fault, unread: header.filter((name, i) => name !== '' && found[i] === null)};
}

/** Reads line after line by its columns; two lines of one name are both wrong only from the second on. */
export function lineReader(kind: ImportKind, header: readonly string[]): (record: CsvRecord) => ReadLine {
  const {found} = matchColumns(kind, header);
  const first = new Map<string, number>();
  return (record) => {
    const read = readLine(kind, found, record.cells, record.line);
    const complain = (code: string, detail: string) =>
      read.faults.push({line: record.line, column: '', value: '', code, detail});
    if (record.fault === 'open_quote') complain('open_quote', 'a quote of this line never ends');
    if (record.fault === 'after_quote') complain('after_quote', 'something stands behind a closing quote');
    if (record.cells.length > header.length) complain('too_many_cells', 'the line has more cells than the header');
    const before = first.get(read.key);
    if (before !== undefined) complain('double_line', `line ${before} is about the same`);
    else first.set(read.key, record.line);
    return read;
  };
}

/** Every line at once, of files that are short. */
export const readLines = (kind: ImportKind, {header, records}: Table): ReadLine[] =>
  records.map(lineReader(kind, header));

function readLine(
  kind: ImportKind,
  columns: readonly (Column | null)[],
  cells: readonly string[],
  line: number,
): ReadLine {
  const read = (column: Column, from: string): unknown =>
    readCell(column.cell, from, currencyOf(columns, cells, column));
  const given: [Column, unknown][] = [];
  const faults: LineFault[] = [];
  for (const [i, column] of columns.entries()) {
    if (!column) continue;
    const cell = cells[i] ?? '';
    const value = read(column, cell);
    if (value instanceof CellFault) faults.push({line, column: column.name, value: cell, ...value});
    else given.push([column, value]);
  }
  const named = (name: string) => given.find(([column]) => column.name === name)?.[1] ?? '';
  return {line, key: keyOf(FILE_KINDS[kind].key.map(named)), given, faults, cells};
}

function currencyOf(columns: readonly (Column | null)[], cells: readonly string[], {currency}: Column): string {
  const at = currency === undefined ? -1 : columns.findIndex((column) => column?.at === currency);
  return at < 0 ? '' : (cells[at] ?? '').trim();
}

export const judge = (kind: ImportKind, lines: readonly ReadLine[], facts: Facts): Judged[] =>
  lines.map((line) => judgeLine(kind, line, facts));

/** What would come of a line. A column that the file does not have stays as it is. */
export function judgeLine(kind: ImportKind, line: ReadLine, facts: Facts): Judged {
  const {columns, once} = FILE_KINDS[kind];
  const before = facts.known.get(line.key) ?? null;
  const body = bodyOf(columns, before, line);
  const faults = line.faults.length > 0 ? line.faults : pointed(kind, line, facts.check(body));
  const changes = before ? changesIn(columns, before, body) : [];
  if (before && once && changes.length > 0) {
    const was = changes.map(({column, before: value}) => `${column} ${value}`).join(', ');
    const detail = `this is booked already, with ${was}: correct stock by counting`;
    faults.push({
      line: line.line,
      column: changes[0]?.column ?? '',
      value: changes[0]?.after ?? '',
      code: 'booked',
      detail,
    });
  }
  const {line: number, key, cells} = line;
  if (faults.length > 0) return {line: number, key, cells, verdict: 'refused', body: null, changes: [], faults};
  const verdict = before === null ? 'new' : changes.length > 0 ? 'changed' : 'same';
  return {line: number, key, cells, verdict, body, changes, faults: []};
}

function bodyOf(columns: readonly Column[], before: Body | null, {given}: ReadLine): Body {
  const start = columns.reduce<Body>(
    (body, {at, fallback}) => (fallback === undefined ? body : withValue(body, at, fallback)),
    {},
  );
  return given.reduce<Body>((body, [{at, needed, fallback}, value]) => {
    // empty is nothing said of what cannot be empty, and takes away what can
    if (value === null && (needed || (fallback !== undefined && fallback !== null))) return body;
    return withValue(body, at, value);
  }, before ?? start);
}

/** Faults at the columns that their pointers mean. */
function pointed(kind: ImportKind, {line, given, cells}: ReadLine, faults: readonly PointedFault[]): LineFault[] {
  const {columns} = FILE_KINDS[kind];
  return faults.map(({pointer, code, detail}) => {
    const near = ({at}: Column) => at.startsWith(`${pointer}/`) || pointer.startsWith(`${at}/`);
    const column = columns.find(({at}) => at === pointer) ?? columns.find(near);
    const at = given.findIndex(([one]) => one === column);
    return {line, column: column?.name ?? '', value: at < 0 ? '' : (cells[at] ?? ''), code, detail};
  });
}

function changesIn(columns: readonly Column[], before: Body, after: Body): Change[] {
  return columns.flatMap((column) => {
    const [was, is] = [before, after].map((body) => textOf(column, body)) as [string, string];
    return was === is ? [] : [{column: column.name, before: was, after: is}];
  });
}

/** One value of what is written, as it stands in a file. */
export function textOf({at, cell, currency}: Column, body: Body): string {
  return writeCell(cell, valueAt(body, at), currency === undefined ? '' : String(valueAt(body, currency) ?? ''));
}
