// npm test [-- jest arguments]
import './lib/check-node.mjs';
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const {createLog, main} = await import('./lib/log.mjs');
const {ROOT} = await import('./lib/paths.mjs');
const {prepare} = await import('./lib/prepare.mjs');

const FLAGS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

function jest(args, env) {
  return new Promise((resolve, reject) => {
    const program = join(ROOT, 'node_modules/jest/bin/jest.js');
    const options = {cwd: ROOT, stdio: 'inherit', env: {...process.env, ...env}};
    const child = spawn(process.execPath, [program, ...args], options);
    // Ctrl-C reaches jest by itself; we wait, so that it can end its servers.
    for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Counts a suite that could not even load as one failed test; jest alone counts it as none. */
function counts(file, code) {
  if (!existsSync(file)) return {passed: 0, failed: code === 0 ? 0 : 1};
  const result = JSON.parse(readFileSync(file, 'utf8'));
  return {passed: result.numPassedTests, failed: result.numFailedTests + result.numRuntimeErrorTestSuites};
}

await main(async () => {
  const args = process.argv.slice(2);
  const paths = args.filter((arg) => !arg.startsWith('-'));
  const domainOnly = paths.length > 0 && paths.every((path) => /^(\.\/)?domain(\/|$)/.test(path));
  await prepare(createLog(), {build: !domainOnly});
  const folder = mkdtempSync(join(tmpdir(), 'waybill-jest-'));
  const outcome = join(folder, 'result.json');
  const env = {
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${FLAGS}`.trim(),
    ...(domainOnly && {TEST_SERVERS: 'none'}),
  };
  const lists = args.some((arg) => ['--listTests', '--help', '--showConfig', '--version'].includes(arg));
  const code = await jest(lists ? args : [...args, '--json', `--outputFile=${outcome}`], env);
  const {passed, failed} = lists ? {} : counts(outcome, code);
  rmSync(folder, {recursive: true, force: true});
  if (!lists) console.log(`${passed} passed, ${failed} failed`);
  process.exit(code || (failed ? 1 : 0));
});
