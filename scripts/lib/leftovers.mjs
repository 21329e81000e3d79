import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {postgresFolders} from './postgres.mjs';
import {gone, identify, lives, signal} from './processes.mjs';

// NAME.pid holds the program's process id and nothing else; NAME.process.json what is needed to end it safely later.
const RECORD = '.process.json';
const runDir = (dataDir) => join(dataDir, 'run');

export function recordProcess(dataDir, name, {program, guard = null, stopSignal}) {
  const dir = runDir(dataDir);
  mkdirSync(dir, {recursive: true});
  const record = {program: identify(program), guard: guard && identify(guard), stopSignal};
  writeFileSync(join(dir, `${name}${RECORD}`), JSON.stringify(record));
  writeFileSync(join(dir, `${name}.pid`), `${program}\n`);
  return record;
}

export function forgetProcess(dataDir, name) {
  for (const end of ['.pid', RECORD]) rmSync(join(runDir(dataDir), `${name}${end}`), {force: true});
}

function readRecords(dataDir) {
  if (!existsSync(runDir(dataDir))) return [];
  return readdirSync(runDir(dataDir))
    .filter((file) => file.endsWith(RECORD))
    .flatMap((file) => {
      try {
        return [
          {name: file.slice(0, -RECORD.length), ...JSON.parse(readFileSync(join(runDir(dataDir), file), 'utf8'))},
        ];
      } catch {
        return []; // half-written when the machine stopped
      }
    });
}

/** The live supervisor of this data folder, or null. */
export function runningSupervisor(dataDir) {
  try {
    const supervisor = JSON.parse(readFileSync(join(runDir(dataDir), 'supervisor.json'), 'utf8'));
    return lives(supervisor) ? supervisor : null;
  } catch {
    return null;
  }
}

export function recordSupervisor(dataDir) {
  mkdirSync(runDir(dataDir), {recursive: true});
  writeFileSync(join(runDir(dataDir), 'supervisor.json'), JSON.stringify(identify(process.pid)));
}

export function forgetSupervisor(dataDir) {
  for (const file of ['supervisor.json', 'urls.json']) rmSync(join(runDir(dataDir), file), {force: true});
}

/**
 * Ends what an earlier run left behind (its supervisor and guards were killed with -9).
 * A process is touched only if its start time is the recorded one.
 */
export async function endStale(dataDir, {log}) {
  await endRunning(dataDir, {log});
  await untilReaped(dataDir);
}

async function endRunning(dataDir, {log}) {
  const stale = readRecords(dataDir).filter(({program, guard}) => lives(program) || lives(guard));
  const postgres = stalePostgres(dataDir);
  if (postgres && !stale.some(({program}) => program.pid === postgres.pid)) {
    stale.push({name: 'postgres', program: postgres, guard: null, stopSignal: 'SIGINT'});
  }
  if (stale.length === 0) return;
  log.begin(`ending what an earlier run left behind: ${stale.map(({name}) => name).join(', ')}`);
  for (const {program, stopSignal} of stale) signal(program, stopSignal);
  const all = stale.flatMap(({program, guard}) => [program, ...(guard ? [guard] : [])]);
  if (await gone(all, 8_000)) return;
  for (const identity of all) signal(identity, 'SIGKILL');
  await gone(all, 2_000);
}

/** A postmaster of this data folder that no record knows (the machine stopped between start and record). */
function stalePostgres(dataDir) {
  for (const folder of postgresFolders(dataDir)) {
    try {
      const [pid] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) return identify(Number(pid));
    } catch {
      // no such file or no such process: nothing to end
    }
  }
  return null;
}

/** A killed postmaster that nobody has reaped yet still counts as running for the next one: it is waited for. */
async function untilReaped(dataDir) {
  for (const folder of postgresFolders(dataDir)) {
    for (let look = 0; look < 100 && isZombie(folder); look += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isZombie(folder) {
  try {
    const [pid] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').slice(-400));
  } catch {
    return false;
  }
}
