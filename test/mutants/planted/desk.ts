import type {PlantedBug} from './types.ts';

/** What people of the office find, look at, try out, change, and are let in by. */
export const DESK: readonly PlantedBug[] = [
  {
    name: 'misspelt-names-find-nothing',
    file: 'domain/search/forms.ts',
    find: 'if (letters.length < SHORTEST_MISSPELT) return [word];',
    replace: 'if (letters.length > 0) return [word];',
    why: 'whoever spells their name on the telephone has no order',
    expect: 'ending',
    says: 'a misspelt name finds the order',
  },
  {
    name: 'searches-do-not-say-whom-they-found',
    file: 'store/record-desk-read.ts',
    find: 'order_ids: [...read.order_ids],',
    replace: "order_ids: read.what === 'search' ? [] : [...read.order_ids],",
    why: 'nobody can tell later who looked up the address of a customer',
    expect: 'ending',
    says: 'whoever looked is on record',
  },
  {
    name: 'one-look-stands-for-everybody',
    file: 'store/record-desk-read.ts',
    find: 'actor: read.by.actor,\n      what: read.what,\n      at:',
    replace: 'what: read.what,\n      at:',
    why: 'the second of two people who open an order is not on record',
    expect: 'ending',
    says: 'whoever looked is on record',
  },
  {
    name: 'words-of-searches-are-kept',
    file: 'store/record-desk-read.ts',
    find: "context.vault.hash('search', read.asked.trim().toLowerCase())",
    replace: 'read.asked',
    why: 'names and addresses that were looked for can be read in the database',
    expect: ['A4'],
  },
  {
    name: 'rehearsals-are-kept',
    file: 'store/rehearse.ts',
    find: 'await context.prisma.$transaction(async (transaction) => {',
    // what was tried out is committed, and told all the same
    replace: `await (async (run: (tx: unknown) => Promise<void>) => {
      let told: unknown;
      const keep = (error: unknown) => {
        if (!(error instanceof Rehearsed)) throw error;
        told = error;
      };
      await context.prisma.$transaction((tx) => run(tx).catch(keep));
      throw told;
    })(async (transaction) => {`,
    why: 'looking at what a cancellation would do cancels',
    expect: 'ending',
    says: 'nothing came of it',
  },
  {
    name: 'changes-on-what-was-seen-long-ago',
    file: 'store/claim-edit.ts',
    find: 'if (order.last_seq !== version) return false;',
    replace: '',
    why: 'two people of support undo each other and neither is told',
    expect: ['A5', 'ending'],
    says: 'who saw it as it was is told what changed',
  },
  {
    name: 'refused-acts-keep-others-out',
    file: 'store/claim-edit.ts',
    find: 'await context.prisma.order_edits.deleteMany({where: {order_id, version, request_id}});',
    replace: 'await context.prisma.order_edits.count({where: {order_id, version, request_id}});',
    why: 'after a refund that was refused nobody can change the order, as if somebody else were about to',
    expect: 'ending',
    says: 'what was refused keeps nobody out',
  },
  {
    name: 'any-password-opens-the-office',
    file: 'store/desk-sign-in.ts',
    find: 'return right && person?.active ? person : null;',
    replace: 'return right || person?.active ? person : null;',
    why: 'whoever knows a login refunds money',
    expect: 'ending',
    says: 'another password lets nobody in',
  },
  {
    name: 'logins-can-be-guessed-at',
    file: 'store/sign-in.ts',
    find: 'if (row?.locked_until && row.locked_until > now) return row.locked_until;',
    replace: '',
    why: 'a machine tries ten thousand passwords',
    expect: 'ending',
    says: 'who guesses again and again has to wait',
  },
];
