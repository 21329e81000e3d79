import {createHmac} from 'node:crypto';
import {verifyStripeWebhook} from './verify-stripe-webhook.ts';
import {WebhookRefused} from './webhook-refused.ts';

const SECRET = 'whsec_test_of_ours';
const NOW_S = 1_760_000_000;
const BODY = JSON.stringify({
  id: 'evt_1',
  object: 'event',
  type: 'payment_intent.succeeded',
  created: 1_759_999_990,
  data: {object: {id: 'pi_1', amount: 5000}},
});

function sign(body: string | Buffer, at: number | string = NOW_S, secret = SECRET): string {
  return createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex');
}

function refusal(raw: string | Buffer, header: string | undefined, secrets = [SECRET], toleranceS?: number): string {
  try {
    verifyStripeWebhook(Buffer.from(raw), header, secrets, toleranceS, NOW_S * 1000);
    return 'taken';
  } catch (error) {
    if (error instanceof WebhookRefused) return error.code;
    throw error;
  }
}

describe('a Stripe webhook', () => {
  it('is taken when it is signed and fresh', () => {
    const header = `t=${NOW_S},v1=${sign(BODY)},v0=00`;
    expect(verifyStripeWebhook(Buffer.from(BODY), header, [SECRET], undefined, NOW_S * 1000)).toEqual({
      id: 'evt_1',
      type: 'payment_intent.succeeded',
      object: {id: 'pi_1', amount: 5000},
      created: 1_759_999_990_000,
    });
  });

  it('is taken from a secret on its way in or out, and from one good signature of several', () => {
    expect(refusal(BODY, `t=${NOW_S},v1=${sign(BODY)}`, ['whsec_new', SECRET])).toBe('taken');
    expect(refusal(BODY, `t=${NOW_S},v1=${sign(BODY)}`, [SECRET, 'whsec_old'])).toBe('taken');
    expect(refusal(BODY, `t=${NOW_S},v1=potato,v1=${sign(BODY)}`)).toBe('taken');
  });

  it.each([
    [-300, 'taken'],
    [-301, 'timestamp_too_old'],
    [300, 'taken'],
    [301, 'timestamp_in_future'],
    [1_000_000, 'timestamp_in_future'],
  ])('signed %i s from now is %s', (offset, expected) => {
    const at = NOW_S + offset;
    expect(refusal(BODY, `t=${at},v1=${sign(BODY, at)}`)).toBe(expected);
  });

  it('has no free pass with a tolerance of 0', () => {
    expect(refusal(BODY, `t=${NOW_S - 1},v1=${sign(BODY, NOW_S - 1)}`, [SECRET], 0)).toBe('timestamp_too_old');
    expect(refusal(BODY, `t=${NOW_S},v1=${sign(BODY)}`, [SECRET], 0)).toBe('taken');
  });

  const good = sign(BODY);
  it.each<[string, string | Buffer, string | undefined, string[], string]>([
    ['no header', BODY, undefined, [SECRET], 'signature_missing'],
    ['an empty header', BODY, '', [SECRET], 'signature_missing'],
    ['not a header', BODY, 'nonsense', [SECRET], 'signature_malformed'],
    ['no timestamp', BODY, `v1=${good}`, [SECRET], 'signature_malformed'],
    ['two timestamps', BODY, `t=1,t=${NOW_S},v1=${good}`, [SECRET], 'signature_malformed'],
    ['a timestamp with a tail', BODY, `t=${NOW_S}x,v1=${good}`, [SECRET], 'signature_malformed'],
    ['a timestamp that is no number', BODY, `t=NaN,v1=${sign(BODY, 'NaN')}`, [SECRET], 'signature_malformed'],
    ['no signature', BODY, `t=${NOW_S}`, [SECRET], 'signature_mismatch'],
    ['another scheme only', BODY, `t=${NOW_S},v0=${good}`, [SECRET], 'signature_mismatch'],
    ['another secret', BODY, `t=${NOW_S},v1=${sign(BODY, NOW_S, 'whsec_x')}`, [SECRET], 'signature_mismatch'],
    ['no secret known', BODY, `t=${NOW_S},v1=${good}`, [], 'signature_mismatch'],
    ['a blank secret', BODY, `t=${NOW_S},v1=${sign(BODY, NOW_S, ' ')}`, [' '], 'signature_mismatch'],
    ['another time than was signed', BODY, `t=${NOW_S + 1},v1=${good}`, [SECRET], 'signature_mismatch'],
    ['a shortened signature', BODY, `t=${NOW_S},v1=${good.slice(0, 40)}`, [SECRET], 'signature_mismatch'],
    ['an upper-case signature', BODY, `t=${NOW_S},v1=${good.toUpperCase()}`, [SECRET], 'signature_mismatch'],
    ['a body written anew', `${BODY} `, `t=${NOW_S},v1=${good}`, [SECRET], 'signature_mismatch'],
    ['an empty body', '', `t=${NOW_S},v1=${sign('')}`, [SECRET], 'body_malformed'],
    ['a byte order mark', `\ufeff${BODY}`, `t=${NOW_S},v1=${good}`, [SECRET], 'signature_mismatch'],
    ['no JSON', '}{', `t=${NOW_S},v1=${sign('}{')}`, [SECRET], 'body_malformed'],
    ['no event', '{"id": "x"}', `t=${NOW_S},v1=${sign('{"id": "x"}')}`, [SECRET], 'body_malformed'],
    ['JSON null', 'null', `t=${NOW_S},v1=${sign('null')}`, [SECRET], 'body_malformed'],
  ])('is refused with %s', (_what, body, header, secrets, code) => {
    expect(refusal(body, header, secrets)).toBe(code);
  });

  it('is refused when other bytes decode to the text that was signed', () => {
    const signed = '{"id":"evt_1","object":"event","x":"\ufffd"}';
    const other = Buffer.from(signed.replace('\ufffd', '\xff'), 'latin1');
    expect(refusal(other, `t=${NOW_S},v1=${sign(signed)}`)).toBe('signature_mismatch');
    expect(refusal(signed, `t=${NOW_S},v1=${sign(signed)}`)).toBe('taken');
  });
});
