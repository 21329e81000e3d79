import type {Choice} from '../../domain/messages/preferences.ts';
import type {Tx} from '../context.ts';

/** Everything a customer ever chose about their messages, oldest first. */
export async function readChoices(
  {message_choices}: Pick<Tx, 'message_choices'>,
  customerId: string,
): Promise<Choice[]> {
  const rows = await message_choices.findMany({where: {customer_id: customerId}, orderBy: [{at: 'asc'}, {id: 'asc'}]});
  return rows as (Choice & (typeof rows)[number])[];
}
