import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createTwilioGateway} from '../../adapters/twilio.ts';
import {verifyTwilioWebhook} from '../../adapters/verify-twilio-webhook.ts';
import {WebhookRefused} from '../../adapters/webhook-refused.ts';
import {ProviderError} from '../../domain/provider-error.ts';
import {buildSmsEmulator} from '../../emulators/sms/emulator.ts';
import {signatureOf} from '../../emulators/sms/signature.ts';

const TOKEN = 'token_of_the_account_1';
const ACCOUNT = `AC${'1'.repeat(32)}`;

describe('texts at the provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sms-'));
  let emulator: Awaited<ReturnType<ReturnType<typeof buildSmsEmulator>['start']>>;
  const open = async () => {
    emulator = await buildSmsEmulator({booksDir: folder, authToken: TOKEN}).start();
  };
  beforeAll(open);
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, {recursive: true, force: true});
  });
  const gateway = (authToken = TOKEN) =>
    createTwilioGateway({accountSid: ACCOUNT, authToken, from: '+12025550123', baseUrl: emulator.url, timeoutMs: 500});
  const text = (more: object = {}) => ({
    id: 'msg_1',
    to: '+12125550100',
    body: 'Waybill: it arrives today. http://shop.test/t/one',
    not_after: Date.now() + 1_000,
    ...more,
  });
  const fault = (body: object) =>
    fetch(`${emulator.url}/_control/faults`, {method: 'POST', body: JSON.stringify(body)});
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => 'sent',
      (error: unknown) => {
        if (!(error instanceof ProviderError)) throw error;
        expect(error.message).not.toContain('555');
        return [error.code, error.retryable, error.unknown];
      },
    );
  const since = Date.now() - 60_000;

  it('are taken, found again by what no other has in it, also after a restart, and not by anything else', async () => {
    const sent = await gateway().send(text());
    expect(sent).toMatchObject({ref: expect.stringMatching(/^SM[0-9a-f]{32}$/), status: 'queued'});
    await emulator.close();
    await open();
    const to = '+12125550100';
    expect(await gateway().find({to, part: '/t/one', since})).toMatchObject({ref: sent.ref});
    expect(await gateway().find({to, part: '/t/two', since})).toBeNull();
    expect(await gateway().find({to: '+12125550101', part: '/t/one', since})).toBeNull();
  });

  it('are found behind many newer ones', async () => {
    const to = '+12125550177';
    const {ref} = await gateway().send(text({to, body: 'first /t/needle'}));
    for (let n = 0; n < 120; n += 1) await gateway().send(text({to, body: `more ${n}`}));
    expect(await gateway().find({to, part: '/t/needle', since})).toMatchObject({ref});
  });

  it('say whether they may have gone out, and whether asking again helps', async () => {
    const create = {operation: 'messages.create'};
    await fault({...create, mode: 'status', status: 429, retry_after: 7});
    expect(await failure(gateway().send(text()))).toEqual(['provider_throttled', true, false]);
    await fault({...create, mode: 'error_after'});
    expect(await failure(gateway().send(text()))).toEqual(['provider_broken', true, true]);
    await fault({...create, mode: 'drop', when: 'after'});
    expect(await failure(gateway().send(text()))).toEqual(['provider_unreachable', true, true]);
    await fault({...create, mode: 'garbage', when: 'after'});
    expect(await failure(gateway().send(text()))).toEqual(['provider_unreadable', true, true]);
    await fault({...create, mode: 'delay', delay_ms: 900});
    expect(await failure(gateway().send(text()))).toEqual(['provider_unreachable', true, true]);
    expect(await failure(gateway('another token').send(text()))).toEqual(['provider_unauthorised', true, false]);
    expect(await failure(gateway().send(text({not_after: Date.now() - 1})))).toEqual(['too_late_to_ask', true, false]);
  });

  it('are refused by the provider’s own codes', async () => {
    const refused = (to: string) => failure(gateway().send(text({to})));
    expect(await refused('+15005550001')).toEqual(['refused_21211', false, false]);
    expect(await refused('+15005550004')).toEqual(['refused_21610', false, false]);
    expect(await refused('+15005550009')).toEqual(['refused_21614', false, false]);
    expect(await refused('+1555019')).toEqual(['refused_21211', false, false]);
  });
});

describe('what the provider calls back with', () => {
  // the example of Twilio's own documentation and libraries (twilio-python, tests of the request validator)
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const fields = {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  };
  const raw = (given: object) => Buffer.from(new URLSearchParams({...given}).toString());
  const verify = (body: Buffer, header: string | undefined, at = url, tokens: readonly string[] = [TOKEN]) => {
    try {
      return verifyTwilioWebhook(body, at, header, tokens);
    } catch (error) {
      if (error instanceof WebhookRefused) return error.code;
      throw error;
    }
  };
  const told = {...fields, MessageSid: 'SM1'};
  const good = signatureOf(TOKEN, url, told);

  it('is signed as the documentation shows', () => {
    expect(signatureOf('12345', url, fields)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
  });

  it('is believed under either token while one is changed', () => {
    expect(verify(raw(told), good)).toEqual(told);
    expect(verify(raw(told), good, url, ['the new token of it', TOKEN])).toEqual(told);
  });

  it('is refused in every other form', () => {
    expect(verify(raw(told), undefined)).toBe('signature_missing');
    for (const header of ['x', good.slice(1), `${good}x`, good.toLowerCase().slice(0, 20)]) {
      expect(verify(raw(told), header)).toBe('signature_malformed');
    }
    const mismatch = 'signature_mismatch';
    expect(verify(raw(told), good, `${url}&more=1`)).toBe(mismatch);
    expect(verify(raw({...told, From: '+14158675310'}), good)).toBe(mismatch);
    expect(verify(raw({...told, More: ''}), good)).toBe(mismatch);
    expect(verify(Buffer.concat([raw(told), Buffer.from([0x26, 0xff])]), good)).toBe(mismatch);
    expect(verify(raw(told), good, url, [])).toBe(mismatch);
    expect(verify(raw(told), signatureOf('', url, told), url, ['', ' '])).toBe(mismatch);
    expect(verify(raw(fields), signatureOf(TOKEN, url, fields))).toBe('body_malformed');
    expect(verify(Buffer.from(`${raw(told).toString()}&To=%2B1`), good)).toBe('body_malformed');
  });
});
