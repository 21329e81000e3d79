import {send} from '../http.ts';

/** One entry of what an emulator is told to do wrong, with a name for the report. */
interface Fault {
  name: string;
  body: Record<string, unknown>;
}

const AT_CALLS: readonly Fault[] = [
  {name: 'unavailable', body: {operation: '*', mode: 'status', status: 503, probability: 0.01}},
  {name: 'too_many', body: {operation: '*', mode: 'status', status: 429, retry_after: 1, probability: 0.01}},
  {name: 'error_before', body: {operation: '*', mode: 'error_before', status: 500, probability: 0.01}},
  {name: 'error_after', body: {operation: '*', mode: 'error_after', status: 500, probability: 0.01}},
  {name: 'answer_lost', body: {operation: '*', mode: 'drop', when: 'after', probability: 0.01}},
  {name: 'slow', body: {operation: '*', mode: 'delay', delay_ms: 700, probability: 0.02}},
];
const AT_WEBHOOKS: readonly Fault[] = [
  {name: 'webhook_tripled', body: {operation: 'webhook', mode: 'duplicate', copies: 3, probability: 0.1}},
  {name: 'webhook_late', body: {operation: 'webhook', mode: 'shuffle', delay_ms: 4_000, probability: 0.2}},
  {name: 'webhook_lost', body: {operation: 'webhook', mode: 'drop', probability: 0.05}},
];
const FAULTS = [...AT_CALLS, ...AT_WEBHOOKS];
export const FAULT_NAMES: readonly string[] = FAULTS.map(({name}) => name);

/** Tells the emulators at `urls` what to do wrong; the result ends it and tells how often each kind struck. */
export async function stirProviders(
  urls: readonly string[],
  seed: number,
): Promise<() => Promise<Record<string, number>>> {
  const control = (url: string, method: 'GET' | 'POST' | 'DELETE', body?: unknown) =>
    send({method, url: `${url}/_control/faults`, body});
  for (const url of urls) {
    for (const [i, {body}] of FAULTS.entries()) {
      const reply = await control(url, 'POST', {...body, seed: seed * 100 + i});
      if (reply.status !== 200) throw new Error(`${url} does not take the fault: ${JSON.stringify(reply.body)}`);
    }
  }
  return async () => {
    const struck: Record<string, number> = {};
    for (const url of urls) {
      const {body} = await again(() => control(url, 'GET'));
      for (const [i, {fired}] of (body as {faults: {fired: number}[]}).faults.entries()) {
        const name = FAULT_NAMES[i] ?? '';
        struck[name] = (struck[name] ?? 0) + fired;
      }
      await again(() => control(url, 'DELETE'));
    }
    return struck;
  };
}

/** An emulator that was just killed is back in a moment. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
