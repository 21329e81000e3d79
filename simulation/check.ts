import {send} from './http.ts';
import {checkInvariants, type InvariantReport, type Targets} from './invariants/index.ts';
import type {System} from './system.ts';

const TRIES = 20;
const PAUSE_MS = 1_500;
/** Real milliseconds: a look at many orders takes seconds. */
const LONGEST_MS = 60_000;

/** Where the checker finds the two sides of its comparisons. */
function targetsOf({urls, env, clock}: System): Targets {
  const database = urls.database ?? env.DATABASE_URL;
  const temporal = urls.temporal ?? env.TEMPORAL_ADDRESS;
  if (!database || !temporal || !urls.stripe || !urls.carrier) {
    throw new Error('the invariants need the database, Temporal and both emulators; urls.json does not name them all');
  }
  return {
    databaseUrl: database,
    stripeUrl: urls.stripe,
    carrierUrl: urls.carrier,
    temporalAddress: temporal,
    namespace: env.TEMPORAL_NAMESPACE ?? 'default',
    ...(urls.mail && {mailUrl: urls.mail}),
    ...(urls.sms && {smsUrl: urls.sms}),
    ...(urls.supplier && {supplierUrl: urls.supplier}),
    speed: clock.speed,
    quiescent: true,
  };
}

/**
 * Checks every invariant once all is quiet. The last webhooks and compensations may still be on their way when the
 * last order ends, so a finding counts only if it is still there after a while.
 */
export async function checkWhenQuiet(
  system: System,
  known: Pick<Targets, 'acknowledged' | 'marked'> = {},
): Promise<InvariantReport> {
  const targets = {...targetsOf(system), ...known};
  await webhooksDelivered([targets.stripeUrl, targets.carrierUrl, targets.smsUrl]);
  const began = Date.now();
  const late = () => Date.now() - began > LONGEST_MS;
  let report = await checkInvariants(targets);
  for (let tries = 1; report.violations.length > 0 && tries < TRIES && !late(); tries += 1) {
    await pause(PAUSE_MS);
    const again = await checkInvariants(targets);
    const settling = again.violations.length < report.violations.length || tries < TRIES / 2;
    report = again;
    if (!settling) break;
  }
  return report;
}

async function webhooksDelivered(urls: readonly (string | undefined)[]): Promise<void> {
  for (const url of urls) {
    if (!url) continue;
    for (let tries = 0; tries < 60; tries += 1) {
      const reply = await send({method: 'GET', url: `${url}/_control/ledger`}).catch(() => undefined);
      if (((reply?.body as {webhooks_pending?: number} | undefined)?.webhooks_pending ?? 0) === 0) break;
      await pause(500);
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
