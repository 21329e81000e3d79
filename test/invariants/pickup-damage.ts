import type {Damage} from './damage.ts';
import type {Books} from './rows.ts';

const row = (booking: number, changes: object) => ({
  ...{id: `pickup_${booking}`, reference: `pck_1-${booking}`, status: 'scheduled', carrier: 'Teak', cost: 450},
  ...changes,
});

/** What the platform has: the pickup on record, changed, and more. */
const there =
  (changes: object, ...more: ReturnType<typeof row>[]) =>
  (books: Books) => {
    books.carrier.pickups = [row(1, changes), ...more];
  };

const BOOKED = `INSERT INTO pickups (id, warehouse_id, carrier, day, state, window_from, window_until, asked_parcels, asked_by,
    due_at, booked_ref, booked_parcels, cost, currency, created_at, booked_at)
  VALUES ('pck_1', 'EAST', 'Teak', '2026-05-06', 'booked', now(), now(), 2, 'ops', now(), 'pickup_1', 2, 450, 'USD', now(), now())`;

const damaged = (title: string, books: (books: Books) => void, sql: string[] = []): Damage => ({
  title,
  fires: ['C13'],
  subject: 'pck_1',
  sql: [BOOKED, ...sql],
  books,
});

export const PICKUP_DAMAGE: readonly Damage[] = [
  {...damaged('a pickup that is as the platform has it', there({})), fires: []},
  damaged('two drivers for one pickup', there({}, row(2, {}))),
  damaged('a pickup for which nobody comes', there({status: 'canceled'})),
  damaged('the driver of another carrier', there({carrier: 'Oak'})),
  damaged('a pickup with another price', there({cost: 795})),
  damaged('a driver for a pickup that was called off', there({}), [
    `UPDATE pickups SET state = 'cancelled', booked_ref = NULL, booked_parcels = NULL, booked_at = NULL`,
  ]),
  damaged('a pickup that nobody is at', there({}), [`UPDATE pickups SET state = 'cancelling'`]),
];
