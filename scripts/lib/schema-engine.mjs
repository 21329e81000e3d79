// Prisma's schema engine as WebAssembly: writes migration SQL without the native engine that its CLI downloads.
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {PrismaPg} from '@prisma/adapter-pg';
import {bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import {MIGRATIONS, SCHEMA} from './paths.mjs';
import {urlOf} from './postgres.mjs';

const CHAR = 18; // the type of pg_catalog's one-byte columns, which the adapter does not know
const BPCHAR = 1042;

/** The adapter with what the engine needs and PrismaPg lacks. */
class EngineAdapter extends PrismaPg {
  constructor(url) {
    super({connectionString: url});
    this.url = url;
  }

  async connect() {
    return prepared(await super.connect());
  }

  // PrismaPg's own runs on the real database when it was given a connection string.
  async connectToShadowDb() {
    const name = `shadow_${randomUUID()}`;
    const admin = new pg.Pool({connectionString: this.url, max: 1});
    await admin.query(`CREATE DATABASE "${name}"`);
    const pool = new pg.Pool({connectionString: urlOf(this.url, name)});
    const adapter = prepared(await new PrismaPg(pool).connect());
    adapter.dispose = async () => {
      await pool.end();
      await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
      await admin.end();
    };
    return adapter;
  }
}

function prepared(adapter) {
  const pool = adapter.underlyingDriver();
  // PrismaPg splits at every semicolon, also within function bodies and comments.
  adapter.executeScript = async (script) => {
    await pool.query(script);
  };
  const performIO = adapter.performIO.bind(adapter);
  const chars = new WeakMap();
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    const columns = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR ? [index] : []));
    for (const index of columns) result.fields[index].dataTypeID = BPCHAR;
    chars.set(query, columns);
    return result;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of chars.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {set_message: console.error};
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const require = createRequire(import.meta.url);
  const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const module = await WebAssembly.instantiate(readFileSync(file), {'./schema_engine_bg.js': bindings});
  bindings.__wbg_set_wasm(module.instance.exports);
  module.instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/**
 * What schema.prisma has and the migrations lack, as SQL ('' when nothing).
 * `from: 'empty'` gives the whole schema. Needs a server where a scratch database may be made.
 */
export async function diffSchema(adminUrl, migrations, from = 'migrations') {
  const SchemaEngine = await loadEngine();
  const content = readFileSync(SCHEMA, 'utf8');
  const factory = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(adminUrl));
  const engine = await SchemaEngine.new({datamodels: [[SCHEMA, content]]}, () => {}, factory);
  try {
    const {exitCode, stdout} = await engine.diff({
      from: from === 'empty' ? {tag: 'empty'} : migrationList(migrations),
      to: {tag: 'schemaDatamodel', files: [{path: SCHEMA, content}], configDir: MIGRATIONS},
      script: true,
      exitCode: true,
      filters: {externalTables: [], externalEnums: []},
      shadowDatabaseUrl: null,
    });
    return exitCode === 0 ? '' : stdout;
  } finally {
    engine.free();
  }
}

function migrationList(migrations) {
  return {
    tag: 'migrations',
    baseDir: MIGRATIONS,
    lockfile: {path: 'migration_lock.toml', content: 'provider = "postgresql"\n'},
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({name, sql}) => ({
      path: name,
      migrationFile: {path: 'migration.sql', content: {tag: 'ok', value: sql}},
    })),
  };
}
