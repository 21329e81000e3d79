/** npm run replay -- [--json]: the workflows of today over every stored history; exit 1 when one would go another way. */
import {parseArgs} from 'node:util';
import {installRuntime} from '../../workers/runtime.ts';
import {replayAll, storedHistories} from './replay.ts';

async function main(): Promise<number> {
  const {values} = parseArgs({options: {json: {type: 'boolean', default: false}}});
  const codePath = process.env['WORKFLOW_BUNDLE'];
  if (!codePath) throw new Error('WORKFLOW_BUNDLE must name the bundle of the workflows: start with npm run replay');
  installRuntime('ERROR');
  const results = await replayAll({codePath}, storedHistories());
  for (const {name, error} of results) console.log(error ? `✗ ${name}: ${error}` : `✓ ${name}`);
  const failed = results.filter(({error}) => error !== undefined).length;
  console.log(`${results.length} histories, ${failed} failed`);
  if (values.json) console.log(JSON.stringify({histories: results.length, failed}));
  return failed > 0 || results.length === 0 ? 1 : 0;
}

process.exit(await main());
