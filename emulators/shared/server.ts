import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';

export interface RunningServer {
  port: number;
  url: string;
  /** Closes the port and every open connection. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes a free one. An Express app is a listener too. */
export async function listen(listener: RequestListener, port = 0): Promise<RunningServer> {
  const server = createServer({keepAliveTimeout: 60_000}, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Runs an emulator as a process: starts it on PORT, tells the parent `{ready: true, port}` and its `more` over IPC,
 * prints one line, and stops on SIGTERM, SIGINT or when the parent goes away.
 */
export async function runEmulator(
  name: string,
  start: (port: number) => Promise<{port: number; more?: Record<string, number>; close(): Promise<void>}>,
): Promise<void> {
  const running = await start(Number(process.env['PORT'] ?? 0));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void running.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  process.stdout.on('error', stop);
  process.send?.({ready: true, port: running.port, ...running.more});
  console.log(`${name} emulator on http://127.0.0.1:${running.port}`);
}
