import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Expression, parseExpression} from './sql.ts';

export interface Column {
  name: string;
  type: 'String' | 'Int' | 'BigInt' | 'Float' | 'Boolean' | 'DateTime' | 'Json' | 'Bytes';
  nullable: boolean;
  list: boolean;
  /** `serial`: counted up by the database */
  byDefault: string | number | boolean | 'serial' | undefined;
}

export interface TableShape {
  name: string;
  columns: Map<string, Column>;
  /** sets of columns that no two rows share; the primary key first */
  uniques: string[][];
  checks: {name: string; holds: Expression}[];
}

/** The tables as `prisma/schema.prisma` declares them, with the CHECK constraints of the migrations beside it. */
export function readSchema(folder: string): Map<string, TableShape> {
  const tables = new Map<string, TableShape>();
  for (const [, name = '', body = ''] of readFileSync(join(folder, 'schema.prisma'), 'utf8').matchAll(
    /^model (\w+) \{\n(.*?)^\}/gms,
  )) {
    tables.set(name, readModel(name, body));
  }
  const steps = readdirSync(join(folder, 'migrations'), {withFileTypes: true}).filter((entry) => entry.isDirectory());
  for (const step of steps) {
    const sql = readFileSync(join(folder, 'migrations', step.name, 'migration.sql'), 'utf8');
    for (const {table, name, text} of readChecks(sql)) {
      const shape = tables.get(table);
      if (!shape) continue;
      shape.checks = shape.checks.filter((check) => check.name !== name);
      if (text !== null) shape.checks.push({name, holds: parseExpression(text)});
    }
  }
  return tables;
}

function readModel(name: string, body: string): TableShape {
  const shape: TableShape = {name, columns: new Map(), uniques: [], checks: []};
  for (const line of body.split('\n')) {
    const set = /^\s*@@(id|unique)\(\[([^\]]+)\]/.exec(line);
    if (set) {
      const columns = (set[2] ?? '').split(',').map((c) => c.trim());
      if (set[1] === 'id') shape.uniques.unshift(columns);
      else shape.uniques.push(columns);
      continue;
    }
    const found = /^\s*(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/.exec(line);
    if (!found) continue;
    const [, column = '', type, list, nullable, rest = ''] = found;
    shape.columns.set(column, {
      name: column,
      type: type as Column['type'],
      nullable: nullable !== undefined,
      list: list !== undefined,
      byDefault: readDefault(rest),
    });
    if (/@id\b/.test(rest)) shape.uniques.unshift([column]);
    else if (/@unique\b/.test(rest)) shape.uniques.push([column]);
  }
  return shape;
}

function readDefault(rest: string): Column['byDefault'] {
  const given = /@default\((\w+)(\(\))?\)/.exec(rest)?.[1];
  if (given === undefined) return undefined;
  if (given === 'autoincrement') return 'serial';
  return given === 'true' ? true : given === 'false' ? false : Number(given);
}

/** In the order of the migration; a constraint that is dropped has no text. */
function readChecks(sql: string): {table: string; name: string; text: string | null}[] {
  const found = sql.matchAll(
    /ALTER TABLE "?(\w+)"? (?:DROP CONSTRAINT "?(\w+)"?;|ADD CONSTRAINT "?(\w+)"?\s+CHECK \((.*?)\);)/gs,
  );
  return [...found].map(([, table = '', dropped, added, text]) => ({
    table,
    name: dropped ?? added ?? '',
    text: dropped === undefined ? (text ?? '') : null,
  }));
}
