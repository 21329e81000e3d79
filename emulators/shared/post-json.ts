import {type Agent, request as httpRequest} from 'node:http';

const ANSWER_TIMEOUT_MS = 10_000;

/** Posts a body with the headers `sign` gives for it; resolves to the status of the answer. */
export function postJson(
  url: string,
  agent: Agent,
  body: string,
  sign: (body: string) => Record<string, string>,
): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const headers = {'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...sign(body)};
    const request = httpRequest(url, {method: 'POST', agent, headers, timeout: ANSWER_TIMEOUT_MS}, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', reject);
    request.end(body);
  });
}
