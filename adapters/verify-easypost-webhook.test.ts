import {createHmac} from 'node:crypto';
import easypost from '@easypost/api';
import {verifyEasypostWebhook} from './verify-easypost-webhook.ts';
import {WebhookRefused} from './webhook-refused.ts';

const SECRET = 'sécret';
const BODY = JSON.stringify({
  id: 'evt_1',
  object: 'Event',
  description: 'tracker.updated',
  created_at: '2026-11-20T11:00:00Z',
  result: {id: 'trk_1', status: 'delivered', weight: 17.5},
});

function sign(body: string | Buffer, secret = SECRET): string {
  return `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(body).digest('hex')}`;
}

function refusal(raw: string | Buffer, header: string | undefined, secrets = [SECRET]): string {
  try {
    verifyEasypostWebhook(Buffer.from(raw), header, secrets);
    return 'taken';
  } catch (error) {
    if (error instanceof WebhookRefused) return error.code;
    throw error;
  }
}

const EasyPost = easypost as unknown as (typeof easypost)['default'];
const sdk = new EasyPost('key');

describe('an EasyPost webhook', () => {
  it('is taken when it is signed', () => {
    expect(verifyEasypostWebhook(Buffer.from(BODY), sign(BODY), [SECRET])).toEqual({
      id: 'evt_1',
      type: 'tracker.updated',
      object: {id: 'trk_1', status: 'delivered', weight: 17.5},
      created: Date.parse('2026-11-20T11:00:00Z'),
    });
  });

  it('gets an id from its body where it has none', () => {
    const body = '{"description":"tracker.updated"}';
    const [one, two] = [1, 2].map(() => verifyEasypostWebhook(Buffer.from(body), sign(body), [SECRET]));
    expect(one?.id).toMatch(/^sha256_[0-9a-f]{64}$/);
    expect(one).toEqual(two);
  });

  it('is taken from any secret valid now, composed or decomposed', () => {
    expect(refusal(BODY, sign(BODY), ['new', SECRET])).toBe('taken');
    expect(refusal(BODY, sign(BODY), [SECRET, 'old'])).toBe('taken');
    expect(refusal(BODY, sign(BODY), ['sécret'.normalize('NFD')])).toBe('taken');
  });

  it.each<[string, string | Buffer, string | undefined, string[], string]>([
    ['no header', BODY, undefined, [SECRET], 'signature_missing'],
    ['an empty header', BODY, '', [SECRET], 'signature_missing'],
    ['no prefix', BODY, sign(BODY).slice(16), [SECRET], 'signature_malformed'],
    ['a shortened signature', BODY, sign(BODY).slice(0, 40), [SECRET], 'signature_malformed'],
    ['an upper-case signature', BODY, sign(BODY).toUpperCase(), [SECRET], 'signature_malformed'],
    ['another secret', BODY, sign(BODY, 'other'), [SECRET], 'signature_mismatch'],
    ['no secret known', BODY, sign(BODY), [], 'signature_mismatch'],
    ['a blank secret', BODY, sign(BODY, ''), [''], 'signature_mismatch'],
    ['a changed body', BODY.replace('delivered', 'failure'), sign(BODY), [SECRET], 'signature_mismatch'],
    ['a changed weight', BODY.replace('17.5', '17.6'), sign(BODY), [SECRET], 'signature_mismatch'],
    ['no JSON', '}{', sign('}{'), [SECRET], 'body_malformed'],
    ['a list', '[]', sign('[]'), [SECRET], 'body_malformed'],
  ])('is refused with %s', (_what, body, header, secrets, code) => {
    expect(refusal(body, header, secrets)).toBe(code);
  });

  it.each([
    ['{"result":{"weight": 614.0}}', '{"result":{"weight": 614}}'],
    ['{"result":{"weight":614.0 }}', '{"result":{"weight":614 }}'],
    ['{"result":{"weight":614.0,"a":1}}', '{"result":{"weight":614,"a":1}}'],
    ['{"result":{"weight":614}}', '{"result":{"weight":614}}'],
    ['{"result":{"weight":614.5}}', '{"result":{"weight":614.5}}'],
    ['{"result":{"weight":null}}', '{"result":{"weight":null}}'],
    ['{"note":"\\"weight\\": 5,"}', '{"note":"\\"weight\\": 5,"}'],
  ])('signed as %s and received as %s is judged as the SDK judges it', (signed, received) => {
    const header = sign(signed);
    const bySdk = () => sdk.Utils.validateWebhook(Buffer.from(received), {'x-hmac-signature': header}, SECRET);
    if (refusal(received, header) === 'taken') expect(bySdk).not.toThrow();
    else expect(bySdk).toThrow();
  });
});
