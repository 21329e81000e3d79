import {asE164} from '../domain/messages/phone.ts';
import {isSent} from '../domain/messages/preferences.ts';
import {MESSAGE_KINDS} from '../domain/messages/templates.ts';
import {chooseMessages} from './choose-messages.ts';
import type {StoreContext, Tx} from './context.ts';
import {readProfile, readShipTo} from './personal-data.ts';

/** A telephone number as it may lie in the inbox: nobody can read it, but whose it is can be found. */
export interface PhoneTokens {
  /** of the whole number, E.164 */
  exact: string;
  /** of its last digits, as the search index has them */
  ending: string;
}

const ENDING = 7;

export const phoneTokens = ({vault}: Pick<StoreContext, 'vault'>, e164: string): PhoneTokens => ({
  exact: vault.hash('phone', e164),
  ending: vault.index('phone', e164.replace(/\D/g, '').slice(-ENDING)),
});

/**
 * Whoever has that number wants no texts any more, or wants them again: kept for all kinds there are. Returns how many
 * customers have it: a family may share one.
 */
export async function chooseTexts(context: StoreContext, phone: PhoneTokens, wanted: boolean): Promise<number> {
  const customers = await customersOf(context, phone);
  for (const customer_id of customers) await chooseAllTexts(context, customer_id, wanted);
  return customers.length;
}

/** The same of one customer that is known otherwise: by what the provider says of their number. */
export function chooseAllTexts(context: StoreContext, customer_id: string, wanted: boolean): Promise<void> {
  const kinds = MESSAGE_KINDS.filter((kind) => isSent('sms', kind));
  const choices = kinds.map((kind) => ({channel: 'sms' as const, kind, wanted}));
  return chooseMessages(context, {customer_id, choices, by: {actor: 'text-provider', role: 'customer'}});
}

async function customersOf(context: StoreContext, {exact, ending}: PhoneTokens): Promise<string[]> {
  const tx = context.prisma as Tx;
  const near = await tx.blind_index.findMany({where: {kind: 'phone', token: ending}, orderBy: {order_id: 'asc'}});
  const found = new Set<string>();
  for (const {customer_id, order_id} of near) {
    if (found.has(customer_id)) continue;
    const profile = await readProfile(context, tx, customer_id);
    const country = (await readShipTo(context, tx, order_id))?.country ?? '';
    const number = profile?.phone === undefined ? null : asE164(profile.phone, country);
    if (number !== null && context.vault.hash('phone', number) === exact) found.add(customer_id);
  }
  return [...found];
}
