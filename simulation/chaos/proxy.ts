import {createServer, connect as dial, type Socket} from 'node:net';

/** What a stretch of bad network does to everything that goes through. */
export type Weather = 'delay' | 'cut' | 'refuse' | 'blackhole';
export const WEATHERS: readonly Weather[] = ['delay', 'cut', 'refuse', 'blackhole'];

/** Real milliseconds by which a slow network holds back every piece. */
const SLOWNESS_MS = 250;

export interface Passage {
  port: number;
  /**
   * The network is bad for `ms` real milliseconds. `delay`: every piece comes late. `cut`: a connection breaks in the
   * middle of the next answer. `refuse`: connections break and new ones are turned away. `blackhole`: nothing gets through; what was
   * sent meanwhile arrives afterwards.
   */
  spell(kind: Weather, ms: number): void;
  /** how many connections, attempts or pieces each kind has struck */
  struck(): Record<Weather, number>;
  close(): Promise<void>;
}

interface Spell {
  kind: Weather;
  until: number;
}

/** A TCP proxy on a free port of this machine that passes bytes to `target` unless told otherwise. */
export async function openProxy(target: {host: string; port: number}): Promise<Passage> {
  const struck: Record<Weather, number> = {delay: 0, cut: 0, refuse: 0, blackhole: 0};
  const pairs = new Set<() => void>();
  let present: Spell | null = null;
  const now = (): Spell | null => (present && present.until > Date.now() ? present : null);

  const server = createServer((client) => {
    if (now()?.kind === 'refuse') {
      struck.refuse += 1;
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const service = dial(target);
    const breakOff = () => {
      for (const socket of [client, service]) if (!socket.destroyed) socket.resetAndDestroy();
    };
    pairs.add(breakOff);
    join(client, service, (chunk) => sendingOf(chunk, false));
    join(service, client, (chunk) => sendingOf(chunk, true));
    service.once('close', () => pairs.delete(breakOff));

    function sendingOf(chunk: Buffer, answer: boolean): number | null {
      const weather = now();
      if (!weather || weather.kind === 'refuse') return 0;
      if (weather.kind === 'cut') {
        if (!answer) return 0;
        struck.cut += 1;
        client.write(chunk.subarray(0, Math.floor(chunk.length / 2)), breakOff);
        return null;
      }
      struck[weather.kind] += 1;
      return weather.kind === 'delay' ? SLOWNESS_MS : weather.until - Date.now();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as {port: number}).port,
    spell: (kind, ms) => {
      present = {kind, until: Date.now() + ms};
      if (kind === 'refuse') for (const breakOff of pairs) breakOff();
    },
    struck: () => ({...struck}),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const breakOff of pairs) breakOff();
      await closed;
    },
  };
}

/**
 * Passes what `from` sends on to `to`, in order. `holdBack` says for each piece how long it must wait, milliseconds;
 * null: it goes no further.
 */
function join(from: Socket, to: Socket, holdBack: (chunk: Buffer) => number | null): void {
  let lastDue = 0;
  let waiting = 0;
  const pass = (chunk: Buffer) => {
    if (to.destroyed || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  };
  const later = (work: () => void) => {
    waiting += 1;
    setTimeout(
      () => {
        waiting -= 1;
        work();
      },
      Math.max(0, lastDue - Date.now()),
    );
  };
  from.setNoDelay(true);
  from.on('data', (chunk: Buffer) => {
    const wait = holdBack(chunk);
    if (wait === null) return;
    lastDue = Math.max(lastDue, Date.now() + wait);
    if (wait === 0 && waiting === 0) pass(chunk);
    else later(() => pass(chunk));
  });
  from.on('error', () => undefined);
  from.once('close', (hadError) => {
    const end = () => {
      if (to.destroyed) return;
      if (hadError) to.resetAndDestroy();
      else to.destroySoon();
    };
    if (waiting === 0) end();
    else later(end);
  });
}
