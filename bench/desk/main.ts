import {ORDER_ROLES, readCalls} from './calls.ts';
import {createVault} from '../../store/vault.ts';
import {closeStore, openStore} from '../../store/context.ts';
import type {System} from '../../simulation/system.ts';
import type {Benchmark} from '../main.ts';
import {type Measured, measure} from './measure.ts';
import {multiply} from './multiply.ts';
import {nameThem} from './people.ts';
import {playTemplates} from './templates.ts';

const ORDERS = 10_000;
/** Milliseconds within which 19 of 20 answers of the office are there. */
const P95_LIMIT = 200;

/**
 * What the office waits for with 10,000 orders in the store: a few orders are played through the public interface, each to
 * another point, multiplied by SQL with everything that hangs on them and given people of their own, sealed and findable
 * as ever. Then the lists and searches of the office are asked by HTTP.
 */
export async function desk(system: System): Promise<Benchmark> {
  const {MASTER_KEY = '', INDEX_KEY = ''} = system.env;
  const vault = createVault({masterKey: MASTER_KEY, indexKey: INDEX_KEY});
  const store = openStore({databaseUrl: system.urls.database ?? '', vault, now: () => new Date()});
  try {
    const templates = await playTemplates(system);
    const copies = Math.ceil(ORDERS / templates.length) - 1;
    const rows = await multiply(store.pool, templates, copies);
    const people = await nameThem(store, templates);
    await store.pool.query('VACUUM ANALYZE');
    const calls = await readCalls(store.pool, people);
    const measured: Measured[] = [];
    for (const call of calls) measured.push(await measure(system, call));
    const orders = Number((await store.pool.query('SELECT count(*) FROM orders')).rows[0].count);
    return report(measured, {orders, rows});
  } finally {
    await closeStore(store);
  }
}

function report(measured: readonly Measured[], details: Record<string, unknown>): Benchmark {
  const value = Math.max(...measured.map(({p95}) => p95));
  const baseline = measured.find(({name}) => name === ORDER_ROLES.baseline)?.p95 ?? value;
  const slow = measured.filter(({p95}) => p95 > P95_LIMIT);
  const ms = (of: number) => String(Math.round(of)).padStart(6);
  return {
    figure: {
      ...{name: 'desk', value: Math.round(value), unit: 'ms, the slowest p95 of the office', baseline},
      ratio: Math.round((value / baseline) * 100) / 100,
      details: {...details, calls: Object.fromEntries(measured.map(({name, ...figures}) => [name, figures]))},
    },
    lines: [
      `${details['orders']} orders, ${details['rows']} rows with them`,
      `${''.padEnd(46)}    p50    p95    p99 ms`,
      ...measured.map(({name, p50, p95, p99}) => `${name.padEnd(46)} ${ms(p50)} ${ms(p95)} ${ms(p99)}`),
    ],
    ...(slow.length > 0 && {failure: `${slow.map(({name}) => name).join('; ')}: p95 above ${P95_LIMIT} ms`}),
  };
}
