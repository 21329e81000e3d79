/** npm run replay -- [--dir DIR] [--json]: the workflows of today over every stored history; exit 1 when one would go another way. */
import {parseArgs} from 'node:util';
import {installRuntime} from '../../workers/runtime.ts';
import {HISTORIES, replayAll, storedHistories} from './replay.ts';

const USAGE = `npm run replay -- [--dir DIR] [--json]
  --dir DIR  the histories in DIR as well, such as npm run chaos -- --histories DIR stores them; may be repeated
  --json     the last line on standard output is one JSON object {histories, failed}`;

async function main(): Promise<number> {
  const {values} = parseArgs({
    options: {
      json: {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
      dir: {type: 'string', multiple: true, default: []},
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const codePath = process.env['WORKFLOW_BUNDLE'];
  if (!codePath) throw new Error('WORKFLOW_BUNDLE must name the bundle of the workflows: start with npm run replay');
  installRuntime('ERROR');
  const stored = [HISTORIES, ...values.dir].flatMap((folder) => {
    const found = storedHistories(folder);
    if (found.length === 0) throw new Error(`there is no history in ${folder}`);
    return found;
  });
  const results = await replayAll({codePath}, stored);
  const failed = results.filter(({error}) => error !== undefined);
  const told = results.length > 100 ? failed : results;
  for (const {name, error} of told) console.log(error ? `✗ ${name}: ${error}` : `✓ ${name}`);
  console.log(`${results.length} histories, ${failed.length} failed`);
  if (values.json) console.log(JSON.stringify({histories: results.length, failed: failed.length}));
  return failed.length > 0 || results.length !== stored.length ? 1 : 0;
}

process.exit(await main());
