import {createHmac} from 'node:crypto';

/** `X-Twilio-Signature`: the address, then every field by name with its value, HMAC-SHA1 under the account's token. */
export function signatureOf(token: string, url: string, fields: Readonly<Record<string, string>>): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => `${text}${name}${fields[name]}`, url);
  return createHmac('sha1', token).update(Buffer.from(signed, 'utf8')).digest('base64');
}
