import {INVARIANTS} from '../../simulation/invariants/registry.ts';
import {ACTION_DAMAGE} from './action-damage.ts';
import {BULK_DAMAGE} from './bulk-damage.ts';
import {CHANGE_DAMAGE} from './change-damage.ts';
import type {Damage} from './damage.ts';
import {DOCUMENT_DAMAGE, PAPERS} from './document-damage.ts';
import {MAIL_DAMAGE} from './mail-damage.ts';
import {MANIFEST_DAMAGE} from './manifest-damage.ts';
import {MONEY_DAMAGE} from './money-damage.ts';
import {audit, damageBooks, drop, namesIn, serveLedgers, temporalOf, writeBooks} from './neighbours.ts';
import {OFFICE_DAMAGE} from './office-damage.ts';
import {PARCEL_DAMAGE} from './parcel-damage.ts';
import {PERSONAL_DAMAGE} from './personal-damage.ts';
import {PICKUP_DAMAGE} from './pickup-damage.ts';
import {QUOTE_DAMAGE} from './quote-damage.ts';
import {API_DAMAGE, EVENT_DAMAGE, STATE_DAMAGE} from './record-damage.ts';
import {REFUND_DAMAGE} from './refund-damage.ts';
import {RETURN_DAMAGE} from './return-damage.ts';
import {SCAN_DAMAGE} from './scan-damage.ts';
import {smallWorld} from './small-world.ts';
import {STAFF_DAMAGE} from './staff-damage.ts';
import {STOCK_DAMAGE} from './stock-damage.ts';
import {SUPPLIER_DAMAGE} from './supplier-damage.ts';
import {TEXT_DAMAGE} from './text-damage.ts';
import {TOUR_DAMAGE} from './tour-damage.ts';

const DAMAGE: readonly Damage[] = [
  ...MONEY_DAMAGE,
  ...REFUND_DAMAGE,
  ...DOCUMENT_DAMAGE,
  ...RETURN_DAMAGE,
  ...STOCK_DAMAGE,
  ...SUPPLIER_DAMAGE,
  ...PARCEL_DAMAGE,
  ...EVENT_DAMAGE,
  ...STATE_DAMAGE,
  ...API_DAMAGE,
  ...MAIL_DAMAGE,
  ...TEXT_DAMAGE,
  ...SCAN_DAMAGE,
  ...ACTION_DAMAGE,
  ...PERSONAL_DAMAGE,
  ...QUOTE_DAMAGE,
  ...CHANGE_DAMAGE,
  ...TOUR_DAMAGE,
  ...STAFF_DAMAGE,
  ...OFFICE_DAMAGE,
  ...MANIFEST_DAMAGE,
  ...PICKUP_DAMAGE,
  ...BULK_DAMAGE,
];
const world = `audit_world_${process.pid}`;

/** Tables and columns that no sentence may name. Some waits and states are called like columns: those have no underscore. */
let names: ReadonlySet<string>;
let ledgers: Awaited<ReturnType<typeof serveLedgers>>;

beforeAll(async () => {
  ledgers = await serveLedgers();
  await writeBooks(world, smallWorld());
  names = new Set((await namesIn(world)).filter((name) => name.includes('_')));
});
afterAll(async () => {
  await ledgers.close();
  await drop(world);
});

/** Papers follow what happened to the money, unless it is they that are damaged. */
const withPapers = ({fires, sql = []}: Damage) => (fires.includes('M9') ? [...PAPERS, ...sql] : [...sql, ...PAPERS]);

/** Does the damage to a copy of the consistent world and audits it. */
async function auditAfter(damage: Damage) {
  const books = smallWorld();
  damage.books?.(books);
  ledgers.show(books);
  await damageBooks(world, smallWorld(), withPapers(damage));
  const attempts = new Map(Object.entries(damage.attempts ?? {}));
  return audit(world, ledgers.url, temporalOf(books, attempts), {
    quiescent: damage.quiescent ?? true,
    ...(damage.acknowledged && {acknowledged: damage.acknowledged}),
    ...(damage.marked && {marked: damage.marked}),
  });
}

describe('planted damage is found by the invariant it breaks and by no other', () => {
  it.each(DAMAGE.map((damage) => [damage.fires.join(' and ') || 'nothing', damage.title, damage] as const))(
    '%s: %s',
    async (_fires, _title, damage) => {
      const {violations} = await auditAfter(damage);
      expect({fired: [...new Set(violations.map(({id}) => id))], violations}).toMatchObject({fired: damage.fires});
      if (damage.fires.length === 0) return;
      expect(violations.map(({subject}) => subject)).toContain(damage.subject);
      const sentences = violations.map(({sentence}) => sentence);
      expect(sentences.filter((sentence) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
      expect(sentences.filter((sentence) => sentence.split(/[^a-z_]+/).some((word) => names.has(word)))).toEqual([]);
    },
  );

  it('every invariant that is checked was seen to fire alone', () => {
    const alone = new Set(DAMAGE.filter(({fires}) => fires.length === 1).flatMap(({fires}) => fires));
    expect(INVARIANTS.map(({id}) => id).filter((id) => !alone.has(id))).toEqual([]);
  });
});
