import {z} from 'zod';
import {parseSharedClock} from '../domain/time/shared-clock.ts';

/** One environment variable. Zod's messages go on after its name: "PORT must be …". */
export interface Field<T> {
  /** null: must be set, or is off when unset */
  default: string | null;
  needed: boolean;
  meaning: string;
  schema: z.ZodType<T>;
}

function byDefault<T>(schema: z.ZodType<T>, fallback: string, meaning: string): Field<T> {
  return {default: fallback, needed: false, meaning, schema};
}

function needed<T>(schema: z.ZodType<T>, meaning: string): Field<T> {
  return {default: null, needed: true, meaning, schema};
}

function optional<T>(schema: z.ZodType<T>, meaning: string): Field<T | undefined> {
  return {default: null, needed: false, meaning, schema};
}

const text = z.string();

function matching(pattern: RegExp, message: string) {
  return text.regex(pattern, message);
}

function integer(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return matching(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

function url(protocols: readonly string[]) {
  const message = `must be an address that begins with ${protocols.map((name) => `${name}://`).join(' or ')}`;
  const fits = (value: string) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1));
  return text.refine(fits, message);
}

const webUrl = url(['http', 'https']).transform((value) => value.replace(/\/+$/, ''));

const secrets = text
  .transform((value) => value.split(',').map((secret) => secret.trim()))
  .refine(
    (list) => list.every((secret) => secret.length >= 16),
    'must be one secret of at least 16 characters, or several separated by commas',
  );

const KEY = 'must be 64 random hex digits: make them with `openssl rand -hex 32`';
const encryptionKey = matching(/^[0-9a-fA-F]{64}$/, KEY).refine(looksRandom, KEY);

/** Refuses keys somebody typed: few different bytes, or bytes that count up. */
function looksRandom(hex: string): boolean {
  const bytes = Buffer.from(hex, 'hex');
  const steps = bytes.map((byte, i) => byte - (bytes[i - 1] ?? 0)).subarray(1);
  return new Set(bytes).size >= 16 && new Set(steps).size >= 8;
}

