import {createServer, type Server} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import type {Express} from 'express';

const REFUSALS: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, 'the headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive'],
};

/** A server around the app; what never becomes a request (oversized headers, broken syntax) is a problem as well. */
export function createHttpServer(app: Express): Server {
  const server = createServer({headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 60_000}, app);
  server.maxHeadersCount = 100;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const [status, detail] = REFUSALS[error.code ?? ''] ?? [400, 'this is not a valid HTTP request'];
    socket.end(refusal(status, detail));
  });
  return server;
}

function refusal(status: number, detail: string): string {
  const code = 'malformed_request';
  const title = 'The request cannot be read';
  const body = JSON.stringify({
    type: `urn:waybill:problem:${code}`,
    title,
    status,
    detail,
    code,
    errors: [],
    request_id: '',
  });
  return [
    `HTTP/1.1 ${status} ${status === 431 ? 'Request Header Fields Too Large' : 'Bad Request'}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

/** Resolves with the port once the server listens; 0 asks for a free one. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Stops taking connections, lets running requests finish for `graceMs`, then cuts what is left. */
export function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
