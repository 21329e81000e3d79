import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {createServer} from 'node:net';
import {homedir} from 'node:os';
import {delimiter, join} from 'node:path';

export interface StripeMock {
  url: string;
  close(): Promise<void>;
}

/**
 * Stripe's own stripe-mock, where it is installed: STRIPE_MOCK, the folder of this project's downloads, or PATH
 * (`GOBIN=~/.cache/waybill/stripe-mock go install github.com/stripe/stripe-mock@v0.203.0`). A text says why there is none.
 */
export async function startStripeMock(): Promise<StripeMock | string> {
  const program = findProgram();
  if (!program) return 'stripe-mock is not installed: see test/emulators/stripe-mock.ts';
  const [http, https] = [await freePort(), await freePort()];
  const addresses = ['-http-addr', `127.0.0.1:${http}`, '-https-addr', `127.0.0.1:${https}`];
  const child = spawn(program, addresses, {stdio: 'ignore'});
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const close = async () => {
    child.kill();
    await ended;
  };
  const url = `http://127.0.0.1:${http}`;
  if (await answers(url, child)) return {url, close};
  await close();
  return `${program} does not answer`;
}

function findProgram(): string | undefined {
  const folders = [join(homedir(), '.cache/waybill/stripe-mock'), ...(process.env['PATH'] ?? '').split(delimiter)];
  const named = process.env['STRIPE_MOCK'];
  return [...(named ? [named] : []), ...folders.map((folder) => join(folder, 'stripe-mock'))].find((path) =>
    existsSync(path),
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 200 && child.exitCode === null && child.pid; tries += 1) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
