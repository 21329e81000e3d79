import {spawn, spawnSync} from 'node:child_process';
import {createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {duration, Trouble} from './log.mjs';
import {oneAtATime} from './one-at-a-time.mjs';
import {cacheDir} from './paths.mjs';

const VERSION = '1.5.1';
const OLDEST_SERVER = [1, 28]; // the first with Update-with-Start switched on
const PROGRAM = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
const CONNECT_MS = 4_000;
const PROGRESS_MS = 10_000;
const PACKAGES = 'of about 1300 packages compiled';

/** Path of a Temporal CLI (which holds the development server): the user's, the cached, a downloaded or a built one. */
export async function findTemporal(log) {
  if (isRecent('temporal', log)) return 'temporal';
  const folder = join(cacheDir(), `temporal-cli-${VERSION}`);
  const cached = join(folder, PROGRAM);
  if (existsSync(cached)) return cached;
  mkdirSync(folder, {recursive: true});
  await oneAtATime(folder, log, async () => existsSync(cached) || (await obtain(folder, cached, log)));
  return cached;
}

async function obtain(folder, cached, log) {
  const work = mkdtempSync(join(folder, 'half-made-'));
  try {
    const why = await download(work, log);
    if (why !== null) await build(work, log, why);
    renameSync(join(work, PROGRAM), cached);
  } finally {
    rmSync(work, {recursive: true, force: true});
  }
}

function isRecent(program, log) {
  const {stdout, status} = spawnSync(program, ['--version'], {encoding: 'utf8', timeout: 10_000});
  if (status !== 0) return false;
  const [, major, minor] = /Server (\d+)\.(\d+)/.exec(stdout) ?? [];
  const recent = Number(major) > OLDEST_SERVER[0] || Number(minor) >= OLDEST_SERVER[1];
  if (!recent) log.notice(`the temporal on PATH is too old (${stdout.trim()}): using one of our own`);
  return recent;
}

/** Fetches the official archive into `folder`; null when that worked, else why not. */
async function download(folder, log) {
  const platform = {win32: 'windows', darwin: 'darwin', linux: 'linux'}[process.platform];
  const arch = {x64: 'amd64', arm64: 'arm64'}[process.arch];
  if (!platform || !arch) return `there is no official build for ${process.platform} ${process.arch}`;
  const url = `https://temporal.download/cli/archive/v${VERSION}?platform=${platform}&arch=${arch}`;
  const archive = join(folder, platform === 'windows' ? 'temporal.zip' : 'temporal.tar.gz');
  try {
    const began = Date.now();
    const response = await fetchWithin(url, CONNECT_MS);
    log.begin('downloading the Temporal command line program (about 60 MB, once)');
    await pipeline(Readable.fromWeb(response.body), createWriteStream(archive));
    const unpacked = spawnSync('tar', ['-xf', archive, '-C', folder, PROGRAM], {encoding: 'utf8'});
    rmSync(archive);
    if (unpacked.status !== 0) return `its archive could not be unpacked: ${unpacked.stderr}`;
    const tried = spawnSync(join(folder, PROGRAM), ['--version'], {encoding: 'utf8'});
    if (tried.status !== 0) return `the downloaded program does not run: ${tried.stderr}`;
    log.done('Temporal downloaded', Date.now() - began);
    return null;
  } catch (error) {
    return `temporal.download: ${error.cause?.message ?? error.message}`;
  }
}

/** The time limit is for the answer to begin; a slow line may then take as long as it needs. */
async function fetchWithin(url, ms) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${duration(ms)}`)), ms);
  try {
    const response = await fetch(url, {signal: late.signal});
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response;
  } finally {
    clearTimeout(timer);
  }
}

async function build(folder, log, why) {
  const go = spawnSync('go', ['version'], {encoding: 'utf8'});
  if (go.status !== 0) throw new Trouble(threeWays(why));
  log.notice(`Temporal could not be downloaded (${why})`);
  log.begin('building Temporal from its sources with Go: 2 to 5 minutes, this once');
  const began = Date.now();
  const {code, lines} = await goInstall(folder, log);
  if (code !== 0)
    throw new Trouble(`${threeWays(why)}\n\nThe build with Go failed too:\n${lines.slice(-10).join('\n')}`);
  log.done('Temporal built', Date.now() - began);
}

function goInstall(folder, log) {
  return new Promise((resolve, reject) => {
    const target = `github.com/temporalio/cli/cmd/temporal@v${VERSION}`;
    const env = {...process.env, GOBIN: folder};
    const child = spawn('go', ['install', '-v', target], {env, stdio: ['ignore', 'ignore', 'pipe']});
    const lines = [];
    const began = Date.now();
    const timer = setInterval(() => {
      const downloads = lines.filter((line) => line.includes('downloading')).length;
      const what = `${downloads} modules fetched, ${lines.length - downloads} ${PACKAGES}`;
      log.begin(`still building Temporal: ${what} (${duration(Date.now() - began)})`);
    }, PROGRESS_MS);
    child.stderr.setEncoding('utf8').on('data', (text) => lines.push(...text.trimEnd().split('\n')));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({code, lines});
    });
  });
}

function threeWays(why) {
  return [
    `There is no Temporal server yet, and it could not be downloaded (${why}). Any one of these helps:`,
    '  1. install the Temporal command line program, so that `temporal` is on PATH: https://docs.temporal.io/cli',
    '  2. install Go (https://go.dev/dl): it is then built from its sources, once',
    '  3. set TEMPORAL_ADDRESS to a server that runs already, for example TEMPORAL_ADDRESS=127.0.0.1:7233',
  ].join('\n');
}