const timezone = text.refine((value) => {
  try {
    return new Intl.DateTimeFormat('en', {timeZone: value}).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'must be a time zone of the IANA database, such as Europe/Berlin');

const clock = text.transform((value, context) => {
  const parsed = parseSharedClock(value);
  if (parsed) return parsed;
  context.addIssue('must be {"t0": ms, "real0": ms, "speed": number above 0}; leave it unset for real time');
  return z.NEVER;
});

const onOff = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

const connections = integer(1, 500);

export const FIELDS = {
  PORT: byDefault(integer(1, 65_535), '3000', 'Port of the API and the pages.'),
  HOST: byDefault(
    matching(/^[\w.:-]{1,255}$/, 'must be a host name or an address of this machine, such as 127.0.0.1 or 0.0.0.0'),
    '127.0.0.1',
    'Where the API listens: this machine only, or `0.0.0.0` for every network it is in.',
  ),
  DATA_DIR: byDefault(text, '.data', 'Folder for keys, logs and the data of everything `npm start` runs itself.'),
  DATABASE_URL: needed(url(['postgresql', 'postgres']), 'PostgreSQL of the product.'),
  API_CONNECTIONS: byDefault(connections, '10', 'Database connections of one API process.'),
  WORKER_CONNECTIONS: byDefault(connections, '10', 'Database connections of one worker.'),
  RELAY_CONNECTIONS: byDefault(connections, '4', 'Database connections of the relay.'),
  TEMPORAL_ADDRESS: byDefault(
    matching(/^[^\s/]+:\d{1,5}$/, 'must be host:port, without http://'),
    '127.0.0.1:7233',
    'Temporal server, `host:port`.',
  ),
  TEMPORAL_NAMESPACE: byDefault(text, 'default', "Temporal namespace of the product's workflows."),
  TEMPORAL_TLS: optional(onOff, 'TLS to Temporal: `true` or `false`. Unset: on when TEMPORAL_API_KEY is set.'),
  TEMPORAL_API_KEY: optional(text, 'API key of Temporal Cloud.'),
  TEMPORAL_UI_URL: optional(webUrl, "Temporal's own web page, for links."),
  STRIPE_SECRET_KEY: needed(
    matching(/^(sk|rk)_(test|live)_\w+$/, 'must be a secret key of Stripe (sk_test_…, sk_live_…, rk_…)'),
    'Secret or restricted key of Stripe.',
  ),
  STRIPE_WEBHOOK_SECRET: needed(
    secrets,
    'Secret of the endpoint `/v1/webhooks/stripe`; the old and the new one, separated by a comma, while it is rolled.',
  ),
  STRIPE_API_BASE: optional(webUrl, 'Where Stripe is; unset: Stripe itself.'),
  EASYPOST_API_KEY: needed(matching(/^\w{8,}$/, 'must be an API key of EasyPost (EZTK…, EZAK…)'), 'Key of EasyPost.'),
  EASYPOST_WEBHOOK_SECRET: needed(
    secrets,
    'Secret of the webhook to `/v1/webhooks/easypost`; several, separated by commas, while it is changed.',
  ),
  EASYPOST_API_BASE: optional(webUrl, 'Where EasyPost is; unset: EasyPost itself.'),
  SMTP_URL: needed(url(['smtp', 'smtps']), 'Mail server, `smtp://user:password@host:port`.'),
  MAIL_FROM: byDefault(
    matching(/^[^\p{Cc}]*[^\s@<>]+@[^\s@<>]+>?$/u, 'must be an address, such as Shop <orders@example.com>'),
    'Waybill <orders@waybill.example>',
    'Sender of every mail.',
  ),
  MAIL_URL: optional(webUrl, 'Where mails can be read in development, for links.'),
  TWILIO_ACCOUNT_SID: optional(
    matching(/^AC[0-9a-f]{32}$/, 'must be the id of a Twilio account (AC and 32 hex digits)'),
    'Account of Twilio, for texts on phones. Unset: no texts are sent.',
  ),
  TWILIO_AUTH_TOKEN: optional(
    secrets,
    'Its auth token; the old and the new one, separated by a comma and the new one first, while it is changed. Texts and `/v1/webhooks/twilio` use it.',
  ),
  TWILIO_FROM: optional(
    matching(
      /^(\+[1-9]\d{7,14}|MG[0-9a-f]{32})$/,
      'must be a number such as +12025550123, or a messaging service (MG…)',
    ),
    'Number, or messaging service, that texts come from.',
  ),
  TWILIO_API_BASE: optional(webUrl, 'Where Twilio is; unset: Twilio itself.'),
  OUTBOUND_LOCAL: byDefault(
    onOff,
    'false',
    'Webhooks to suppliers may go to this machine and private networks, and without TLS: `true` for development only.',
  ),
  MASTER_KEY: needed(encryptionKey, "64 hex digits; wraps the keys of the customers' personal data."),
  INDEX_KEY: needed(encryptionKey, '64 hex digits, others than MASTER_KEY; keys the search index of personal data.'),
  PUBLIC_URL: optional(webUrl, 'Address that customers reach the pages under. Unset: this machine at PORT.'),
  SHOP_PAYMENT_URL: optional(
    webUrl,
    "The shop's page on which payers confirm with their bank, or give another card; see docs/api.md. Unset: the pages here send them to the shop without a link.",
  ),
  MERCHANT_TIMEZONE: byDefault(timezone, 'UTC', "The merchant's time zone, for days in reports and promises."),
  WAYBILL_POLICY: byDefault(
    z.enum(['default', 'open', 'drill'], 'must be default, open or drill'),
    'default',
    'Limits at start: `default`; `open` for tests and demonstrations (velocity limit of 10,000 an hour); `drill`: open, and runs go on in a fresh history after 50 events.',
  ),
  RATE_LIMIT: optional(
    integer(0, 1_000_000),
    'Checkouts a minute for one API key; 0 is no limit. Unset: 600, and no limit under the policies `open` and `drill`.',
  ),
  WAYBILL_CLOCK: byDefault(clock, '', 'The clock all processes share, set by `--speed`. Unset: real time.'),
  WAYBILL_KEYS_FILE: optional(text, 'File of API keys `{role: key}` taken in at start, for development.'),
  WORKFLOW_BUNDLE: optional(text, 'Workflow code bundled by the build. Unset: each worker bundles it at start.'),
  BUILD_ID: optional(
    matching(/^[\w.-]{1,200}$/, 'must be letters, digits and ._- only'),
    'Version of the workers; turns Worker Deployment Versioning on.',
  ),
  LOG_LEVEL: byDefault(
    z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    ),
    'info',
    'How much is logged.',
  ),
};

export interface SettingRow {
  name: string;
  /** null: none */
  default: string | null;
  meaning: string;
}

/** All settings, as documented in docs/settings.md. */
export const SETTINGS_TABLE: readonly SettingRow[] = Object.entries(FIELDS).map(([name, field]) => ({
  name,
  default: field.default === '' ? null : field.default,
  meaning: field.needed ? `${field.meaning} Set by \`npm start\` where it is missing.` : field.meaning,
}));
