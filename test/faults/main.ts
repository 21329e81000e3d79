/**
 * npm run faults -- [--json] [--shape one|split|backorder] [--only activity:kind] [--random N --seed S]: orders that meet
 * faults at exact boundaries. Exit 1 when anything is violated or a fault did not strike.
 */
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {BOUNDARIES, matrix, NOT_YET, type Shape, SHAPES} from './catalogue.ts';
import {runMatrix} from './run-matrix.ts';

interface Servers {
  adminUrl: string;
  template: string;
  temporal: string;
  stop(): Promise<void>;
}

async function startServers(): Promise<Servers> {
  const path = join(process.env['WAYBILL_ROOT'] ?? '.', 'scripts/lib/test-servers.mjs');
  const {startTestServers} = (await import(pathToFileURL(path).href)) as {startTestServers(): Promise<Servers>};
  const servers = await startTestServers();
  process.env['TEST_DATABASE_ADMIN_URL'] = servers.adminUrl;
  process.env['TEST_TEMPLATE_DB'] = servers.template;
  process.env['TEST_TEMPORAL_ADDRESS'] = servers.temporal;
  process.env['TEST_WORKFLOW_BUNDLE'] = process.env['WORKFLOW_BUNDLE'];
  return servers;
}

async function main(): Promise<number> {
  const {values} = parseArgs({
    options: {json: {type: 'boolean', default: false}, shape: {type: 'string'}, only: {type: 'string'}},
  });
  const {shape, only} = values;
  if (shape !== undefined && !SHAPES.includes(shape as Shape))
    throw new Error(`--shape is one of ${SHAPES.join(', ')}`);
  const cells = matrix({...(shape ? {shape: shape as Shape} : {}), ...(only ? {only} : {})});
  if (cells.length === 0)
    throw new Error(`--only ACTIVITY:KIND, activities are ${BOUNDARIES.map((b) => b.name).join(', ')}`);
  const servers = await startServers();
  try {
    const began = Date.now();
    const report = await runMatrix(cells, (line) => console.log(line));
    const seconds = Math.round((Date.now() - began) / 1000);
    for (const {activity, row} of NOT_YET) console.log(`not yet: ${activity} (row ${row})`);
    for (const v of report.violations) console.log(`✗ ${v.cell || 'no cell'} ${v.id}: ${v.sentence}`);
    for (const cell of report.not_fired) console.log(`✗ ${cell}: its fault never struck`);
    console.log(`${report.cells} cells, ${report.fired} fired, ${report.violations.length} violations, ${seconds} s`);
    if (values.json) console.log(JSON.stringify({...report, seconds}));
    return report.violations.length > 0 || report.fired < report.cells ? 1 : 0;
  } finally {
    await servers.stop();
  }
}

process.exit(await main());
