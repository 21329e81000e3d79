// node scripts/run.mjs FILE.js args…: prepares the folder, then runs dist/FILE.js in this process.
import './lib/check-node.mjs';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

const {createLog, main, Trouble} = await import('./lib/log.mjs');
const {defaultDataDir, DIST, ROOT, WORKFLOW_BUNDLE} = await import('./lib/paths.mjs');
const {prepare} = await import('./lib/prepare.mjs');

await main(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (!file) throw new Trouble('Usage: node scripts/run.mjs FILE.js [arguments], FILE.js below dist/');
  // Standard output belongs to the program: with --json its last line is read by others.
  await prepare(createLog(process.stderr));
  const path = join(DIST, file);
  if (!existsSync(path)) throw new Trouble(`There is no ${file.replace(/\.js$/, '.ts')} yet.`);
  process.env.WAYBILL_ROOT = ROOT;
  process.env.WORKFLOW_BUNDLE = WORKFLOW_BUNDLE;
  process.env.DATA_DIR = defaultDataDir();
  process.argv = [process.argv[0], path, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(path).href);
});
