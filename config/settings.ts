import type {PolicyName} from '../domain/policy/policy.ts';
import type {SharedClock} from '../domain/time/shared-clock.ts';
import {type Field, FIELDS} from './settings-fields.ts';

export {SETTINGS_TABLE} from './settings-fields.ts';

export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string;
  connections: {api: number; worker: number; relay: number};
  temporal: {address: string; namespace: string; tls: boolean; apiKey: string | undefined};
  temporalUiUrl: string | undefined;
  stripe: {secretKey: string; webhookSecrets: string[]; apiBase: string | undefined};
  easypost: {apiKey: string; webhookSecrets: string[]; apiBase: string | undefined};
  /** `shop`: the name in `from` */
  mail: {smtpUrl: string; from: string; shop: string};
  mailUrl: string | undefined;
  /** absent: no texts on phones are sent */
  twilio: {accountSid: string; authTokens: string[]; from: string; apiBase: string | undefined} | undefined;
  /** webhooks may go to this machine and private networks, and without TLS */
  outboundLocal: boolean;
  /** 64 hex digits each */
  masterKey: string;
  indexKey: string;
  /** without a slash at the end */
  publicUrl: string;
  shopPaymentUrl: string | undefined;
  timezone: string;
  policy: PolicyName;
  /** checkouts a minute for one API key; null is no limit */
  rateLimit: number | null;
  clock: SharedClock;
  keysFile: string | undefined;
  workflowBundle: string | undefined;
  buildId: string | undefined;
  logLevel: string;
}

/** Settings that cannot be used; the message is one sentence a line, each saying what to do. */
export class SettingsError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

type Env = Readonly<Record<string, string | undefined>>;
type Values = {[K in keyof typeof FIELDS]: (typeof FIELDS)[K] extends Field<infer T> ? T : never};

const DEFAULT_RATE_LIMIT = 600;

/** Reads and checks the environment. Throws SettingsError with all faults at once; no message quotes a secret. */
export function readSettings(env: Env): Settings {
  const values = readValues(env);
  const faults = contradictions(values);
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    connections: {api: values.API_CONNECTIONS, worker: values.WORKER_CONNECTIONS, relay: values.RELAY_CONNECTIONS},
    temporal: {
      address: values.TEMPORAL_ADDRESS,
      namespace: values.TEMPORAL_NAMESPACE,
      tls: values.TEMPORAL_TLS ?? values.TEMPORAL_API_KEY !== undefined,
      apiKey: values.TEMPORAL_API_KEY,
    },
    temporalUiUrl: values.TEMPORAL_UI_URL,
    stripe: {
      secretKey: values.STRIPE_SECRET_KEY,
      webhookSecrets: values.STRIPE_WEBHOOK_SECRET,
      apiBase: values.STRIPE_API_BASE,
    },
    easypost: {
      apiKey: values.EASYPOST_API_KEY,
      webhookSecrets: values.EASYPOST_WEBHOOK_SECRET,
      apiBase: values.EASYPOST_API_BASE,
    },
    mail: {smtpUrl: values.SMTP_URL, from: values.MAIL_FROM, shop: nameOf(values.MAIL_FROM)},
    mailUrl: values.MAIL_URL,
    twilio: twilioOf(values),
    outboundLocal: values.OUTBOUND_LOCAL,
    masterKey: values.MASTER_KEY,
    indexKey: values.INDEX_KEY,
    publicUrl: values.PUBLIC_URL ?? `http://127.0.0.1:${values.PORT}`,
    shopPaymentUrl: values.SHOP_PAYMENT_URL,
    timezone: values.MERCHANT_TIMEZONE,
    policy: values.WAYBILL_POLICY,
    rateLimit: rateLimit(values),
    clock: values.WAYBILL_CLOCK,
    keysFile: values.WAYBILL_KEYS_FILE,
    workflowBundle: values.WORKFLOW_BUNDLE,
    buildId: values.BUILD_ID,
    logLevel: values.LOG_LEVEL,
  };
}

function readValues(env: Env): Values {
  const faults: string[] = [];
  const read = ([name, field]: [string, Field<unknown>]): [string, unknown] => {
    // an empty variable is how compose files and shells say "not set"
    const raw = env[name]?.trim() || field.default;
    if (raw === null) {
      if (field.needed) faults.push(`${name} is not set. ${field.meaning} Set it, or start with \`npm start\`.`);
      return [name, undefined];
    }
    const {data, error} = field.schema.safeParse(raw);
    if (error) faults.push(`${name} ${error.issues[0]?.message ?? 'cannot be used'}.`);
    return [name, data];
  };
  const values = Object.fromEntries(Object.entries<Field<unknown>>(FIELDS).map(read));
  if (faults.length > 0) throw new SettingsError(faults);
  return values as Values;
}

function twilioOf(values: Values): Settings['twilio'] {
  const {TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authTokens, TWILIO_FROM: from} = values;
  if (!accountSid || !authTokens || !from) return undefined;
  return {accountSid, authTokens, from, apiBase: values.TWILIO_API_BASE};
}

const TWILIO = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const;

/** Faults of settings that are good by themselves. */
function contradictions(values: Values): string[] {
  const faults: string[] = [];
  const {STRIPE_SECRET_KEY: stripe, EASYPOST_API_KEY: easypost, WAYBILL_CLOCK: clock} = values;
  const live = [
    ...(/^(sk|rk)_test_/.test(stripe) ? [] : ['STRIPE_SECRET_KEY']),
    ...(easypost.startsWith('EZTK') ? [] : ['EASYPOST_API_KEY']),
  ];
  if (live.length > 0 && (clock.speed !== 1 || clock.t0 !== clock.real0)) {
    const names = live.join(' and ');
    faults.push(`WAYBILL_CLOCK is not real time, and ${names} is a live key: unset the clock, or use a test key.`);
  }
  for (const [key, base] of [
    ['STRIPE_SECRET_KEY', 'STRIPE_API_BASE'],
    ['EASYPOST_API_KEY', 'EASYPOST_API_BASE'],
  ] as const) {
    if (live.includes(key) && values[base]?.startsWith('http:')) {
      faults.push(`${base} would send the live ${key} unencrypted: use https, or a test key.`);
    }
  }
  if (values.TWILIO_ACCOUNT_SID && !values.TWILIO_API_BASE && (clock.speed !== 1 || clock.t0 !== clock.real0)) {
    faults.push(
      'WAYBILL_CLOCK is not real time, and texts would go to real phones: unset the clock, or TWILIO_ACCOUNT_SID.',
    );
  }
  const missing = TWILIO.filter((name) => values[name] === undefined);
  if (missing.length > 0 && missing.length < TWILIO.length) {
    faults.push(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set: texts need all of ${TWILIO.join(', ')}, or none.`,
    );
  }
  if (values.MASTER_KEY.toLowerCase() === values.INDEX_KEY.toLowerCase()) {
    faults.push('INDEX_KEY is the same as MASTER_KEY: make another one with `openssl rand -hex 32`.');
  }
  return faults;
}

/** `Shop <orders@example.com>` is from Shop, and a bare address from its domain. */
function nameOf(from: string): string {
  const name = /^\s*"?([^"<]*?)"?\s*</.exec(from)?.[1];
  return name || (/@([^\s>]+)/.exec(from)?.[1] ?? from);
}

function rateLimit({RATE_LIMIT: limit, WAYBILL_POLICY: policy}: Values): number | null {
  if (limit !== undefined) return limit === 0 ? null : limit;
  return policy === 'default' ? DEFAULT_RATE_LIMIT : null;
}
