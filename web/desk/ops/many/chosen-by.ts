import type {Say} from '../../../words/catalogue.ts';
import type {manyWords} from '../../../words/many/index.ts';
import type {Act} from './types.ts';

const WORDS: Readonly<Record<string, string>> = {
  warehouse: 'warehouse',
  carrier: 'carrier',
  sku: 'sku',
  country: 'country',
};

/** How the orders were chosen, as one line. */
export function chosenBy({chosen_by, orders, undoes}: Act, say: Say<typeof manyWords.en>): string {
  if (undoes) return say('of_act');
  const filter = chosen_by as Record<string, unknown>;
  if (typeof filter['orders'] === 'number') return say('listed', {n: orders});
  return Object.entries(filter)
    .filter(([name]) => name !== 'on_hold')
    .map(([name, value]) => {
      const shown = Array.isArray(value) ? value.join(', ') : String(value);
      return `${say.maybe(WORDS[name] ?? name) ?? name}: ${shown}`;
    })
    .join(' · ');
}
