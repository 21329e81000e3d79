// npm run verify: everything that can be judged without running the system, in parallel, in seconds.
import './lib/check-node.mjs';
import {existsSync} from 'node:fs';
import {join} from 'node:path';

const {createLog, duration, main} = await import('./lib/log.mjs');
const {ROOT, SOURCES} = await import('./lib/paths.mjs');
const {bundleWorkflows, prepare, run} = await import('./lib/prepare.mjs');

const log = createLog();
const BIOME = '@biomejs/biome/bin/biome';
const bin = (path) => join(ROOT, 'node_modules', path);

/** A program's complaint is its output; null when it is content. */
async function program(path, ...args) {
  const {code, output} = await run(process.execPath, [bin(path), ...args], {env: {FORCE_COLOR: '0', NO_COLOR: '1'}});
  return code === 0 ? null : output.trim();
}

const listed = (complaints) => (complaints.length === 0 ? null : complaints.join('\n'));

async function bundle() {
  const entry = join(ROOT, 'workflows', 'index.ts');
  if (!existsSync(entry)) return null;
  await bundleWorkflows(entry);
  return null;
}

async function drift() {
  if (!existsSync(join(ROOT, 'prisma', 'migrations'))) return null;
  const {code, output} = await run(process.execPath, [join(ROOT, 'scripts', 'db-diff.mjs')], {
    env: {WAYBILL_PREPARED: '1'},
  });
  return code === 0 ? null : output.trim();
}

const CHECKS = {
  types: () => program('@typescript/native/bin/tsc', '--noEmit', '-p', 'tsconfig.json'),
  'types of the browser': () => program('@typescript/native/bin/tsc', '--noEmit', '-p', 'tsconfig.floor.json'),
  lint: () => program(BIOME, 'lint', '--max-diagnostics=30', '.'),
  format: async () => {
    const complaint = await program(BIOME, 'format', '--reporter=summary', '.');
    return complaint && `${complaint}\n\nnpm run fix does it.`;
  },
  boundaries: () =>
    program('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', ...folders()),
  'workflow bundle': bundle,
  'database drift': drift,
  'docs name what exists': async () => listed((await import('./lib/checks/docs.mjs')).checkDocs()),
  'lock for every platform': async () => {
    const {missingPlatforms, readLock} = await import('./lib/lock.mjs');
    return listed(missingPlatforms(readLock()).map(([path]) => `${path} is missing: npm run lock`));
  },
};

function folders() {
  return [...SOURCES, 'scripts'].filter((folder) => existsSync(join(ROOT, folder)));
}

async function check([name, work]) {
  const began = Date.now();
  const complaint = await work().catch((error) => error.stack ?? String(error));
  if (complaint === null) log.done(name, Date.now() - began);
  else log.say(`  ✗ ${name}\n\n${complaint}\n`);
  return complaint === null;
}

await main(async () => {
  const began = Date.now();
  await prepare(log, {build: false});
  const results = await Promise.all(Object.entries(CHECKS).map(check));
  const {checkSizes} = await import('./lib/checks/sizes.mjs');
  for (const notice of checkSizes()) log.notice(notice);
  const failed = results.filter((fine) => !fine).length;
  log.say(`${results.length - failed} of ${results.length} checks are fine (${duration(Date.now() - began)})`);
  process.exit(failed === 0 ? 0 : 1);
});
