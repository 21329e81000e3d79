import {Agent, type IncomingHttpHeaders, request as httpRequest} from 'node:http';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
  timeoutMs?: number;
}

/** No answer at all: the connection was refused or broke, or nothing came in time. */
export class NoAnswer extends Error {}

const agent = new Agent({keepAlive: true, maxSockets: 2048, maxFreeSockets: 64, scheduling: 'lifo'});

/** One request over a kept connection; JSON is parsed, anything else stays text. Throws only NoAnswer. */
export function send({method, url, headers, body, timeoutMs = 30_000}: Call): Promise<Reply> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const sent = {
    ...(text !== undefined && {'content-type': 'application/json', 'content-length': Buffer.byteLength(text)}),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new NoAnswer(`${method} ${url}: ${error.message}`, {cause: error}));
    const request = httpRequest(url, {method, agent, headers: sent, timeout: timeoutMs}, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', fail);
      response.once('aborted', () => fail(new Error('cut off')));
      response.once('end', () => {
        const body = readBody(response.headers, Buffer.concat(chunks).toString('utf8'));
        resolve({status: response.statusCode ?? 0, headers: response.headers, body});
      });
    });
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', fail);
    request.end(text);
  });
}

function readBody(headers: IncomingHttpHeaders, text: string): unknown {
  if (!/json/.test(headers['content-type'] ?? '') || text === '') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Lets the process end: drops the kept connections. */
export function closeConnections(): void {
  agent.destroy();
}
