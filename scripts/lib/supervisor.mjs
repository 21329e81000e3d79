import {spawn} from 'node:child_process';
import {closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {forgetProcess, recordProcess} from './leftovers.mjs';
import {duration, Trouble} from './log.mjs';
import {ROOT} from './paths.mjs';
import {gone, identify, signal} from './processes.mjs';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));
const BACK_OFF_MS = [100, 300, 1_000, 2_000, 5_000, 10_000];
const STEADY_MS = 30_000;
const LOG_LIMIT_BYTES = 20_000_000;

/**
 * Starts, watches and restarts processes.
 * A service is either `{name, entry, args, env}` (our own Node program: says `{ready: true}` by IPC, ends on disconnect)
 * or `{name, program, args, uid, gid, cwd, stopSignal, probe}` (a foreign one, behind a guard).
 */
export class Supervisor {
  #services = new Map();
  #stopping = false;

  constructor({dataDir, log, readyMs = 60_000}) {
    this.dataDir = dataDir;
    this.log = log;
    this.readyMs = readyMs;
    mkdirSync(join(dataDir, 'logs'), {recursive: true});
  }

  /** Resolves with the service's ready message once it serves; a service that cannot start is a Trouble. */
  async start(service) {
    const state = {service, failures: 0, child: null, record: null};
    this.#services.set(service.name, state);
    const began = Date.now();
    const ready = await this.#launch(state);
    this.log.done(`${service.name} ${service.told ?? 'is up'}`, Date.now() - began);
    return ready;
  }

  /** Ends services in order; each group at once. */
  async stop(groups) {
    this.#stopping = true;
    for (const group of groups) {
      const states = [...this.#services.values()].filter(({service}) => group(service.name));
      await Promise.all(states.map((state) => this.#end(state)));
    }
  }

  names() {
    return [...this.#services.keys()];
  }

  /** Process id of the program itself (not of its guard), or undefined while it is down. */
  pid(name) {
    return this.#services.get(name)?.record?.program.pid;
  }

  /** Kills the program itself; it is restarted like after any other death. */
  kill(name, signalName = 'SIGKILL') {
    const state = this.#services.get(name);
    if (!state) throw new Error(`no such service: ${name} (there are ${this.names().join(', ')})`);
    // what we ended ourselves is no sign of a process that cannot live: the pause does not grow
    state.failures = 0;
    if (state.record) signal(state.record.program, signalName);
  }

  /** Kills a service for good, without waiting. */
  end(name) {
    this.#stopping = true;
    this.kill(name);
  }

  logFile(name) {
    return join(this.dataDir, 'logs', `${name}.log`);
  }

  #spawn({name, entry, env, program, args, uid, gid, cwd, stopSignal = 'SIGTERM'}) {
    const file = this.logFile(name);
    if ((statSync(file, {throwIfNoEntry: false})?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
    const out = openSync(file, 'a');
    const command = entry
      ? ['--enable-source-maps', entry, ...(args ?? [])]
      : [GUARD, JSON.stringify({program, args, uid, gid, cwd, stopSignal})];
    // A group of its own: Ctrl-C in the terminal must reach only the supervisor, which then stops all in order.
    const options = {cwd: ROOT, env: {...process.env, ...env}, detached: true, stdio: ['ignore', out, out, 'ipc']};
    const child = spawn(process.execPath, command, options);
    closeSync(out);
    return child;
  }

  #launch(state) {
    const {service} = state;
    const child = this.#spawn(service);
    state.child = child;
    state.record = null;
    const began = Date.now();
    const record = (pid, guard) => {
      const {stopSignal = 'SIGTERM'} = service;
      state.record = recordProcess(this.dataDir, service.name, {program: pid, guard, stopSignal});
    };
    if (service.entry && child.pid) record(child.pid, null);
    let ready = false;
    let ended; // how the program behind a guard ended
    const served = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('message', (message) => {
        if (message?.ready === true) resolve(message);
        if (message?.ended) ended = message.ended;
        if (message?.program) {
          record(message.program, child.pid);
          this.#probe(service, child, message.program).then(resolve, reject);
        }
      });
      child.on('exit', (code, signalName) => {
        const how = ended ?? signalName ?? `exit code ${code}`;
        if (ready) void this.#died(state, `ended with ${how}`, Date.now() - began);
        else reject(this.#cannotStart(service.name, `ended with ${how}`));
      });
    });
    return this.#withDeadline(served, service.name).then(
      (message) => {
        ready = true;
        return message;
      },
      async (error) => {
        await this.#end(state);
        throw error;
      },
    );
  }

  async #probe({probe}, child, pid) {
    while (child.exitCode === null && child.signalCode === null) {
      if (await probe(pid)) return {ready: true};
      await sleep(15);
    }
    return new Promise(() => {}); // its exit is reported by the exit event
  }

  async #withDeadline(promise, name) {
    const clock = new AbortController();
    const late = sleep(this.readyMs, null, {signal: clock.signal, ref: false}).then(
      () => {
        throw this.#cannotStart(name, `did not get ready within ${duration(this.readyMs)}`);
      },
      () => {},
    );
    try {
      return await Promise.race([promise, late]);
    } finally {
      clock.abort();
    }
  }

  #cannotStart(name, what) {
    const error = new Trouble(`${name} ${what}. The end of ${this.logFile(name)}:\n${tail(this.logFile(name))}`);
    return Object.assign(error, {what});
  }

  async #died(state, how, livedMs) {
    const {name} = state.service;
    if (this.#stopping) return;
    state.failures = livedMs > STEADY_MS ? 0 : state.failures;
    // A guard killed with -9 leaves its program behind, which would hold the port.
    if (state.record?.guard) await this.#endProgram(state.record);
    state.record = null;
    while (!this.#stopping) {
      const wait = BACK_OFF_MS[Math.min(state.failures, BACK_OFF_MS.length - 1)];
      state.failures += 1;
      this.log.notice(`${name} ${how}; starting it again in ${duration(wait)}`);
      await sleep(wait);
      if (this.#stopping) return;
      const began = Date.now();
      try {
        await this.#launch(state);
        this.log.done(`${name} is up again`, Date.now() - began);
        return;
      } catch (error) {
        how = error.what ?? error.message;
      }
    }
  }

  async #endProgram({program, stopSignal}) {
    signal(program, stopSignal);
    if (await gone([program], 5_000)) return;
    signal(program, 'SIGKILL');
    await gone([program], 2_000);
  }

  async #end(state) {
    const {child} = state;
    if (!child) return;
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      const self = identify(child.pid);
      if (child.connected) child.disconnect();
      if (await gone([self], 300)) return this.#forget(state);
      signal(self, 'SIGTERM');
      if (!(await gone([self], 12_000))) signal(self, 'SIGKILL');
      await gone([self], 2_000);
    }
    await this.#forget(state);
  }

  async #forget({record, service}) {
    if (record?.guard) await this.#endProgram(record); // its guard was killed
    forgetProcess(this.dataDir, service.name);
  }
}

/** The last lines of a log file, indented. */
export function tail(file, lines = 12) {
  try {
    const all = readFileSync(file, 'utf8').trimEnd().split('\n');
    return all
      .slice(-lines)
      .map((line) => `    ${line.slice(0, 400)}`)
      .join('\n');
  } catch {
    return '    (nothing)';
  }
}
