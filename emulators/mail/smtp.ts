import type {AddressInfo} from 'node:net';
import {SMTPServer, type SMTPServerDataStream, type SMTPServerSession} from 'smtp-server';
import {faultPhase, type Fault, type Faults} from '../shared/faults.ts';
import type {Mailbox} from './mailbox.ts';
import {type Envelope, readMail} from './mails.ts';

const LARGEST_MAIL_BYTES = 10_000_000;

/** Takes mail from anybody on 127.0.0.1. Faults of operation `mail.receive` strike before or after a mail is kept. */
export async function startSmtp(
  mailbox: Mailbox,
  faults: Faults,
  port: number,
): Promise<{port: number; close(): Promise<void>}> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: LARGEST_MAIL_BYTES,
    closeTimeout: 1000,
    onData: (stream, session, callback) => {
      receive(stream, session, mailbox, faults).then(
        () => callback(),
        (error: Error) => callback(error),
      );
    },
  });
  server.on('error', () => {});
  const listening = await new Promise<AddressInfo>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server.server.address() as AddressInfo));
  });
  return {port: listening.port, close: () => new Promise((resolve) => server.close(() => resolve()))};
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  mailbox: Mailbox,
  faults: Faults,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const fault = faults.take('mail.receive');
  if (fault && faultPhase(fault) === 'before') await strike(fault);
  mailbox.keep(await readMail(Buffer.concat(chunks), envelopeOf(session)));
  if (fault && faultPhase(fault) === 'after') await strike(fault);
}

/** `delay` waits; every other mode refuses the mail for now (451, or the fault's own status when it is an SMTP one). */
async function strike(fault: Fault): Promise<void> {
  if (fault.mode === 'delay') {
    await new Promise((resolve) => setTimeout(resolve, fault.delay_ms ?? 1000));
    return;
  }
  const responseCode = fault.status && fault.status >= 400 && fault.status < 600 ? fault.status : 451;
  throw Object.assign(new Error('Injected fault'), {responseCode});
}

function envelopeOf({envelope}: SMTPServerSession): Envelope {
  return {
    from: envelope.mailFrom ? envelope.mailFrom.address : '',
    to: envelope.rcptTo.map(({address}) => address),
  };
}
