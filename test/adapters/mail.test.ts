import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Mail, Notifier} from '../../activities/ports.ts';
import {createMailer} from '../../adapters/mail.ts';
import {type RunningMailSink, startMailSink} from '../../emulators/mail/sink.ts';

let dir: string;
let sink: RunningMailSink;
let mailer: Notifier;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mail-'));
  sink = await startMailSink({booksDir: dir});
  mailer = createMailer({smtpUrl: `smtp://127.0.0.1:${sink.smtpPort}`, from: 'Waybill <shop@waybill.test>'});
});

afterEach(async () => {
  await sink.close();
  await rm(dir, {recursive: true, force: true});
});

const MAIL: Mail = {
  id: 'msg-1',
  to: 'zoe@example.com',
  subject: 'Your order W-1001 – on its way',
  text: 'Hello Zoë <script>,\n.\nit left today.',
  order_id: 'ord-1',
};

interface Kept {
  message_id: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string | null;
  headers: Record<string, string>;
  copies: number;
}

async function kept(): Promise<Kept[]> {
  const answer = (await (await fetch(`${sink.url}/mails`)).json()) as {mails: Kept[]};
  return answer.mails;
}

describe('mail', () => {
  it('arrives as plain text under its own id', async () => {
    await mailer.send(MAIL);
    const [mail] = await kept();
    expect(mail).toMatchObject({
      message_id: '<msg-1@waybill>',
      from: 'shop@waybill.test',
      to: ['zoe@example.com'],
      subject: MAIL.subject,
      html: null,
    });
    expect(mail?.headers['x-waybill-order']).toBe('ord-1');
    expect(mail?.text.trim()).toBe(MAIL.text);
  });

  it('is recognisable when it is sent again', async () => {
    await mailer.send(MAIL);
    await mailer.send(MAIL);
    expect(await kept()).toMatchObject([{message_id: '<msg-1@waybill>', copies: 1}]);
  });

  it.each<[string, Partial<Mail>]>([
    ['a line break in the subject', {subject: 'Hello\r\nBcc: eve@example.com'}],
    ['a line feed in the subject', {subject: 'Hello\nBcc: eve@example.com'}],
    ["a line end of Unicode's", {subject: 'Hello\u2028Bcc: eve@example.com'}],
    ['a zero byte in the subject', {subject: 'Hello\0'}],
    ['a line break in the recipient', {to: 'zoe@example.com\r\nBcc: eve@example.com'}],
    ['two recipients', {to: 'zoe@example.com, eve@example.com'}],
    ['a recipient with a name', {to: 'Zoe <zoe@example.com>'}],
    ['no recipient', {to: ''}],
    ['a line break in the id', {id: 'msg-1>\r\nBcc: eve@example.com'}],
    ['a line break in the order', {order_id: 'ord-1\r\nBcc: eve@example.com'}],
  ])('is refused with %s', async (_what, change) => {
    await expect(mailer.send({...MAIL, ...change})).rejects.toMatchObject({
      code: 'mail_malformed',
      retryable: false,
      unknown: false,
    });
    expect(await kept()).toEqual([]);
  });

  it('can be tried again when no server is there', async () => {
    const nowhere = createMailer({smtpUrl: 'smtp://127.0.0.1:1', from: 'shop@waybill.test'});
    await expect(nowhere.send(MAIL)).rejects.toMatchObject({code: 'mail_unavailable', retryable: true, unknown: false});
  });
});
