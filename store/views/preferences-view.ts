import {type Preference, preferencesOf} from '../../domain/messages/preferences.ts';
import type {StoreContext, Tx} from '../context.ts';
import {readProfile} from '../personal-data.ts';
import {readChoices} from './message-choices.ts';

export interface PreferencesView {
  /** the language their messages are in, as the shop told it; null: English */
  locale: string | null;
  /** false: we know no number of theirs, so no text is sent whatever they chose */
  phone_known: boolean;
  preferences: Preference[];
}

/** What a customer is told, and how. */
export async function readPreferences(context: StoreContext, customerId: string): Promise<PreferencesView> {
  const tx = context.prisma as Tx;
  const profile = await readProfile(context, tx, customerId);
  return {
    locale: profile?.locale ?? null,
    phone_known: profile?.phone !== undefined,
    preferences: preferencesOf(await readChoices(tx, customerId)),
  };
}
