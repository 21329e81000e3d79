import {type Damage, order} from './damage.ts';

const HASH = 'a'.repeat(64);

interface Look {
  what?: string;
  asked?: string | null;
  orders?: string;
  actor?: string;
  role?: string;
}

const look = ({what = 'dossier', asked = null, orders = 'ord_6', actor = 'staff:sam', role = 'support'}: Look) =>
  `INSERT INTO desk_reads (at, actor, role, what, asked_hash, kinds, order_ids, request_id) VALUES
    (now(), '${actor}', '${role}', '${what}', ${asked === null ? 'NULL' : `'${asked}'`}, '{}', '{${orders}}', 'r')`;

/** `since`: seconds between the step after that version and the change on what was seen. */
const edit = (version: string, {actor = 'staff:sam', since = 0} = {}) =>
  `INSERT INTO order_edits (order_id, version, request_id, actor, role, at)
    SELECT id, ${version}, 'r-1', '${actor}', 'support', updated_at + interval '${since} seconds' FROM orders WHERE id = 'ord_6'`;

const SEEN = 'last_seq - 1';

const at = (title: string, fires: string[], ...sql: string[]): Damage => ({title, fires, subject: order(6), sql});

export const OFFICE_DAMAGE: readonly Damage[] = [
  at('looks that are on record', [], look({what: 'search', asked: HASH, orders: 'ord_6,ord_1'}), look({})),
  at('a look by nobody', ['A4'], look({actor: ''})),
  at('a picker who looks up a customer', ['A4'], look({what: 'search', asked: HASH, role: 'picker'})),
  at('words of a search that are kept as they were said', ['A4'], look({what: 'search', asked: 'Ann Example'})),
  at('a search for nothing', ['A4'], look({what: 'search'})),
  at('one look at two orders', ['A4'], look({orders: 'ord_6,ord_1'})),
  {
    ...at('a look at an order that is not there', ['A4'], look({orders: 'ord_none'})),
    subject: 'unknown order ord_none',
  },
  at('a change on what somebody saw', [], edit(SEEN)),
  at('a change as of a step that never was', ['A5'], edit('last_seq + 900')),
  at('a change as of some step by nobody', ['A5'], edit(SEEN, {actor: ''})),
  at('a change on what was over', ['A5'], edit(SEEN, {since: 60})),
  at('a change that nothing came of', ['A5'], edit('last_seq')),
];
