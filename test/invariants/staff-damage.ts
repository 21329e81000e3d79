import type {Damage} from './damage.ts';

const decided = (kind: string, output: object, later = 'now()') =>
  `INSERT INTO decisions (id, kind, policy_version, inputs, output, at) VALUES (gen_random_uuid(), '${kind}', 0,
    '{"staff_id": "1001", "by": "ops"}', '${JSON.stringify(output)}', ${later})`;
const ann = {warehouse_id: 'WH-1', roles: ['picker', 'packer'], active: true};
const HIRED = [
  `INSERT INTO staff (id, name, warehouse_id, roles, badge_hash, pin_hash, active, created_at, updated_at)
    VALUES ('1001', 'Ann', 'WH-1', '{picker,packer}', 'scrypt:x:y', NULL, true, now(), now())`,
  decided('put_staff', ann),
  decided('give_credentials', {badge: true, pin: false}),
  `INSERT INTO sessions (token_hash, staff_id, device, started_at, seen_at) VALUES
    ('t', '1001', 'handheld-1', now() + interval '1 hour', now() + interval '1 hour')`,
];
const damaged = (title: string, ...sql: string[]): Damage => ({
  title,
  fires: ['I5'],
  subject: '1001',
  sql: [...HIRED, ...sql],
});

export const STAFF_DAMAGE: readonly Damage[] = [
  {title: 'a person who was hired, got a badge and works', fires: [], subject: '1001', sql: HIRED},
  damaged('a person who became a lead in silence', `UPDATE staff SET roles = '{warehouse_lead}'`),
  damaged('a PIN that nobody gave', `UPDATE staff SET pin_hash = 'scrypt:x:z'`),
  damaged('a password that nobody gave', `UPDATE staff SET password_hash = 'scrypt:x:z'`),
  damaged('a person nobody hired', `DELETE FROM decisions WHERE kind = 'put_staff'`),
  damaged(
    'a person who was let go and is still signed in',
    'UPDATE staff SET active = false',
    decided('put_staff', {...ann, active: false}, `now() + interval '2 hours'`),
  ),
  damaged(
    'somebody who is signed in with a badge that was replaced',
    decided('give_credentials', {badge: true, pin: false}, `now() + interval '2 hours'`),
  ),
  damaged(
    'somebody who is at a desk under a password that was replaced',
    `INSERT INTO sessions (token_hash, staff_id, started_at, seen_at) VALUES ('d', '1001', now(), now())`,
    `UPDATE sessions SET ended_at = now() WHERE device IS NOT NULL`,
    decided('give_credentials', {badge: false, pin: false, password: true}, `now() + interval '2 hours'`),
  ),
  damaged('a session of somebody who is not there', 'DELETE FROM staff'),
  {
    title: 'a reprint that is not on record',
    fires: ['C10'],
    subject: 'par_sub_ord_1_1',
    sql: [`UPDATE parcels SET reprints = 1 WHERE id = 'par_sub_ord_1_1'`],
  },
  {
    title: 'a print that was not counted',
    fires: ['C10'],
    subject: 'par_sub_ord_1_1',
    sql: [
      `INSERT INTO label_prints (parcel_id, format, actor, role, at) VALUES ('par_sub_ord_1_1', 'pdf', 'x', 'packer', now())`,
    ],
  },
];
