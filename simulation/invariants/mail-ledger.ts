/** The mail sink's books as `GET /_control/ledger` tells them; only what the checks read. */
export interface MailLedger {
  /** in the order of arrival; a mail whose Message-ID came before is only counted */
  mails: SentMail[];
}

export interface SentMail {
  id: string;
  message_id: string | null;
  to: string[];
  subject: string;
  text?: string;
  headers: Record<string, string>;
  received: string;
}

/** What our mails are known by: the row's id and the order's, as the mail itself says. */
export interface OurMail extends SentMail {
  row_id: string | null;
  order_id: string | null;
}

const MESSAGE_ID = /^<?([^@>]+)@waybill>?$/;

/** The sink takes mail from anybody; ours carry the order's id or a Message-ID of ours. */
export function ourMails({mails}: MailLedger): OurMail[] {
  return mails.flatMap((mail) => {
    const row_id = MESSAGE_ID.exec(mail.message_id ?? '')?.[1] ?? null;
    const order_id = mail.headers['x-waybill-order']?.trim() ?? null;
    return row_id === null && order_id === null ? [] : [{...mail, row_id, order_id}];
  });
}
