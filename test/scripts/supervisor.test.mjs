import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {endStale} from '../../scripts/lib/leftovers.mjs';
import {silent} from '../../scripts/lib/log.mjs';
import {identify, lives} from '../../scripts/lib/processes.mjs';
import {Supervisor} from '../../scripts/lib/supervisor.mjs';

const SERVER = `
  import {appendFileSync} from 'node:fs';
  const stop = () => { appendFileSync(process.env.ENDS, process.env.NAME + ' '); process.exit(0); };
  process.on('disconnect', stop);
  process.send({ready: true, port: 1});
`;

describe('the supervisor', () => {
  let dir;
  let supervisor;
  const ends = () => readFileSync(join(dir, 'ends'), 'utf8').trim().split(' ');
  const own = (name, code = SERVER) => {
    const entry = join(dir, `${name}.mjs`);
    writeFileSync(entry, code);
    return {name, entry, env: {NAME: name, ENDS: join(dir, 'ends')}};
  };
  const foreign = {name: 'sleeper', program: 'sleep', args: ['600'], stopSignal: 'SIGTERM', probe: async () => true};

  async function until(condition) {
    while (!condition()) await sleep(10);
  }

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'waybill-supervisor-'));
    supervisor = new Supervisor({dataDir: dir, log: silent});
  });
  afterEach(async () => {
    await supervisor.stop([() => true]);
    rmSync(dir, {recursive: true});
  });

  it('writes the process id of the program itself', async () => {
    await supervisor.start(foreign);
    const pid = Number(readFileSync(join(dir, 'run', 'sleeper.pid'), 'utf8'));
    expect(pid).toBe(supervisor.pid('sleeper'));
    expect(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], {encoding: 'utf8'}).trim()).toMatch(/sleep$/);
  });

  it('starts again what was killed, own or foreign', async () => {
    await supervisor.start(foreign);
    await supervisor.start(own('api'));
    for (const name of ['sleeper', 'api']) {
      const before = supervisor.pid(name);
      supervisor.kill(name);
      await until(() => supervisor.pid(name) !== undefined && supervisor.pid(name) !== before);
    }
    expect(supervisor.names()).toEqual(['sleeper', 'api']);
  });

  it('stops in the order asked for and forgets the process ids', async () => {
    for (const name of ['postgres', 'worker-1', 'api']) await supervisor.start(own(name));
    await supervisor.stop(['api', 'worker-1', 'postgres'].map((wanted) => (name) => name === wanted));
    expect(ends()).toEqual(['api', 'worker-1', 'postgres']);
    expect(existsSync(join(dir, 'run', 'api.pid'))).toBe(false);
  });

  it('tells why a process cannot start', async () => {
    const service = own('api', "console.error('PORT must be a number'); process.exit(3);");
    await expect(supervisor.start(service)).rejects.toThrow(/api ended with exit code 3[\s\S]*PORT must be a number/);
  });

  it('ends the program when its guard is killed, and starts both again', async () => {
    await supervisor.start(foreign);
    const {program, guard} = JSON.parse(readFileSync(join(dir, 'run', 'sleeper.process.json'), 'utf8'));
    process.kill(guard.pid, 'SIGKILL');
    await until(() => supervisor.pid('sleeper') !== undefined && supervisor.pid('sleeper') !== program.pid);
    expect(lives(program)).toBe(false);
  });

  it('ends what an earlier run left behind, and never a process that only has its number', async () => {
    await supervisor.start(foreign);
    const {guard} = JSON.parse(readFileSync(join(dir, 'run', 'sleeper.process.json'), 'utf8'));
    const program = identify(supervisor.pid('sleeper'));
    const record = {program, guard, stopSignal: 'SIGTERM'};
    const other = {program: {...identify(process.pid), started: 'another time'}, guard: null, stopSignal: 'SIGKILL'};
    const old = join(dir, 'old');
    mkdirSync(join(old, 'run'), {recursive: true});
    writeFileSync(join(old, 'run', 'sleeper.process.json'), JSON.stringify(record));
    writeFileSync(join(old, 'run', 'other.process.json'), JSON.stringify(other));
    await supervisor.stop([]); // the supervisor is no more
    await endStale(old, {log: silent});
    expect(lives(program)).toBe(false);
  });
});
