import type {Word} from './types.ts';

/** The words every number understands by itself (twilio.com, "Default keywords"). */
const WORDS: Readonly<Record<string, Exclude<Word, null>>> = {
  STOP: 'STOP',
  STOPALL: 'STOP',
  UNSUBSCRIBE: 'STOP',
  CANCEL: 'STOP',
  END: 'STOP',
  QUIT: 'STOP',
  START: 'START',
  YES: 'START',
  UNSTOP: 'START',
  HELP: 'HELP',
  INFO: 'HELP',
};

export const wordOf = (body: string): Word => WORDS[body.trim().toUpperCase()] ?? null;

/** Pieces of a text: by letters of the usual alphabet 160, or 153 in each of several; of others 70 and 67. */
export function segmentsOf(body: string): number {
  const usual = /^[A-Za-z0-9 \r\n@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[~\]|€]*$/.test(
    body,
  );
  const size = body.length + (usual ? (body.match(/[\^{}\\[~\]|€]/g) ?? []).length : 0);
  const [alone, each] = usual ? [160, 153] : [70, 67];
  return size <= alone ? 1 : Math.ceil(size / each);
}
