import express, {type Express} from 'express';
import {createClock, type EmulatorClock} from '../shared/clock.ts';
import {createControl} from '../shared/control.ts';
import {type Faults, openFaults} from '../shared/faults.ts';
import {listen} from '../shared/server.ts';
import {type Mailbox, openMailbox} from './mailbox.ts';
import type {Mail} from './mails.ts';
import {listPage, mailPage} from './pages.ts';
import {textsFrom} from './texts.ts';
import {startSmtp} from './smtp.ts';

export interface MailSinkOptions {
  booksDir: string;
  clock?: EmulatorClock;
  /** where the provider of texts keeps its books, which the page shows too */
  smsUrl?: string | undefined;
}

export interface RunningMailSink {
  port: number;
  url: string;
  smtpPort: number;
  close(): Promise<void>;
}

/** An SMTP server that keeps every mail and shows it over HTTP; both on 127.0.0.1, port 0 for a free one. */
export async function startMailSink(options: MailSinkOptions, port = 0, smtpPort = 0): Promise<RunningMailSink> {
  const clock = options.clock ?? createClock(process.env);
  const faults = openFaults(options.booksDir);
  const mailbox = openMailbox(options.booksDir, clock);
  const server = await listen(buildApp(mailbox, clock, faults, options.smsUrl), port);
  const smtp = await startSmtp(mailbox, faults, smtpPort);
  return {
    port: server.port,
    url: server.url,
    smtpPort: smtp.port,
    close: async () => {
      await Promise.all([smtp.close(), server.close()]);
      faults.close();
      mailbox.close();
    },
  };
}

function buildApp(mailbox: Mailbox, clock: EmulatorClock, faults: Faults, smsUrl: string | undefined): Express {
  const control = createControl({
    name: 'mail',
    clock,
    faults,
    ledger: () => ({
      now: new Date(clock.now()).toISOString(),
      duplicates: mailbox.duplicates(),
      mails: mailbox.list().map((mail) => mailJson(mailbox, mail)),
    }),
    clockMoved: () => mailbox.clockMoved(),
    reset: () => mailbox.reset(),
  });
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(async (request, response, next) => {
    if (!(await control(request, response))) next();
  });
  app.use((_request, response, next) => {
    response.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'",
    );
    response.set('X-Content-Type-Options', 'nosniff');
    next();
  });
  app.get('/', async (request, response) => {
    const {order, to} = request.query;
    const asked = {order: word(order), to: word(to)};
    response.type('html').send(listPage(mailbox.list(asked), await textsFrom(smsUrl), asked));
  });
  app.get('/mails', (request, response) => {
    const {to, order} = request.query;
    const found = mailbox.list({to: word(to), order: word(order)});
    response.json({mails: found.map((mail) => mailJson(mailbox, mail))});
  });
  app.get('/mails/:id', (request, response) => {
    const mail = mailbox.find(request.params.id);
    if (!mail) response.status(404).json({error: 'no such mail'});
    else if (request.accepts(['html', 'json']) === 'json') response.json(mailJson(mailbox, mail));
    else response.type('html').send(mailPage(mail));
  });
  return app;
}

const word = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function mailJson(mailbox: Mailbox, mail: Mail): Record<string, unknown> {
  return {...mail, received: new Date(mail.received).toISOString(), copies: mailbox.copies(mail.message_id)};
}
