import PostalMime from 'postal-mime';

/** A mail as the sink keeps it. `received` is virtual milliseconds. */
export interface Mail {
  /** The sink's own number of it. */
  id: string;
  message_id: string | null;
  /** Sender and receivers of the envelope: what the SMTP commands said, whatever the headers say. */
  from: string;
  to: string[];
  subject: string;
  /** Lower-case names; the last one counts where a name occurs twice. */
  headers: Record<string, string>;
  text: string;
  html: string | null;
  attachments: {filename: string | null; type: string; bytes: number}[];
  received: number;
}

export interface Envelope {
  from: string;
  to: string[];
}

/** Reads a raw message; the sink's number and the time are added when it is kept. */
export async function readMail(raw: Buffer, envelope: Envelope): Promise<Omit<Mail, 'id' | 'received'>> {
  const parsed = await PostalMime.parse(raw);
  return {
    message_id: parsed.messageId ?? null,
    from: envelope.from,
    to: envelope.to,
    subject: parsed.subject ?? '',
    headers: Object.fromEntries(parsed.headers.map(({key, value}) => [key, value])),
    text: parsed.text ?? '',
    html: parsed.html ?? null,
    attachments: parsed.attachments.map(({filename, mimeType, content}) => ({
      filename,
      type: mimeType,
      bytes: typeof content === 'string' ? content.length : content.byteLength,
    })),
  };
}

export interface MailFilter {
  /** Part of a receiver's address. */
  to?: string | undefined;
  /** An order's id or number: the value of a header with `order` in its name, or a part of the subject. */
  order?: string | undefined;
}

export function matches(mail: Mail, {to, order}: MailFilter): boolean {
  if (to && !mail.to.some((address) => address.toLowerCase().includes(to.toLowerCase()))) return false;
  if (!order) return true;
  const marked = Object.entries(mail.headers).some(([name, value]) => name.includes('order') && value.trim() === order);
  return marked || mail.subject.includes(order);
}
