import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {sha256} from './stamps.mjs';

function holderIsAlive(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs `work` while no other process of this machine does so for the same folder. */
export async function oneAtATime(folder, log, work) {
  // Outside the folder: `npm ci` empties node_modules, and dist may be deleted at any time.
  const lock = join(tmpdir(), `waybill-${process.getuid?.() ?? 0}-${sha256(folder).slice(0, 16)}.lock`);
  let told = false;
  let seenDead = false;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (holderIsAlive(lock)) seenDead = false;
    else if (seenDead) rmSync(lock, {recursive: true, force: true});
    else seenDead = true;
    if (!told) log.begin('another command is preparing things, waiting for it');
    told = true;
    await sleep(200);
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  try {
    return await work();
  } finally {
    rmSync(lock, {recursive: true, force: true});
  }
}
