import type {Mail, Notifier} from '../../../activities/ports.ts';

/** Between us and the mail server: some mails are refused at first, of some the answer is lost after they were taken. */
export function roughLine(mailer: Notifier): Notifier {
  const attempts = new Map<string, number>();
  return {
    send: async (mail: Mail) => {
      const attempt = (attempts.get(mail.id) ?? 0) + 1;
      attempts.set(mail.id, attempt);
      const nth = attempts.size;
      if (attempt === 1 && nth % 6 === 2) throw new Error('the mail server is busy');
      await mailer.send(mail);
      if (attempt === 1 && nth % 6 === 5) throw new Error('the mail server took the mail and hung up');
    },
  };
}
