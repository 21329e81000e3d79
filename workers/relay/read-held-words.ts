import type {StoreContext} from '../../store/context.ts';
import {heldWords, readHeldWord} from '../../store/read-held-words.ts';

export interface WordsLog {
  warn(fields: object, message: string): void;
}

/** Applies what trackers said in codes that people have explained since; returns how many moved a parcel. */
export async function readWords(store: StoreContext, log: WordsLog, read = readHeldWord): Promise<number> {
  let applied = 0;
  for (const held of await heldWords(store, 50)) {
    try {
      if ((await read(store, held)) === 'applied') applied += 1;
    } catch (error) {
      log.warn({parcel: held.parcel_id, error}, 'the word of a tracker could not be applied and will be tried again');
    }
  }
  return applied;
}
