// Stage 0: from a bare clone to something that can run. Imports only node: and its neighbours.
import {spawn, spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, relative} from 'node:path';
import {Trouble} from './log.mjs';
import {endStale} from './leftovers.mjs';
import {oneAtATime} from './one-at-a-time.mjs';
import {defaultDataDir, DIST, PAGES, ROOT, SCHEMA, SOURCES, WORKFLOW_BUNDLE} from './paths.mjs';
import {dropStamp, filesBelow, hashOfContents, hashOfTimes, readStamp, sha256, writeStamp} from './stamps.mjs';

const MODULES = join(ROOT, 'node_modules');
const STAMPS = join(MODULES, '.stamps');
/** What runs in Node, then what runs in the browsers of the floor and knows no Node. */
const PROJECTS = ['tsconfig.build.json', 'tsconfig.floor.json'];

/**
 * Makes sure that packages, the database client, `dist/`, the workflow bundle and the pages are those of the sources.
 * `build: false` stops after the database client (enough for tests of the domain); `strict` takes no complaint
 * of the compiler.
 */
export async function prepare(log, {build = true, strict = false} = {}) {
  await oneAtATime(ROOT, log, async () => {
    await ensureDependencies(log);
    await ensureDatabaseClient(log);
    if (!build) return;
    await ensureBuild(log, strict);
    await ensureWorkflowBundle(log);
    await ensurePages(log, strict);
  });
}

async function ensureDependencies(log) {
  const stamp = join(STAMPS, 'packages');
  const abi = process.versions.modules;
  const wanted = `${abi} ${hashOfContents([join(ROOT, 'package.json'), join(ROOT, 'package-lock.json')])}`;
  const have = readStamp(stamp);
  if (have === wanted) return;
  // Installed by hand (npm ci, npm install): take it as it is.
  if ((have === null || have.startsWith(`${abi} `)) && lockIsInstalled()) return writeStamp(stamp, wanted);
  // A running Postgres is served from the files that npm is about to delete.
  await endStale(defaultDataDir(), {log});
  log.begin('installing packages (npm ci, about half a minute the first time)');
  await log.step('packages installed', () => npmCi());
  writeStamp(stamp, wanted);
}

/** Whether node_modules holds exactly what the lock asks for on this platform. */
function lockIsInstalled() {
  const hidden = join(MODULES, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const have = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || !fitsHere(entry)) return true;
    if (have[path] === undefined) return entry.optional === true && entry.os === undefined;
    return have[path].version === entry.version;
  });
}

function fitsHere({os, cpu, libc}) {
  const fits = (list = [], value) => {
    const allowed = list.filter((name) => !name.startsWith('!'));
    return !list.includes(`!${value}`) && (allowed.length === 0 || allowed.includes(value));
  };
  return fits(os, process.platform) && fits(cpu, process.arch) && (!libc || fits(libc, libcHere()));
}

let libcName = null;

/** Asked once: the report behind it takes a while, and the lock has hundreds of packages. */
function libcHere() {
  const glibc = () => process.platform !== 'linux' || process.report?.getReport().header.glibcVersionRuntime;
  libcName ??= glibc() ? 'glibc' : 'musl';
  return libcName;
}

async function npmCi() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [command, all] = npm?.endsWith('js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  const {code, output} = await run(command, all, {shell: process.platform === 'win32' && command === 'npm'});
  if (code !== 0) throw new Trouble(`npm ci failed:\n${output.trim()}\n\nRun it by hand to see more.`);
}

async function ensureDatabaseClient(log) {
  if (!existsSync(SCHEMA)) return log.notice('prisma/schema.prisma is not there: going on without a database client');
  const generated = join(ROOT, 'store', 'generated');
  const stamp = join(STAMPS, 'database-client');
  const wanted = sha256(readFileSync(SCHEMA), version('prisma'), version('@prisma/client'));
  if (readStamp(stamp) === wanted && existsSync(join(generated, 'client.ts'))) return;
  await log.step('database client generated', async () => {
    // The CLI insists on a native engine that it would download and never uses here: any existing file will do.
    const env = {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    };
    const {code, output} = await run(process.execPath, [join(MODULES, 'prisma/build/index.js'), 'generate'], {env});
    if (code !== 0) throw new Trouble(`prisma generate failed:\n${output.trim()}`);
  });
  writeStamp(stamp, wanted);
}

function version(name) {
  return JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')).version;
}

async function ensureBuild(log, strict) {
  const stamp = join(DIST, '.stamp');
  const sources = filesBelow(...SOURCES.map((folder) => join(ROOT, folder)));
  const configs = ['tsconfig.json', ...PROJECTS].map((file) => join(ROOT, file));
  const wanted = hashOfTimes([...sources, ...configs]);
  if (readStamp(stamp) === wanted) return;
  dropStamp(stamp);
  const began = Date.now();
  const tsc = join(MODULES, '@typescript/native/bin/tsc');
  const runs = [];
  for (const project of PROJECTS) runs.push(await run(process.execPath, [tsc, '-p', project]));
  const output = runs.map((one) => one.output).join('');
  const code = runs.find((one) => one.code !== 0)?.code ?? 0;
  dropOrphans();
  copyAssets(sources);
  log.done('compiled', Date.now() - began);
  const complaints = output.split('\n').filter((line) => line.includes('error TS'));
  if (code !== 0 && strict) throw new Trouble(`The compiler complains:\n${output.trim()}`);
  if (code !== 0) {
    // Types do not stop a run: what was emitted is complete, and `npm run verify` is the gate.
    log.notice(`the compiler has ${complaints.length || 'some'} complaints (npm run verify):`);
    for (const line of complaints.length ? complaints.slice(0, 5) : [output.trim()]) log.say(`    ${line}`);
  }
  writeStamp(stamp, wanted);
}

