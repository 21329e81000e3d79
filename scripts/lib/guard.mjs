// Holds a program that does not know us (Postgres, Temporal): it ends when we end, even by kill -9.
import {spawn} from 'node:child_process';

const {program, args, uid, gid, cwd, stopSignal} = JSON.parse(process.argv[2]);
const child = spawn(program, args, {uid, gid, cwd, stdio: ['ignore', 'inherit', 'inherit']});
let stopping = false;

function stop() {
  if (stopping) return;
  stopping = true;
  child.kill(stopSignal);
  setTimeout(() => child.kill('SIGKILL'), 8_000).unref();
}

child.on('spawn', () => process.send?.({program: child.pid}, () => {}));
child.on('error', (error) => {
  console.error(`${program}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  process.send?.({ended: signal ?? `exit code ${code}`}, () => process.exit(code ?? 1));
  if (!process.connected) process.exit(code ?? 1);
});
process.on('disconnect', stop);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
