import type {StoreContext} from '../../store/context.ts';
import {hearOfText} from '../../store/end-text.ts';
import type {webhook_inbox} from '../../store/generated/client.ts';
import {chooseTexts, type PhoneTokens} from '../../store/stop-texts.ts';

interface Told {
  /** what they are about: those of one thing are worked off one after the other */
  about: string;
  apply: (store: StoreContext) => Promise<string>;
}

/** What the provider of texts tells: how far a text has got, or that somebody wants none, or wants them again. */
export function textFactOf({provider, type, body}: webhook_inbox): Told | null {
  if (provider !== 'twilio') return null;
  if (type === 'status') {
    const {message_id, ref, status, error} = body as {[name: string]: string} & {error: string | null};
    if (!message_id || !ref || !status) return null;
    return {about: message_id, apply: (store) => hearOfText(store, {message_id, ref, status, error})};
  }
  const {word, phone} = body as {word?: string; phone?: PhoneTokens | null};
  if (!phone || (word !== 'STOP' && word !== 'START')) return null;
  const apply = async (store: StoreContext) =>
    (await chooseTexts(store, phone, word === 'START')) > 0 ? 'applied' : 'unknown_phone';
  return {about: phone.exact, apply};
}
