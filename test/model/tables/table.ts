import type {Column, TableShape} from './schema.ts';
import type {Row} from './sql.ts';

/** What Postgres says, in the shape the store reads it from. */
export class Violation extends Error {
  readonly cause: {originalCode: string};
  constructor(code: string, message: string) {
    super(message);
    this.cause = {originalCode: code};
  }
}

const UNIQUE = '23505';
const CHECK = '23514';
const NOT_NULL = '23502';

/** What takes a change back. */
export type Undo = () => void;

/** One table: rows in the order they came, with the constraints of its shape. */
export class Table {
  readonly rows: Row[] = [];
  readonly shape: TableShape;
  /** for every set of unique columns, its row by their values */
  private readonly indexes: {columns: string[]; rows: Map<string, Row>}[];
  private serial = 0;
  private readonly onWrite: (undo: Undo) => void;

  constructor(shape: TableShape, onWrite: (undo: Undo) => void) {
    this.shape = shape;
    this.onWrite = onWrite;
    this.indexes = shape.uniques.map((columns) => ({columns, rows: new Map()}));
  }

  /** The one row that has the values of `where` in a set of unique columns; undefined when no such set is named. */
  byKey(where: Row): {row: Row | undefined} | undefined {
    for (const {columns, rows} of this.indexes) {
      if (!columns.every((c) => typeof where[c] === 'string')) continue;
      return {row: rows.get(keyOf(where, columns) ?? '')};
    }
    return undefined;
  }

  private enter(row: Row): void {
    for (const {columns, rows} of this.indexes) {
      const key = keyOf(row, columns);
      if (key !== null) rows.set(key, row);
    }
  }

  private leave(row: Row): void {
    for (const {columns, rows} of this.indexes) {
      const key = keyOf(row, columns);
      if (key !== null && rows.get(key) === row) rows.delete(key);
    }
  }

  insert(given: Row): Row {
    const row = this.complete(given);
    const twin = this.twinOf(row, null);
    if (twin) throw new Violation(UNIQUE, `${this.shape.name} has that row already: ${JSON.stringify(given, textOf)}`);
    this.judge(row);
    this.rows.push(row);
    this.enter(row);
    this.onWrite(() => {
      this.leave(row);
      this.rows.splice(this.rows.lastIndexOf(row), 1);
    });
    return row;
  }

  /** Changes a row in place; returns it. */
  write(row: Row, changes: Row): Row {
    const before: Row = {};
    const after: Row = {};
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) continue;
      before[name] = row[name];
      after[name] = this.coerce(name, value);
    }
    const keyed = this.indexes.some(({columns}) => columns.some((c) => c in after));
    const put = (values: Row) => {
      if (keyed) this.leave(row);
      Object.assign(row, values);
      if (keyed) this.enter(row);
    };
    if (keyed && this.twinOf({...row, ...after}, null, row)) {
      throw new Violation(UNIQUE, `${this.shape.name}: a second row of the same key`);
    }
    put(after);
    this.onWrite(() => put(before));
    this.judge(row);
    return row;
  }

  remove(row: Row): void {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    this.leave(row);
    this.onWrite(() => {
      this.rows.splice(at, 0, row);
      this.enter(row);
    });
  }

  /** A row with the same values in a set of unique columns (`columns`, or any set). */
  twinOf(row: Row, wanted: string[] | null, but?: Row): Row | undefined {
    for (const {columns, rows} of this.indexes) {
      if (wanted && wanted.join() !== columns.join()) continue;
      const key = keyOf(row, columns);
      const twin = key === null ? undefined : rows.get(key);
      if (twin && twin !== but) return twin;
    }
    return undefined;
  }

  private complete(given: Row): Row {
    const row: Row = {};
    for (const column of this.shape.columns.values()) {
      const value = given[column.name];
      row[column.name] = value === undefined ? this.defaultOf(column) : this.coerce(column.name, value);
    }
    for (const name of Object.keys(given)) this.column(name);
    return row;
  }

  private defaultOf({name, byDefault, nullable, type}: Column): unknown {
    if (byDefault === 'serial') {
      this.serial += 1;
      return type === 'BigInt' ? BigInt(this.serial) : this.serial;
    }
    if (byDefault !== undefined) return type === 'BigInt' ? BigInt(byDefault) : byDefault;
    if (nullable) return null;
    throw new Violation(NOT_NULL, `${this.shape.name}.${name} must have a value`);
  }

  private column(name: string): Column {
    const column = this.shape.columns.get(name);
    if (!column) throw new Error(`${this.shape.name} has no column ${name}`);
    return column;
  }

  private coerce(name: string, value: unknown): unknown {
    const {type, nullable, list} = this.column(name);
    if (value === null) {
      if (!nullable) throw new Violation(NOT_NULL, `${this.shape.name}.${name} must not be null`);
      return null;
    }
    if (list) return value;
    if (type === 'BigInt') return BigInt(value as number);
    if (type === 'Int' && !Number.isInteger(value))
      throw new Error(`${this.shape.name}.${name}: ${String(value)} is no integer`);
    if (type === 'DateTime' && !(value instanceof Date)) throw new Error(`${this.shape.name}.${name}: no date`);
    return value;
  }

  private judge(row: Row): void {
    for (const {name, holds} of this.shape.checks) {
      if (holds({row, values: [], excluded: null, now: never}) !== false) continue;
      throw new Violation(CHECK, `${name} does not hold: ${JSON.stringify(row, textOf)}`);
    }
  }
}

/** Null where one of them is null: then nothing is equal to it. */
function keyOf(row: Row, columns: readonly string[]): string | null {
  let key = '';
  for (const column of columns) {
    const value = row[column];
    if (value == null) return null;
    key += `${String(value)}\0`;
  }
  return key;
}

const never = () => {
  throw new Error('a CHECK has no clock');
};

const textOf = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
