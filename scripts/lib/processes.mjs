import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';

/** When a process began, as an opaque text (null: no such process). Tells a reused process id from the old one. */
export function startedAt(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : fields[19];
    }
    const options = {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']};
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options).trim() || null;
  } catch {
    return null;
  }
}

/** `{pid, started}` of a live process. */
export function identify(pid) {
  return {pid, started: startedAt(pid)};
}

export function lives(identity) {
  return identity?.pid > 0 && identity.started !== null && startedAt(identity.pid) === identity.started;
}

export function signal(identity, name) {
  if (!lives(identity)) return;
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** True as soon as none of them lives, false after `ms`. */
export async function gone(identities, ms) {
  const deadline = Date.now() + ms;
  while (identities.some(lives)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
