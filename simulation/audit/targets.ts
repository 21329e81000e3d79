import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {sharedTime} from '../../domain/time/shared-clock.ts';
import {readClock} from '../clock.ts';
import type {Targets} from '../invariants/index.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What is to be audited: the system that runs from the folder, else the one that DATABASE_URL and TEMPORAL_ADDRESS name.
 * Providers without an emulator stay out. Throws a sentence when there is nothing to audit.
 */
export function findTargets(dataDir: string, quiescent: boolean, env: Env): Targets {
  const file = join(dataDir, 'run', 'urls.json');
  const urls = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string | null>) : null;
  const databaseUrl = urls?.['database'] ?? env['DATABASE_URL'];
  const temporalAddress = urls?.['temporal'] ?? env['TEMPORAL_ADDRESS'];
  if (!databaseUrl || !temporalAddress) {
    throw new Error(
      urls
        ? `${file} names no ${databaseUrl ? 'temporal' : 'database'}: the audit needs both.`
        : `No running Waybill in ${dataDir} (run/urls.json is not there). Start it with npm start, name its folder with --data-dir, or set DATABASE_URL and TEMPORAL_ADDRESS.`,
    );
  }
  const clock = readClock(existsSync(join(dataDir, 'clock.json')) ? dataDir : undefined, env);
  const apiKey = env['TEMPORAL_API_KEY'];
  return {
    databaseUrl,
    temporalAddress,
    namespace: env['TEMPORAL_NAMESPACE'] || 'default',
    ...((env['TEMPORAL_TLS'] === 'true' || apiKey) && {temporalTls: true}),
    ...(apiKey && {temporalApiKey: apiKey}),
    stripeUrl: urls?.['stripe'] ?? undefined,
    carrierUrl: urls?.['carrier'] ?? undefined,
    mailUrl: urls?.['mail'] ?? undefined,
    smsUrl: urls?.['sms'] ?? undefined,
    supplierUrl: urls?.['supplier'] ?? undefined,
    speed: clock.speed,
    now: () => sharedTime(clock, Date.now()),
    quiescent,
  };
}
