import {runEmulator} from '../shared/server.ts';
import {startMailSink} from './sink.ts';

const booksDir = process.env.BOOKS_DIR;
if (!booksDir) throw new Error('BOOKS_DIR is not set: name a folder for the books of the mail sink');

await runEmulator('mail', async (port) => {
  const sink = await startMailSink({booksDir, smsUrl: process.env.SMS_URL}, port, Number(process.env.SMTP_PORT ?? 0));
  return {port: sink.port, more: {smtp_port: sink.smtpPort}, close: sink.close};
});
