import type {Database} from './database.ts';
import {Reader} from './reader.ts';
import {type Expression, isTrue, readOr, type Row, type Scope} from './sql.ts';
import type {Table} from './table.ts';

/** A compiled statement: how many rows it touched, and what it returns. */
export type Statement = (db: Database, values: readonly unknown[]) => {count: number; rows: Row[]};

type Projection = (scope: Scope) => Row;

/** Compiles one statement of the store; throws for SQL that it does not know. */
export function compile(sql: string): Statement {
  const r = new Reader(sql);
  const statement = r.take('UPDATE') ? readUpdate(r) : r.take('INSERT') ? readInsert(r) : readSelect(r);
  if (!r.done) throw new Error(`the model does not know this SQL from "${r.peek()?.text}" on: ${sql}`);
  return statement;
}

function readAlias(r: Reader): void {
  const word = r.peek();
  if (word?.kind === 'word' && !['SET', 'WHERE', 'ORDER', 'FOR', 'LIMIT'].includes(word.text.toUpperCase())) r.next();
}

function readUpdate(r: Reader): Statement {
  const name = r.name();
  readAlias(r);
  r.expect('SET');
  const changes = readAssignments(r);
  const where = r.take('WHERE') ? readOr(r) : () => true;
  const returned = readReturning(r);
  return (db, values) => {
    const table = db.table(name);
    const found = table.rows.filter((row) => isTrue(where(scope(db, row, values))));
    const rows = found.map((row) => table.write(row, evaluate(changes, scope(db, row, values))));
    return {count: rows.length, rows: returned ? rows.map((row) => returned(scope(db, row, values))) : []};
  };
}

function readAssignments(r: Reader): [string, Expression][] {
  const found: [string, Expression][] = [];
  do {
    const column = r.name();
    r.expect('=');
    found.push([column, readOr(r)]);
  } while (r.take(','));
  return found;
}

const scope = (db: Database, row: Row, values: readonly unknown[], excluded: Row | null = null): Scope => ({
  row,
  values,
  excluded,
  now: db.now,
});

function evaluate(changes: [string, Expression][], at: Scope): Row {
  const made: Row = {};
  for (const [column, expression] of changes) made[column] = expression(at);
  return made;
}

function readReturning(r: Reader): Projection | null {
  return r.take('RETURNING') ? readProjection(r) : null;
}

function readProjection(r: Reader): Projection {
  if (r.take('*')) return (s) => ({...s.row});
  const columns: [string, Expression][] = [];
  do {
    const first = r.peek()?.text ?? '';
    const value = readOr(r);
    columns.push([r.take('AS') ? r.name() : first, value]);
  } while (r.take(','));
  return (s) => evaluate(columns, s);
}

interface Conflict {
  columns: string[] | null;
  changes: [string, Expression][] | null;
}

function readInsert(r: Reader): Statement {
  r.expect('INTO');
  const name = r.name();
  const columns = r.names();
  r.expect('VALUES', '(');
  const expressions: Expression[] = [];
  do expressions.push(readOr(r));
  while (r.take(','));
  r.expect(')');
  const conflict = readConflict(r);
  const returned = readReturning(r);
  return (db, values) => {
    const table = db.table(name);
    const pairs = columns.map((column, i): [string, Expression] => [column, expressions[i] ?? (() => null)]);
    const made = evaluate(pairs, scope(db, {}, values));
    const row = insertOr(db, table, made, conflict, values);
    return {count: row ? 1 : 0, rows: row && returned ? [returned(scope(db, row, values))] : []};
  };
}

function readConflict(r: Reader): Conflict | null {
  if (!r.takeAll('ON', 'CONFLICT')) return null;
  const columns = r.peek()?.text === '(' ? r.names() : null;
  if (r.takeAll('DO', 'NOTHING')) return {columns, changes: null};
  r.expect('DO', 'UPDATE', 'SET');
  return {columns, changes: readAssignments(r)};
}

function insertOr(
  db: Database,
  table: Table,
  made: Row,
  conflict: Conflict | null,
  values: readonly unknown[],
): Row | null {
  const twin = conflict ? table.twinOf(made, conflict.columns) : undefined;
  if (!twin) return table.insert(made);
  return conflict?.changes ? table.write(twin, evaluate(conflict.changes, scope(db, twin, values, made))) : null;
}

function readSelect(r: Reader): Statement {
  r.expect('SELECT');
  const projection = readProjection(r);
  r.expect('FROM');
  const name = r.name();
  const where = r.take('WHERE') ? readOr(r) : () => true;
  const order = r.takeAll('ORDER', 'BY') ? readOr(r) : null;
  const limit = r.take('LIMIT') ? readOr(r) : null;
  r.takeAll('FOR', 'UPDATE');
  return (db, values) => {
    const found = db.table(name).rows.filter((row) => isTrue(where(scope(db, row, values))));
    if (order) found.sort((a, b) => compareValues(order(scope(db, a, values)), order(scope(db, b, values))));
    const most = limit ? Number(limit(scope(db, {}, values))) : found.length;
    const rows = found.slice(0, most).map((row) => projection(scope(db, row, values)));
    return {count: rows.length, rows};
  };
}

export function compareValues(a: unknown, b: unknown): number {
  const [x, y] = [a, b] as [number, number];
  return x < y ? -1 : x > y ? 1 : 0;
}
