import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createTransport, type Transporter} from 'nodemailer';
import {escapeHtml} from '../../emulators/mail/pages.ts';
import {type RunningMailSink, startMailSink} from '../../emulators/mail/sink.ts';
import {stillClock, T0} from './carrier-support.ts';

interface Kept {
  id: string;
  message_id: string;
  from: string;
  to: string[];
  subject: string;
  headers: Record<string, string>;
  text: string;
  html: string | null;
  received: string;
  copies: number;
}

const mailTo = (to: string, more: object = {}) => ({
  from: 'Waybill <shop@waybill.test>',
  to,
  subject: 'Your order W-1001 is on its way',
  text: 'Hello Zoë,\nit left today.',
  html: '<p>Hello <b>Zoë</b></p>',
  headers: {'X-Order-Id': 'ord-1'},
  ...more,
});

describe('mail sink', () => {
  let dir: string;
  let sink: RunningMailSink;
  let transport: Transporter;
  const open = async () => {
    sink = await startMailSink({booksDir: dir, clock: stillClock()});
    transport = createTransport({host: '127.0.0.1', port: sink.smtpPort, secure: false, ignoreTLS: true});
  };
  const close = async () => {
    transport.close();
    await sink.close();
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mail-'));
    await open();
  });
  afterEach(async () => {
    await close();
    await rm(dir, {recursive: true, force: true});
  });
  const get = async (path: string) =>
    (await (await fetch(sink.url + path)).json()) as {mails: Kept[]; duplicates: number};
  const post = (path: string, body: object) => fetch(sink.url + path, {method: 'POST', body: JSON.stringify(body)});

  it('keeps what was sent, on the virtual clock', async () => {
    await transport.sendMail(mailTo('zoe@example.com', {messageId: '<a@waybill.test>'}));
    expect((await get('/_control/ledger')).mails).toEqual([
      expect.objectContaining({
        id: '1',
        message_id: '<a@waybill.test>',
        from: 'shop@waybill.test',
        to: ['zoe@example.com'],
        subject: 'Your order W-1001 is on its way',
        text: expect.stringContaining('Hello Zoë,'),
        html: expect.stringContaining('<b>Zoë</b>'),
        headers: expect.objectContaining({'x-order-id': 'ord-1'}),
        received: expect.stringMatching(/^2026-04-10T09:00:/),
        copies: 0,
      }),
    ]);
  });

  it('accepts the same Message-ID again without listing it twice', async () => {
    const mail = mailTo('zoe@example.com', {messageId: '<same@waybill.test>'});
    await transport.sendMail(mail);
    await transport.sendMail(mail);
    const ledger = await get('/_control/ledger');
    expect(ledger.mails.map((kept) => kept.copies)).toEqual([1]);
    expect(ledger.duplicates).toBe(1);
  });

  it('finds mails by receiver and by order', async () => {
    await transport.sendMail(mailTo('zoe@example.com'));
    await transport.sendMail(mailTo('max@example.com', {subject: 'Hello', headers: {'X-Order-Id': 'ord-2'}}));
    const receivers = async (query: string) => (await get(`/mails?${query}`)).mails.map((mail) => mail.to[0]);
    expect(await receivers('to=ZOE@example.com')).toEqual(['zoe@example.com']);
    expect(await receivers('order=ord-2')).toEqual(['max@example.com']);
    expect(await receivers('order=W-1001')).toEqual(['zoe@example.com']);
    expect(await receivers('to=zoe&order=ord-2')).toEqual([]);
  });

  it('remembers after a restart', async () => {
    const mail = mailTo('zoe@example.com', {messageId: '<kept@waybill.test>'});
    await transport.sendMail(mail);
    await close();
    await open();
    await transport.sendMail(mail);
    expect((await get('/mails')).mails.map((kept) => [kept.id, kept.copies])).toEqual([['1', 1]]);
    await post('/_control/reset', {});
    expect((await get('/mails')).mails).toEqual([]);
  });

  it('shows mails on a page without running any of them', async () => {
    const evil = '<script>alert(1)</script>"\'';
    await transport.sendMail(mailTo('zoe@example.com', {subject: evil, text: evil, html: `${evil}<p>hi</p>`}));
    const list = await (await fetch(`${sink.url}/`)).text();
    expect(list).toContain(escapeHtml(evil));
    const response = await fetch(`${sink.url}/mails/1`, {headers: {accept: 'text/html'}});
    const page = await response.text();
    expect(page).toContain('srcdoc="&lt;base');
    expect(`${list}${page}`).not.toContain('<script');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${sink.url}/mails/99`)).status).toBe(404);
  });

  it('refuses mail for a while when told to, before or after keeping it', async () => {
    await post('/_control/faults', {operation: 'mail.receive', mode: 'error_before'});
    const mail = mailTo('zoe@example.com', {messageId: '<late@waybill.test>'});
    await expect(transport.sendMail(mail)).rejects.toMatchObject({responseCode: 451});
    expect((await get('/mails')).mails).toEqual([]);
    await post('/_control/faults', {operation: 'mail.receive', mode: 'error_after'});
    await expect(transport.sendMail(mail)).rejects.toMatchObject({responseCode: 451});
    await transport.sendMail(mail);
    expect((await get('/mails')).mails.map((kept) => kept.copies)).toEqual([1]);
  });

  it('shows mails and texts on one page, newest first, all or those of one order, with nothing in them at work', async () => {
    const texts = [
      {
        sid: 'SM1',
        to: '+12125550100',
        body: 'W-1001 arrives today. http://shop.test/t/one',
        segments: 1,
        status: 'delivered',
      },
      {sid: 'SM2', to: '+12125550101', body: 'W-2002 <script>x</script>', segments: 2, status: 'undelivered'},
    ].map((text, i) => ({
      ...text,
      created: new Date(T0 + (i + 1) * 3_600_000).toISOString(),
      error_code: i ? 30005 : null,
    }));
    const provider = createServer((_request, response) => void response.end(JSON.stringify({texts})));
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    await close();
    const smsUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    sink = await startMailSink({booksDir: dir, clock: stillClock(), smsUrl});
    transport = createTransport({host: '127.0.0.1', port: sink.smtpPort, secure: false, ignoreTLS: true});
    await transport.sendMail(mailTo('zoe@example.com', {messageId: '<a@waybill.test>'}));
    const page = async (path: string) => (await fetch(sink.url + path)).text();
    const all = await page('/');
    const places = ['W-2002', 'W-1001 arrives today', 'Your order W-1001 is on its way'].map((what) =>
      all.indexOf(what),
    );
    expect(places.every((place, i) => place > (places[i - 1] ?? 0))).toBe(true);
    expect(all).toContain('<a href="http://shop.test/t/one">');
    expect(all).toContain('undelivered (30005) &middot; 2 pieces');
    expect(all).not.toContain('<script>');
    const one = await page('/?order=W-1001');
    expect(one).toContain('1 mail, 1 text');
    expect(one).not.toContain('W-2002');
    await new Promise((resolve) => provider.close(resolve));
    expect(await page('/')).toContain('1 mail, 0 texts');
  });
});