/** Deletes what was compiled from a source that is gone; else tests and workers would go on finding it. */
function dropOrphans() {
  for (const file of filesBelow(DIST)) {
    if (!file.endsWith('.js') || file === WORKFLOW_BUNDLE || file.startsWith(PAGES)) continue;
    const source = join(ROOT, relative(DIST, file)).replace(/\.js$/, '');
    if (['.ts', '.tsx', '.js'].some((extension) => existsSync(source + extension))) continue;
    rmSync(file);
    rmSync(`${file}.map`, {force: true});
  }
}

/** What code reads by `new URL('./page.html', import.meta.url)` must lie beside the compiled file. */
function copyAssets(sources) {
  for (const file of sources) {
    if (/\.(tsx?|md|prisma|sql|toml)$/.test(file) || file.startsWith(join(ROOT, 'test'))) continue;
    const target = join(DIST, relative(ROOT, file));
    if ((statSync(target, {throwIfNoEntry: false})?.mtimeMs ?? 0) >= statSync(file).mtimeMs) continue;
    mkdirSync(dirname(target), {recursive: true});
    copyFileSync(file, target);
  }
}

async function ensureWorkflowBundle(log) {
  const entry = join(DIST, 'workflows', 'index.js');
  if (!existsSync(entry)) return log.notice('workflows/index.ts is not there: going on without a workflow bundle');
  const stamp = join(DIST, '.bundle-stamp');
  const parts = filesBelow(join(DIST, 'workflows'), join(DIST, 'domain')).filter(
    (file) => file.endsWith('.js') && !file.endsWith('.test.js') && file !== WORKFLOW_BUNDLE,
  );
  const wanted = sha256(hashOfContents(parts), version('@temporalio/worker'));
  if (readStamp(stamp) === wanted && existsSync(WORKFLOW_BUNDLE)) return;
  await log.step('workflows bundled', async () => {
    const code = await bundleWorkflows(entry);
    writeFileSync(`${WORKFLOW_BUNDLE}.new`, code);
    renameSync(`${WORKFLOW_BUNDLE}.new`, WORKFLOW_BUNDLE);
  });
  writeStamp(stamp, wanted);
}

/** Folders whose files browsers load, and what those may share with the server. */
const IN_BROWSERS = ['web', 'domain'];

async function ensurePages(log, strict) {
  const stamp = join(DIST, '.pages-stamp');
  const files = filesBelow(...IN_BROWSERS.map((folder) => join(ROOT, folder))).filter((file) =>
    /\.(tsx?|css)$/.test(file),
  );
  const config = join(ROOT, 'vite.config.mjs');
  const wanted = sha256(hashOfContents([...files, config]), ...['vite', 'react', 'react-dom'].map(version));
  if (readStamp(stamp) === wanted && existsSync(join(PAGES, 'manifest.json'))) return;
  dropStamp(stamp);
  const began = Date.now();
  const env = {NODE_ENV: 'production'};
  const vite = join(MODULES, 'vite/bin/vite.js');
  const {code, output} = await run(process.execPath, [vite, 'build', '--config', config], {env});
  log.done('pages bundled', Date.now() - began);
  if (code === 0) return writeStamp(stamp, wanted);
  if (strict) throw new Trouble(`The pages could not be bundled:\n${output.trim()}`);
  // Everything but the pages works without them; they say so themselves.
  log.notice(`the pages could not be bundled (npm run build):\n${output.trim()}`);
}

/** The bundle's code, or a Trouble with what the bundler said. */
export async function bundleWorkflows(workflowsPath) {
  const require = createRequire(join(ROOT, 'package.json'));
  const {bundleWorkflowCode} = require('@temporalio/worker');
  const said = [];
  const keep = (message) => said.push(message);
  const logger = {log() {}, trace() {}, debug() {}, info: keep, warn: keep, error: keep};
  try {
    return (await bundleWorkflowCode({workflowsPath, logger})).code;
  } catch (error) {
    const told = said
      .join('\n')
      .replaceAll('\x1b', '')
      .replace(/\[\d+m/g, '');
    throw new Trouble(`The workflow bundle could not be made: ${error.message}\n${told}`);
  }
}

/** Runs a program to its end: `{code, output}` with both streams in order. */
export function run(command, args, {env = {}, ...options} = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {cwd: ROOT, env: {...process.env, ...env}, ...options});
    let output = '';
    const take = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({code: code ?? signal, output}));
  });
}

/** Whether a program of this name answers to `--version`. */
export function answers(command, args = ['--version']) {
  const result = spawnSync(command, args, {encoding: 'utf8', timeout: 10_000});
  return result.status === 0 ? result.stdout : null;
}
