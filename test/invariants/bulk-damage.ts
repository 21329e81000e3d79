import {type Damage, order} from './damage.ts';

const ID = `(SELECT id FROM orders WHERE number = '${order(6)}')`;

/** Order 6 was sent elsewhere by an act on many; order 4 was refused. */
const DONE = [
  `INSERT INTO bulk_jobs (id, request_id, kind, state, filter, reason, actor, role, created_at, orders, possible, away_from,
      confirmed_at, confirmed_by, confirmed_role, ended_at)
    VALUES ('blk_1', 'r1', 'reallocate', 'done', '{}', 'late', 'ann', 'ops', now(), 2, 1, 'WH-1', now(), 'waybill', 'system', now())`,
  `INSERT INTO bulk_items (job_id, order_id, position, state, version, effect, asked_at, settled_at)
    SELECT 'blk_1', id, 1, 'done', 1, '{}', now(), now() FROM orders WHERE number = '${order(6)}'`,
  `INSERT INTO bulk_items (job_id, order_id, position, state, code, version, settled_at)
    SELECT 'blk_1', id, 2, 'refused', 'nothing_there', 1, now() FROM orders WHERE number = '${order(4)}'`,
];

/** What the act did to an order, beside an event that it has anyway. */
const touch = (number: string, audit = 900_001) =>
  `INSERT INTO order_audit (id, order_id, seq, subject, from_state, to_state, actor, role, at)
    SELECT ${audit}, o.id, e.seq, 'bulk:blk_1:' || o.id, NULL, 'away from WH-1', e.data->'by'->>'actor', e.data->'by'->>'role', e.at
      FROM orders o JOIN events e ON e.order_id = o.id
     WHERE o.number = '${number}' AND e.data->'by'->>'actor' = 'waybill' ORDER BY e.seq DESC LIMIT 1`;

const damaged = (title: string, sql: string[], subject = order(6)): Damage => ({
  title,
  fires: ['I6'],
  subject,
  sql: [...DONE, ...sql],
});

export const BULK_DAMAGE: readonly Damage[] = [
  {...damaged('an act on many orders that adds up', [touch(order(6))]), fires: []},
  // the second move has no event of its own
  {
    ...damaged('an order that an act was done to twice', [touch(order(6)), touch(order(6), 900_002)]),
    fires: ['E1', 'I6'],
  },
  damaged('an order that counts as done and was not touched', []),
  damaged('an order that was refused and touched all the same', [touch(order(6)), touch(order(4), 900_002)], order(4)),
  damaged(
    'an order that no act was about',
    [
      touch(order(6)),
      `DELETE FROM bulk_items WHERE order_id <> ${ID}`,
      `UPDATE bulk_jobs SET orders = 1`,
      touch(order(4), 900_002),
    ],
    order(4),
  ),
  damaged('an act that was confirmed by somebody else', [touch(order(6)), `UPDATE bulk_jobs SET confirmed_by = 'bob'`]),
  damaged('an act with an order too few', [touch(order(6)), `DELETE FROM bulk_items WHERE state = 'refused'`], 'blk_1'),
  damaged(
    'an act that was shown to be possible for more',
    [touch(order(6)), `UPDATE bulk_jobs SET possible = 2`],
    'blk_1',
  ),
  damaged(
    'an act that has ended before its last order',
    [
      touch(order(6)),
      `UPDATE bulk_items SET state = 'waiting', code = NULL, settled_at = NULL WHERE state = 'refused'`,
    ],
    'blk_1',
  ),
  damaged(
    'an act that nobody confirmed',
    [
      touch(order(6)),
      `UPDATE bulk_jobs SET state = 'dropped', confirmed_at = NULL, confirmed_by = NULL, confirmed_role = NULL`,
      `UPDATE bulk_items SET state = 'refused', code = 'no' WHERE state = 'done'`,
      `DELETE FROM order_audit WHERE id = 900001`,
    ],
    'blk_1',
  ),
  damaged(
    'an undoing of what was never held back',
    [
      touch(order(6)),
      `INSERT INTO bulk_jobs (id, request_id, kind, state, filter, reason, actor, role, created_at, orders, undoes,
          confirmed_at, confirmed_by, confirmed_role)
        VALUES ('blk_2', 'r2', 'release', 'running', '{}', 'late', 'ann', 'ops', now(), 1, 'blk_1', now(), 'ann', 'ops')`,
      `INSERT INTO bulk_items (job_id, order_id, position, state) SELECT 'blk_2', id, 1, 'waiting' FROM orders
        WHERE number = '${order(4)}'`,
    ],
    order(4),
  ),
];
