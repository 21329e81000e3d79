import {openBooks} from '../shared/books.ts';
import type {Entry, Message, Player, Purchase, Step} from './types.ts';

/** What the suppliers know: written down before anything is answered or done. */
export interface SupplierBooks {
  players: ReadonlyMap<string, Player>;
  purchases: ReadonlyMap<string, Purchase>;
  forged(): number;
  clockOffset(): number;
  write(entry: Entry): void;
  reset(): void;
  close(): void;
}

export function openSupplierBooks(dir: string): SupplierBooks {
  const books = openBooks<Entry>(dir, 'supplier');
  const players = new Map<string, Player>();
  const purchases = new Map<string, Purchase>();
  let forged = 0;
  let offset = 0;

  const hear = (message: Message) => {
    const {purchase_order_id, supplier_id, reference, currency, lines = []} = message.data;
    const known = purchases.get(purchase_order_id) ?? {
      purchase_order_id,
      supplier_id,
      reference,
      currency,
      lines: [],
      received_at: message.at,
      messages: [],
      reminded: false,
      cancelled: false,
      steps: [],
    };
    purchases.set(purchase_order_id, known);
    const before = known.messages.find(({id}) => id === message.id);
    // the same message again is no news
    if (before) {
      before.times += 1;
      return;
    }
    known.messages.push({id: message.id, type: message.type, times: 1});
    if (message.type === 'purchase_order.created') known.lines.push(...lines);
    if (message.type === 'purchase_order.reminder') known.reminded = true;
    if (message.type === 'purchase_order.cancelled') known.cancelled = true;
  };
  const take = (step: Step) => void purchases.get(step.purchase_order_id)?.steps.push(step);
  const apply = (entry: Entry) => {
    if ('player' in entry) players.set(entry.player.id, entry.player);
    else if ('message' in entry) hear(entry.message);
    else if ('step' in entry) take(entry.step);
    else if ('forged' in entry) forged += 1;
    else offset = entry.clock;
  };
  books.replay(apply);
  return {
    players,
    purchases,
    forged: () => forged,
    clockOffset: () => offset,
    write: (entry) => {
      books.append(entry);
      apply(entry);
    },
    reset: () => {
      players.clear();
      purchases.clear();
      forged = 0;
      books.reset();
    },
    close: books.close,
  };
}
