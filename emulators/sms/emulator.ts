import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import {ControlError, createControl} from '../shared/control.ts';
import {type Fault, faultPhase, GARBAGE_BODY} from '../shared/faults.ts';
import {listen} from '../shared/server.ts';
import {Provider, type SmsEmulatorOptions} from './provider.ts';
import {Refused} from './refusals.ts';
import {inboundJson, statusAt, textJson} from './wire.ts';

/** Real milliseconds between two looks at what has happened to texts. */
const TICK_MS = 100;

/** Twilio's Messages API as far as texts need it, on books of its own. */
export function buildSmsEmulator(options: SmsEmulatorOptions) {
  const provider = new Provider(options);
  const app = buildApp(provider);
  return {
    provider,
    start: async (port = 0) => {
      const server = await listen(app, port);
      const timer = setInterval(() => provider.look(), TICK_MS);
      const close = async () => {
        clearInterval(timer);
        await server.close();
        provider.close();
      };
      return {port: server.port, url: server.url, close};
    },
  };
}

/** Reads BOOKS_DIR, AUTH_TOKEN and WEBHOOK_URL, where messages to the number go. */
export function optionsFromEnv(env: Record<string, string | undefined>): SmsEmulatorOptions {
  if (!env['BOOKS_DIR']) throw new Error('BOOKS_DIR is not set: name a folder for the books of the text messages');
  return {booksDir: env['BOOKS_DIR'], authToken: env['AUTH_TOKEN'], inboundUrl: env['WEBHOOK_URL']};
}

function buildApp(provider: Provider): Express {
  const {clock, faults, books, callbacks} = provider;
  const control = createControl({
    name: 'sms',
    clock,
    faults,
    ledger: () => ledgerOf(provider),
    clockMoved: () => {
      books.write({clock: clock.offset()});
      provider.look();
      callbacks.clockMoved();
    },
    reset: () => provider.reset(),
    extra: {
      'POST /_control/inbound': ({from, body, to = '+15005550006'}) => {
        if (typeof from !== 'string' || typeof body !== 'string') throw new ControlError('send {"from", "body"}');
        return provider.hear(from, body, String(to));
      },
    },
  });
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(async (request, response, next) => {
    if (!(await control(request, response))) next();
  });
  const form = express.urlencoded({extended: false, limit: '64kb'});
  const messages = '/2010-04-01/Accounts/:account/Messages';
  app.use('/2010-04-01/Accounts/:account', letIn(provider));
  app.post(
    `${messages}.json`,
    form,
    struck(provider, 'messages.create', 201, (request) => take(provider, request)),
  );
  app.get(
    `${messages}.json`,
    struck(provider, 'messages.list', 200, (request) => list(provider, request)),
  );
  app.get(
    `${messages}/:sid.json`,
    struck(provider, 'messages.retrieve', 200, (request) => find(provider, request)),
  );
  app.use((request) => {
    throw new Refused(404, 20404, `The requested resource ${request.path} was not found`);
  });
  app.use(answerError);
  return app;
}

function take(provider: Provider, {params, body}: Request): object {
  const text = provider.take(String(params['account']), (body ?? {}) as Record<string, string>);
  return textJson(text, provider.clock.now());
}

function find(provider: Provider, {params, path}: Request): object {
  const text = provider.books.texts.get(String(params['sid']));
  if (!text) throw new Refused(404, 20404, `The requested resource ${path} was not found`);
  return textJson(text, provider.clock.now());
}

/** Newest first, in pages. */
function list({books, clock}: Provider, {params, query, path}: Request): object {
  const account = String(params['account']);
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined);
  const [to, from] = [text('To'), text('From')];
  const size = Math.min(1000, Math.max(1, Number(text('PageSize') ?? 50)));
  const page = Math.max(0, Number(text('Page') ?? 0));
  const all = [
    ...[...books.texts.values()].map((sent) => ({at: sent.created, json: textJson(sent, clock.now())})),
    ...books.inbound.map((heard) => ({at: heard.at, json: inboundJson(heard, account)})),
  ]
    .filter(({json}) => (!to || json['to'] === to) && (!from || json['from'] === from))
    .toSorted((a, b) => b.at - a.at);
  const rest = new URLSearchParams({...(to && {To: to}), ...(from && {From: from}), PageSize: String(size)});
  const uri = (n: number) => `${path}?${rest.toString()}&Page=${n}`;
  return {
    messages: all.slice(page * size, (page + 1) * size).map(({json}) => json),
    ...{page, page_size: size, start: page * size, end: Math.min(all.length, (page + 1) * size) - 1},
    uri: uri(page),
    first_page_uri: uri(0),
    next_page_uri: all.length > (page + 1) * size ? uri(page + 1) : null,
    previous_page_uri: page > 0 ? uri(page - 1) : null,
  };
}

function letIn(provider: Provider): RequestHandler {
  return (request, _response, next) => {
    const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
    const plain = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8') : '';
    const [account = '', token = ''] = plain.split(':');
    if (!provider.letsIn(account, token)) throw new Refused(401, 20003, 'Authenticate');
    next();
  };
}

function struck(
  {faults}: Provider,
  name: string,
  status: number,
  effect: (request: Request) => object,
): RequestHandler {
  return async (request, response) => {
    const fault = faults.take(name);
    if (fault && faultPhase(fault) === 'before' && (await strike(fault, response))) return;
    const answer = effect(request);
    if (fault && faultPhase(fault) === 'after' && (await strike(fault, response))) return;
    response.status(status).json(answer);
  };
}

/** Carries the fault out; false when the request goes on all the same. */
async function strike(fault: Fault, response: Response): Promise<boolean> {
  if (fault.mode === 'delay') {
    await new Promise((resolve) => setTimeout(resolve, fault.delay_ms ?? 1000));
    return false;
  }
  if (fault.mode === 'drop') {
    response.socket?.destroy();
    return true;
  }
  if (fault.retry_after !== undefined) response.set('Retry-After', String(fault.retry_after));
  const status = fault.status ?? {garbage: 200, status: 503}[fault.mode as string] ?? 500;
  const said = {code: status === 429 ? 20429 : 20500, message: 'Injected fault', status};
  response.status(status).type('json');
  response.send(fault.body ?? (fault.mode === 'garbage' ? GARBAGE_BODY : JSON.stringify(said)));
  return true;
}

const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const known = error instanceof Refused ? error : new Refused(500, 20500, String(error));
  const {status, code, message} = known;
  response.status(status).json({code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status});
};

function ledgerOf(provider: Provider): object {
  const {books, clock, callbacks} = provider;
  const now = clock.now();
  // what has happened by then is told, or waits to be
  provider.look();
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    now: iso(now),
    texts: [...books.texts.values()].map((text) => {
      const {sid, from, to, body, segments, status_callback, created, fate} = text;
      const status = statusAt(text, now);
      const error_code = status === fate.status ? fate.error_code : null;
      return {sid, from, to, body, segments, status_callback, created: iso(created), status, error_code};
    }),
    refusals: books.refusals.map((refusal) => ({...refusal, at: iso(refusal.at)})),
    inbound: books.inbound.map((message) => ({...message, at: iso(message.at)})),
    opted_out: [...books.optedOut],
    webhooks_pending: callbacks.pending(),
    webhooks: callbacks.report(),
  };
}
