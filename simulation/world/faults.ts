import {send} from '../http.ts';

/** How often each kind of fault strikes a call of the payment provider or the carrier. */
const LEVELS = {
  light: {unavailable: 0.01, tooMany: 0.01, lateError: 0.005, slow: 0.02, webhookTwice: 0.02, webhookLate: 0.02},
  heavy: {unavailable: 0.05, tooMany: 0.05, lateError: 0.03, slow: 0.05, webhookTwice: 0.1, webhookLate: 0.1},
} as const;

/** Tells the emulators what to do wrong; the result ends it and tells how often it struck. `urls`: emulators only. */
export async function stirUp(
  urls: readonly string[],
  level: keyof typeof LEVELS,
  seed: number,
): Promise<() => Promise<number>> {
  const share = LEVELS[level];
  const faults = [
    {operation: '*', mode: 'status', status: 503, probability: share.unavailable},
    {operation: '*', mode: 'status', status: 429, retry_after: 1, probability: share.tooMany},
    {operation: '*', mode: 'error_after', status: 500, probability: share.lateError},
    {operation: '*', mode: 'delay', delay_ms: 700, probability: share.slow},
    {operation: 'webhook', mode: 'duplicate', probability: share.webhookTwice},
    {operation: 'webhook', mode: 'shuffle', delay_ms: 2_000, probability: share.webhookLate},
  ];
  for (const url of urls) {
    for (const [i, fault] of faults.entries()) {
      const reply = await send({method: 'POST', url: `${url}/_control/faults`, body: {...fault, seed: seed * 100 + i}});
      if (reply.status !== 200) throw new Error(`${url} does not take the fault: ${JSON.stringify(reply.body)}`);
    }
  }
  return async () => {
    let struck = 0;
    for (const url of urls) {
      const reply = await send({method: 'GET', url: `${url}/_control/faults`}).catch(() => undefined);
      const faults = (reply?.body as {faults?: {fired: number}[]} | undefined)?.faults ?? [];
      struck += faults.reduce((sum, {fired}) => sum + fired, 0);
      await send({method: 'DELETE', url: `${url}/_control/faults`}).catch(() => undefined);
    }
    return struck;
  };
}
