import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

export interface Passed {
  method: string;
  /** With the query. */
  path: string;
  body: string;
  headers: Record<string, string>;
  status: number;
  answer: unknown;
}

/** Passes every request on to `target` and keeps what went by. */
export async function openTap(target: string) {
  const passed: Passed[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const {method = 'GET', url: path = '/'} = request;
    const wanted = ['authorization', 'content-type', 'idempotency-key', 'stripe-version'];
    const headers = Object.fromEntries(
      wanted.flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      }),
    );
    const reply = await fetch(target + path, {method, headers, ...(method === 'GET' ? {} : {body})});
    const text = await reply.text();
    passed.push({method, path, body, headers, status: reply.status, answer: JSON.parse(text)});
    const kept = [...reply.headers].filter(([name]) => !['content-length', 'connection', 'keep-alive'].includes(name));
    response.writeHead(reply.status, Object.fromEntries(kept)).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
