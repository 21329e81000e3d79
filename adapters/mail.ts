import {createTransport} from 'nodemailer';
import type {Mail, Notifier} from '../activities/ports.ts';
import {ProviderError} from '../domain/provider-error.ts';

export interface MailerOptions {
  /** smtp://user:password@host:port, or smtps: */
  smtpUrl: string;
  /** sender, such as `Waybill <orders@example.com>` */
  from: string;
  timeoutMs?: number;
}

/** Sends mail over SMTP, as text and where there is one as HTML. Throws ProviderError. */
export function createMailer({smtpUrl, from, timeoutMs = 20_000}: MailerOptions): Notifier {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (mail) => {
      refuseLineBreaks(mail);
      try {
        await transport.sendMail({
          from,
          // an address object is taken as it is: no list of several recipients, no display name
          to: {name: '', address: mail.to},
          subject: mail.subject,
          text: mail.text,
          ...(mail.html && {html: mail.html}),
          messageId: `<${mail.id}@waybill>`,
          headers: {'X-Waybill-Order': mail.order_id, ...unsubscribing(mail)},
        });
      } catch (error) {
        throw asProviderError(error);
      }
    },
  };
}

/** One click in the mail client is a POST to that address, without a page between (RFC 8058). */
function unsubscribing({unsubscribe_url: url}: Mail): Record<string, string> {
  return url ? {'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'} : {};
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/;
const TOKEN = /^[\w.:-]+$/;
// any C0 or C1 control, and Unicode's own line ends
const LINE_BREAKING = /[\p{Cc}\u2028\u2029]/u;

/** nodemailer folds line breaks away too; refusing shows the mistake instead of sending half of a hostile text. */
function refuseLineBreaks({id, to, subject, order_id}: Mail): void {
  if (!ADDRESS.test(to) || LINE_BREAKING.test(to)) throw malformed('the recipient is not one plain e-mail address');
  if (LINE_BREAKING.test(subject)) throw malformed('the subject has a line break or control character');
  if (!TOKEN.test(id) || !TOKEN.test(order_id)) throw malformed('an id has more than letters, digits and .:_-');
}

function malformed(message: string): ProviderError {
  return new ProviderError('mail_malformed', message, {retryable: false, unknown: false});
}

/** The server's words may quote the recipient: they go no further than `cause`. */
function asProviderError(cause: unknown): ProviderError {
  const {responseCode, code, command} = cause as {responseCode?: number; code?: string; command?: string};
  // 5xx: the server has understood and will not take this mail, or this sender, however often it is asked
  if (responseCode !== undefined && responseCode >= 500) {
    const message = `the mail server refused the mail (${responseCode})`;
    return new ProviderError('mail_refused', message, {retryable: false, unknown: false, cause});
  }
  // without an answer the mail may be on its way; its Message-ID makes a repeat recognisable
  const unknown = responseCode === undefined && command !== 'CONN';
  const message = `the mail server did not take the mail (${responseCode ?? code ?? 'no answer'})`;
  return new ProviderError('mail_unavailable', message, {retryable: true, unknown, cause});
}
