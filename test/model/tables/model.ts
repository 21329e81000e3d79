import type {Row} from './sql.ts';
import {compareValues} from './statement.ts';
import type {Table} from './table.ts';
import {matches} from './where.ts';

type Order = Record<string, 'asc' | 'desc'>;

interface Query {
  where?: Record<string, unknown>;
  select?: Record<string, boolean>;
  orderBy?: Order | Order[];
  take?: number;
}

/** The calls of the database client on one table that the store makes, on rows in memory. */
export class Model {
  private readonly table: Table;

  constructor(table: Table) {
    this.table = table;
  }

  private find({where = {}, orderBy, take}: Query): Row[] {
    const known = this.table.byKey(where);
    if (known) return known.row && matches(known.row, where) ? [known.row] : [];
    const found = this.table.rows.filter((row) => matches(row, where));
    if (orderBy) sortBy(found, Array.isArray(orderBy) ? orderBy : [orderBy]);
    return take === undefined ? found : found.slice(0, take);
  }

  async findMany(query: Query = {}): Promise<Row[]> {
    return this.find(query).map((row) => project(row, query.select));
  }

  async findFirst(query: Query = {}): Promise<Row | null> {
    const row = this.find(query)[0];
    return row ? project(row, query.select) : null;
  }

  async findUnique(query: Query): Promise<Row | null> {
    return this.findFirst(query);
  }

  async findFirstOrThrow(query: Query): Promise<Row> {
    const row = await this.findFirst(query);
    if (!row) throw new Error(`there is no such row in ${this.table.shape.name}: ${JSON.stringify(query.where)}`);
    return row;
  }

  findUniqueOrThrow(query: Query): Promise<Row> {
    return this.findFirstOrThrow(query);
  }

  async count(query: Query = {}): Promise<number> {
    return this.find(query).length;
  }

  async create({data}: {data: Row}): Promise<Row> {
    return {...this.table.insert(data)};
  }

  async createMany({data, skipDuplicates}: {data: Row[]; skipDuplicates?: boolean}): Promise<{count: number}> {
    let count = 0;
    for (const row of data) {
      if (skipDuplicates && this.table.twinOf(row, null)) continue;
      this.table.insert(row);
      count += 1;
    }
    return {count};
  }

  async updateManyAndReturn({where, data}: {where?: Row; data: Row}): Promise<Row[]> {
    return this.find(where ? {where} : {}).map((row) => ({...this.table.write(row, resolve(row, data))}));
  }

  async updateMany(change: {where?: Row; data: Row}): Promise<{count: number}> {
    return {count: (await this.updateManyAndReturn(change)).length};
  }

  async update({where, data}: {where: Row; data: Row}): Promise<Row> {
    const row = this.find({where})[0];
    if (!row) throw new Error(`no row to update in ${this.table.shape.name}: ${JSON.stringify(where)}`);
    return {...this.table.write(row, resolve(row, data))};
  }

  async upsert({where, create, update}: {where: Row; create: Row; update: Row}): Promise<Row> {
    const row = this.find({where})[0];
    return {...(row ? this.table.write(row, resolve(row, update)) : this.table.insert(create))};
  }

  async deleteMany({where = {}}: {where?: Row} = {}): Promise<{count: number}> {
    const gone = this.find({where});
    for (const row of gone) this.table.remove(row);
    return {count: gone.length};
  }
}

function project(row: Row, select: Record<string, boolean> | undefined): Row {
  if (!select) return {...row};
  const made: Row = {};
  for (const [name, wanted] of Object.entries(select)) if (wanted) made[name] = row[name];
  return made;
}

function sortBy(rows: Row[], orders: Order[]): void {
  const keys = orders.flatMap((order) => Object.entries(order));
  rows.sort((a, b) => {
    for (const [name, direction] of keys) {
      const sign = compareValues(a[name], b[name]);
      if (sign !== 0) return direction === 'desc' ? -sign : sign;
    }
    return 0;
  });
}

/** `{increment: n}` and the like become values. */
function resolve(row: Row, data: Row): Row {
  const made: Row = {};
  for (const [name, value] of Object.entries(data)) made[name] = isChange(value) ? add(row[name], value) : value;
  return made;
}

type Step = {increment?: number | bigint; decrement?: number | bigint};

function isChange(value: unknown): value is Step {
  if (value === null || typeof value !== 'object') return false;
  return 'increment' in value || 'decrement' in value;
}

function add(value: unknown, {increment = 0, decrement = 0}: Step): number | bigint {
  if (typeof value === 'bigint') return value + BigInt(increment) - BigInt(decrement);
  return Number(value) + Number(increment) - Number(decrement);
}
