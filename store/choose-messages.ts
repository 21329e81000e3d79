import type {Choice} from '../domain/messages/preferences.ts';
import type {StoreContext} from './context.ts';
import {newId} from './ids.ts';
import {readChoices} from './views/message-choices.ts';
import {transact} from './transact.ts';

/** Keeps what a customer, or somebody for them, chose: one row for each choice that says something new. */
export function chooseMessages(
  context: StoreContext,
  {customer_id, choices, by}: {customer_id: string; choices: readonly Choice[]; by: {actor: string; role: string}},
): Promise<void> {
  return transact(context, async (tx) => {
    // two at once would both be told that theirs counts
    await tx.$queryRaw`SELECT id FROM customers WHERE id = ${customer_id} FOR UPDATE`;
    const before = await readChoices(tx, customer_id);
    const at = context.now();
    const news = choices.filter(({channel, kind, wanted}, i) => {
      if (choices.some((later, j) => j > i && later.channel === channel && later.kind === kind)) return false;
      const last = before.findLast((choice) => choice.channel === channel && choice.kind === kind);
      return (last?.wanted ?? true) !== wanted;
    });
    const data = news.map((choice) => ({id: newId('mch', at), customer_id, ...choice, ...by, at}));
    await tx.message_choices.createMany({data});
  });
}
