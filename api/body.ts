import type {IncomingMessage} from 'node:http';
import {Problem} from './errors.ts';
import {scanJson} from './json-scan.ts';

export const MAX_BODY = 1024 * 1024;

const CLOSE = {headers: {Connection: 'close'}};

/** The raw bytes of a request, at most 1 MiB where nothing else is said, never unpacked. */
export async function readRaw(request: IncomingMessage, most = MAX_BODY): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Problem('unsupported_media_type', `content-encoding ${encoding} is not accepted`, CLOSE);
  }
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) throw tooLarge(most);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('malformed_request', 'the request ended before its body did', CLOSE);
  }
  return Buffer.concat(chunks);
}

function tooLarge(most: number): Problem {
  return new Problem('body_too_large', `a body has ${most} bytes or fewer`, CLOSE);
}

/** The JSON value of a request's body; throws the problem that says what is wrong with it. */
export async function readJson(request: IncomingMessage, most?: number): Promise<unknown> {
  if (!isJson(request.headers['content-type'])) {
    throw new Problem('unsupported_media_type', 'send content-type: application/json', CLOSE);
  }
  return parseJson(await readRaw(request, most));
}

function isJson(contentType: string | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  return type === 'application/json' && (charset === undefined || charset === 'utf-8' || charset === 'utf8');
}

export function parseJson(raw: Buffer): unknown {
  const text = decode(raw);
  const fault = scanJson(text);
  if (fault) {
    const ofText = fault.code === 'control_character' || fault.code === 'malformed_unicode';
    throw new Problem(ofText ? 'invalid_text' : (fault.code as 'duplicate_key'), fault.detail, {errors: [fault]});
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem('malformed_json', text.trim() === '' ? 'the body is empty' : 'the body is not valid JSON');
  }
}

function decode(raw: Buffer): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(raw);
  } catch {
    throw new Problem('malformed_json', 'the body is not valid UTF-8');
  }
}
