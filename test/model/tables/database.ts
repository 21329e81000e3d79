import type {Faults} from '../engine/faults.ts';
import {fingerprint, handwritten} from './handwritten.ts';
import {Model} from './model.ts';
import type {TableShape} from './schema.ts';
import type {Row} from './sql.ts';
import {compile, type Statement} from './statement.ts';
import {Table, type Undo} from './table.ts';

const compiled = new WeakMap<TemplateStringsArray, Statement>();

function statementOf(strings: TemplateStringsArray): Statement {
  const known = compiled.get(strings);
  if (known) return known;
  const text = strings
    .reduce((sql, part, i) => sql + (i === 0 ? '' : `$${i}`) + part, '')
    .replace(/\s+/g, ' ')
    .trim();
  const statement = handwritten(text) ?? compileOr(text);
  compiled.set(strings, statement);
  return statement;
}

/** The product asks the database for something that the model cannot answer. */
export class UnknownStatement extends Error {}

function compileOr(text: string): Statement {
  try {
    return compile(text);
  } catch (cause) {
    const where = 'write it in test/model/tables/handwritten.ts';
    throw new UnknownStatement(`the model does not know this statement (${fingerprint(text)}), ${where}: ${text}`, {
      cause,
    });
  }
}

/**
 * Postgres in memory: the tables of the schema with their keys and checks, transactions that happen whole or not at all.
 * A transaction and a statement outside of one are one step each; each may be lost before or after it took effect.
 */
export class Database {
  readonly now: () => Date;
  /** counts changes that stayed */
  version = 0;
  private readonly tables = new Map<string, Table>();
  private readonly sequences = new Map<string, number>();
  private undo: Undo[] | null = null;
  private readonly faults: Faults;

  constructor(shapes: ReadonlyMap<string, TableShape>, faults: Faults, now: () => Date) {
    this.faults = faults;
    this.now = now;
    const onWrite = (undo: Undo) => {
      this.version += 1;
      this.undo?.push(undo);
    };
    for (const [name, shape] of shapes) this.tables.set(name, new Table(shape, onWrite));
  }

  table(name: string): Table {
    const table = this.tables.get(name);
    if (!table) throw new Error(`there is no table ${name}`);
    return table;
  }

  /** The rows of a table as they are now; not to be changed. */
  rows<T = Row>(name: string): readonly T[] {
    return this.table(name).rows as readonly T[];
  }

  nextValue(sequence: string): number {
    const next = (this.sequences.get(sequence) ?? 0) + 1;
    this.sequences.set(sequence, next);
    return next;
  }

  /** Runs `work` and takes everything back when it fails. Nothing else may run meanwhile. */
  async atomically<T>(work: () => Promise<T>): Promise<T> {
    if (this.undo) throw new Error('a transaction within a transaction');
    const changes: Undo[] = [];
    this.undo = changes;
    try {
      return await work();
    } catch (error) {
      this.undo = null;
      for (const undo of changes.reverse()) undo();
      throw error;
    } finally {
      this.undo = null;
    }
  }

  /** The client as the store sees it: inside a transaction each call follows at once, outside in its turn. */
  client(): object {
    const inside = this.calls((_where, effect) => Promise.resolve(effect()));
    const outside = this.calls((where, effect) => this.faults.boundary(where, () => this.atomically(effect)));
    return Object.assign(outside, {
      $transaction: (work: (tx: object) => Promise<unknown>) =>
        this.faults.boundary('a transaction', () => this.atomically(() => work(inside))),
    });
  }

  private calls(perform: (where: string, effect: () => Promise<unknown>) => Promise<unknown>): object {
    const raw = (strings: TemplateStringsArray, values: unknown[]) => statementOf(strings)(this, values);
    const made: Record<string, unknown> = {
      $executeRaw: (strings: TemplateStringsArray, ...values: unknown[]) =>
        perform('a statement', async () => raw(strings, values).count),
      $queryRaw: (strings: TemplateStringsArray, ...values: unknown[]) =>
        perform('a query', async () => raw(strings, values).rows),
    };
    for (const [name, table] of this.tables) made[name] = wrapped(name, new Model(table), perform);
    return made;
  }
}

function wrapped(
  name: string,
  model: Model,
  perform: (where: string, effect: () => Promise<unknown>) => Promise<unknown>,
): object {
  const verbs = Object.getOwnPropertyNames(Model.prototype).filter((verb) => verb !== 'constructor');
  const made: Record<string, unknown> = {};
  for (const verb of verbs) {
    const call = (model as unknown as Record<string, (query: unknown) => Promise<unknown>>)[verb];
    made[verb] = (query: unknown) => perform(name, () => call?.call(model, query) ?? Promise.resolve());
  }
  return made;
}
