import type {Column, TableShape} from './schema.ts';
import {isTrue, type Row} from './sql.ts';

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
  private serial = 0;
  readonly shape: TableShape;
  private readonly onWrite: (undo: Undo) => void;

  constructor(shape: TableShape, onWrite: (undo: Undo) => void) {
    this.shape = shape;
    this.onWrite = onWrite;
  }

  insert(given: Row): Row {
    const row = this.complete(given);
    const twin = this.twinOf(row, null);
    if (twin) throw new Violation(UNIQUE, `${this.shape.name} has that row already: ${JSON.stringify(given, textOf)}`);
    this.judge(row);
    this.rows.push(row);
    this.onWrite(() => this.rows.splice(this.rows.lastIndexOf(row), 1));
    return row;
  }

  /** Changes a row in place; returns it. */
  write(row: Row, changes: Row): Row {
    const before: Row = {};
    const touched: string[] = [];
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) continue;
      before[name] = row[name];
      row[name] = this.coerce(name, value);
      touched.push(name);
    }
    this.onWrite(() => Object.assign(row, before));
    if (this.shape.uniques.some((set) => set.some((c) => touched.includes(c)))) {
      if (this.twinOf(row, null, row)) throw new Violation(UNIQUE, `${this.shape.name}: a second row of the same key`);
    }
    this.judge(row);
    return row;
  }

  remove(row: Row): void {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    this.onWrite(() => this.rows.splice(at, 0, row));
  }

  /** A row with the same values in a set of unique columns (`columns`, or any set). */
  twinOf(row: Row, columns: string[] | null, but?: Row): Row | undefined {
    const sets = columns ? [columns] : this.shape.uniques;
    for (const set of sets) {
      if (set.some((c) => row[c] == null)) continue;
      const twin = this.rows.find((other) => other !== but && set.every((c) => other[c] === row[c]));
      if (twin) return twin;
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
      if (isTrue(holds({row, values: [], excluded: null, now: never}))) continue;
      throw new Violation(CHECK, `${name} does not hold: ${JSON.stringify(row, textOf)}`);
    }
  }
}

const never = () => {
  throw new Error('a CHECK has no clock');
};

const textOf = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
