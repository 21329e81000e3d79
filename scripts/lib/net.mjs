import {connect, createServer} from 'node:net';

export const HOST = '127.0.0.1';

/** Whether a server of ours could listen there. */
export async function isFree(port, host = HOST) {
  const bound = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({port, host, exclusive: true}, () => server.close(() => resolve(true)));
  });
  return bound && !(await accepts(port));
}

/** Whether something answers there now. */
export function accepts(port, host = HOST, ms = 1_000) {
  return new Promise((resolve) => {
    const socket = connect({port, host});
    const answer = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(ms, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/**
 * A free port below the range the system hands to outgoing connections: such a connection could
 * otherwise take the port of a server that is being restarted.
 */
export async function freePort(taken = new Set()) {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
  throw new Error('no free port between 20000 and 32000');
}
