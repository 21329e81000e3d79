import {randomBytes} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {settingsDocument} from './settings-document.ts';
import {readSettings, SETTINGS_TABLE, SettingsError} from './settings.ts';

const GOOD = {
  DATABASE_URL: 'postgresql://waybill:pw@127.0.0.1:5432/waybill',
  STRIPE_SECRET_KEY: 'sk_test_emulator',
  STRIPE_WEBHOOK_SECRET: 'whsec_0123456789',
  EASYPOST_API_KEY: 'EZTK_emulator',
  EASYPOST_WEBHOOK_SECRET: 'hook_0123456789_',
  SMTP_URL: 'smtp://127.0.0.1:2525',
  MASTER_KEY: 'f1e6a01d6a9be2f8e0b0a0e6fb6a4c2e9c7d12b35f5e8c3fd0497a8b6e1d2c3b',
  INDEX_KEY: '0a9d3c5e7f1b2846d8e0c4a6b2f19375608d4e2c1a7f5b3996c8e0d2f4a61b7d',
};

function faults(change: Record<string, string | undefined>): readonly string[] {
  try {
    readSettings({...GOOD, ...change});
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

describe('settings', () => {
  it('have defaults for all that can have one', () => {
    expect(readSettings(GOOD)).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: '.data',
      databaseUrl: GOOD.DATABASE_URL,
      connections: {api: 10, worker: 10, relay: 4},
      temporal: {address: '127.0.0.1:7233', namespace: 'default', tls: false, apiKey: undefined},
      temporalUiUrl: undefined,
      stripe: {secretKey: 'sk_test_emulator', webhookSecrets: ['whsec_0123456789'], apiBase: undefined},
      easypost: {apiKey: 'EZTK_emulator', webhookSecrets: ['hook_0123456789_'], apiBase: undefined},
      mail: {smtpUrl: 'smtp://127.0.0.1:2525', from: 'Waybill <orders@waybill.example>', shop: 'Waybill'},
      mailUrl: undefined,
      twilio: undefined,
      outboundLocal: false,
      masterKey: GOOD.MASTER_KEY,
      indexKey: GOOD.INDEX_KEY,
      publicUrl: 'http://127.0.0.1:3000',
      shopPaymentUrl: undefined,
      timezone: 'UTC',
      policy: 'default',
      rateLimit: 600,
      clock: {t0: 0, real0: 0, speed: 1},
      keysFile: undefined,
      workflowBundle: undefined,
      buildId: undefined,
      logLevel: 'info',
    });
  });

  it('are read from the environment', () => {
    const settings = readSettings({
      ...GOOD,
      PORT: '8080',
      STRIPE_WEBHOOK_SECRET: 'whsec_0123456789, whsec_9876543210',
      STRIPE_API_BASE: 'http://127.0.0.1:12111/',
      EASYPOST_API_BASE: 'http://127.0.0.1:8090/v2/',
      TEMPORAL_API_KEY: 'cloud',
      WAYBILL_CLOCK: '{"t0":1,"real0":2,"speed":60}',
      MERCHANT_TIMEZONE: 'Europe/Berlin',
      PUBLIC_URL: 'https://shop.example/',
      WORKER_CONNECTIONS: '20',
    });
    expect(settings).toMatchObject({
      port: 8080,
      stripe: {webhookSecrets: ['whsec_0123456789', 'whsec_9876543210'], apiBase: 'http://127.0.0.1:12111'},
      easypost: {apiBase: 'http://127.0.0.1:8090/v2'},
      temporal: {tls: true, apiKey: 'cloud'},
      clock: {t0: 1, real0: 2, speed: 60},
      timezone: 'Europe/Berlin',
      publicUrl: 'https://shop.example',
      connections: {worker: 20},
    });
  });

  it('take an empty variable for none', () => {
    expect(readSettings({...GOOD, PORT: '', TEMPORAL_UI_URL: ' ', RATE_LIMIT: ''})).toMatchObject({
      port: 3000,
      temporalUiUrl: undefined,
      rateLimit: 600,
    });
  });

  it.each([
    [{}, 600],
    [{WAYBILL_POLICY: 'open'}, null],
    [{WAYBILL_POLICY: 'drill'}, null],
    [{WAYBILL_POLICY: 'open', RATE_LIMIT: '5'}, 5],
    [{RATE_LIMIT: '0'}, null],
  ])('%j limits checkouts to %s a minute', (change, limit) => {
    expect(readSettings({...GOOD, ...change}).rateLimit).toBe(limit);
  });

  it('come from a random pair of keys', () => {
    for (let i = 0; i < 200; i++) {
      const [MASTER_KEY, INDEX_KEY] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
      expect(faults({MASTER_KEY, INDEX_KEY})).toEqual([]);
    }
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['HOST', 'http://0.0.0.0'],
    ['DATABASE_URL', 'mysql://127.0.0.1/x'],
    ['DATABASE_URL', 'nonsense'],
    ['TEMPORAL_ADDRESS', 'http://127.0.0.1:7233'],
    ['TEMPORAL_TLS', 'yes'],
    ['STRIPE_SECRET_KEY', 'pk_test_publishable'],
    ['STRIPE_WEBHOOK_SECRET', 'short'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_0123456789,'],
    ['STRIPE_API_BASE', '127.0.0.1:1'],
    ['EASYPOST_API_KEY', 'a b'],
    ['EASYPOST_WEBHOOK_SECRET', 'short'],
    ['SMTP_URL', 'http://127.0.0.1'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'Shop\nBcc: x <a@example.com>'],
    ['MASTER_KEY', 'abc'],
    ['MASTER_KEY', '00'.repeat(32)],
    ['MASTER_KEY', '0123456789abcdef'.repeat(4)],
    ['INDEX_KEY', Buffer.from(Array.from({length: 32}, (_, i) => i)).toString('hex')],
    ['MERCHANT_TIMEZONE', 'Mars/Base'],
    ['WAYBILL_POLICY', 'none'],
    ['WAYBILL_CLOCK', '{"speed": 0}'],
    ['RATE_LIMIT', '-1'],
    ['API_CONNECTIONS', '0'],
    ['BUILD_ID', 'a b'],
    ['LOG_LEVEL', 'loud'],
  ])('refuse %s=%s in a sentence that names it', (name, value) => {
    const found = faults({[name]: value});
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} must be .+\\.$`));
  });

  it.each(Object.keys(GOOD))('say that %s is missing', (name) => {
    expect(faults({[name]: undefined})).toEqual([expect.stringContaining(`${name} is not set.`)]);
  });

  it('tell all faults at once, without the secrets', () => {
    const found = faults({PORT: 'x', MASTER_KEY: 'topsecret', STRIPE_SECRET_KEY: 'topsecret', LOG_LEVEL: 'loud'});
    expect(found).toHaveLength(4);
    expect(found.join('\n')).not.toContain('topsecret');
  });

  it.each(['sk_live_1', 'rk_live_1'])('refuse a fast clock with %s', (STRIPE_SECRET_KEY) => {
    const fast = '{"t0":1,"real0":1,"speed":60}';
    expect(faults({STRIPE_SECRET_KEY, WAYBILL_CLOCK: fast})).toEqual([expect.stringContaining('live key')]);
    expect(faults({STRIPE_SECRET_KEY, WAYBILL_CLOCK: '{"t0":9,"real0":1,"speed":1}'})).toHaveLength(1);
    expect(faults({STRIPE_SECRET_KEY, WAYBILL_CLOCK: '{"t0":1,"real0":1,"speed":1}'})).toEqual([]);
    expect(faults({WAYBILL_CLOCK: fast})).toEqual([]);
  });

  it('refuse to send live keys unencrypted', () => {
    expect(faults({STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_API_BASE: 'http://stripe'})).toHaveLength(1);
    expect(faults({EASYPOST_API_KEY: 'EZAK12345', EASYPOST_API_BASE: 'http://easypost'})).toHaveLength(1);
    expect(faults({STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_API_BASE: 'https://proxy'})).toEqual([]);
  });

  it('refuse one key for two purposes', () => {
    expect(faults({INDEX_KEY: GOOD.MASTER_KEY.toUpperCase()})).toHaveLength(1);
  });

  it('are documented as they are', () => {
    const file = fileURLToPath(new URL('../docs/settings.md', import.meta.url));
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, settingsDocument());
    expect(readFileSync(file, 'utf8')).toBe(settingsDocument());
    expect(new Set(SETTINGS_TABLE.map(({name}) => name)).size).toBe(SETTINGS_TABLE.length);
  });
});
