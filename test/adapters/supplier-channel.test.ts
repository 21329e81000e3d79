import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Mail, SupplierMessage} from '../../activities/ports.ts';
import {createSupplierChannel, signatureOf} from '../../adapters/supplier-channel.ts';
import {ProviderError} from '../../domain/provider-error.ts';

describe('messages to suppliers', () => {
  const heard: {headers: IncomingMessage['headers']; body: string}[] = [];
  const mails: Mail[] = [];
  let server: Server;
  let status = 200;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        heard.push({headers: request.headers, body});
        response.writeHead(status, status === 302 ? {location: url} : {}).end('ignored');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    heard.length = 0;
    status = 200;
  });

  const channel = (allowLocal = true) =>
    createSupplierChannel({
      notifier: {send: async (mail) => void mails.push(mail)},
      now: () => 1_731_705_121_000,
      allowLocal,
      timeoutMs: 2_000,
    });
  const message = (to: Partial<SupplierMessage['to']> = {}): SupplierMessage => ({
    id: 'msg_1',
    order_id: 'ord_1',
    type: 'purchase_order.created',
    at: Date.UTC(2026, 0, 5),
    data: {purchase_order_id: 'po_1'},
    to: {webhook_url: url, email: null, secrets: ['whsec_plJ3nmyCDGBKInavdOK15jsl'], ...to},
  });
  const codeOf = (work: Promise<void>) =>
    work.then(
      () => 'sent',
      (error: unknown) => (error instanceof ProviderError && error.retryable ? error.code : String(error)),
    );

  it('are signed as Standard Webhooks says', () => {
    const body = '{"event_type":"ping","data":{"success":true}}';
    expect(signatureOf('whsec_plJ3nmyCDGBKInavdOK15jsl', 'msg_loFOjxBNrRLzqYUf', 1_731_705_121, body)).toBe(
      'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    );
  });

  it('carry a signature for each secret that is good', async () => {
    const secrets = ['whsec_plJ3nmyCDGBKInavdOK15jsl', 'whsec_b2xkIG9uZQ=='];
    await channel().send(message({secrets}));
    const {headers, body} = heard.pop() as (typeof heard)[number];
    const seconds = Number(headers['webhook-timestamp']);
    expect(String(headers['webhook-signature']).split(' ')).toEqual(
      secrets.map((secret) => signatureOf(secret, 'msg_1', seconds, body)),
    );
  });

  it('carry the same id and text on every attempt', async () => {
    await channel().send(message());
    await channel().send(message());
    expect(heard.map(({headers}) => headers['webhook-id'])).toEqual(['msg_1', 'msg_1']);
    expect(heard[0]?.body).toBe(heard[1]?.body);
    const {headers, body} = heard[0] as (typeof heard)[number];
    expect(headers['webhook-signature']).toBe(
      signatureOf('whsec_plJ3nmyCDGBKInavdOK15jsl', 'msg_1', Number(headers['webhook-timestamp']), body),
    );
  });

  it.each([302, 400, 410, 500])('are sent again after %i, and no redirect is followed', async (answer) => {
    status = answer;
    expect(await codeOf(channel().send(message()))).toBe('supplier_unreachable');
    expect(heard).toHaveLength(1);
  });

  it('go nowhere near this machine in a deployment', async () => {
    for (const webhook_url of [url, url.replace('http:', 'https:'), 'https://localhost/', 'https://[::1]/']) {
      expect(await codeOf(channel(false).send(message({webhook_url})))).toBe('supplier_unreachable');
    }
    expect(heard).toHaveLength(0);
  });

  it('go by mail where there is no webhook', async () => {
    await channel().send(message({webhook_url: null, email: 'orders@acme.example'}));
    expect(mails).toMatchObject([{id: 'msg_1', to: 'orders@acme.example', subject: 'Purchase order po_1'}]);
  });
});
