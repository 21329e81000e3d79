import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {COLLECTION} from '../../../domain/shipping/collection.ts';
import {CHANGES} from '../../../domain/policy/changes.ts';
import {DEFAULT_POLICY, OPEN_POLICY, PAYER, type Policy} from '../../../domain/policy/policy.ts';
import {startMailSink} from '../../../emulators/mail/sink.ts';
import type {FaultSpec} from '../../../emulators/shared/faults.ts';
import {keepPolicy} from '../../../store/policies.ts';
import {type Floor, openFloor} from '../../support/floor.ts';
import {openShop} from '../../support/shop.ts';
import {AT_ONCE, startWorld, type World} from '../../support/world.ts';
import {createMailer} from '../../../adapters/mail.ts';
import {disturbed, heldUp, unsteady, waysBackLost} from './disturb.ts';
import {carrierFaults, stripeFaults, supplierFaults} from './faults.ts';
import {letGo} from './dashboard.ts';
import {type Journal, keepJournal} from './journal.ts';
import {roughLine} from './mail-line.ts';

/** Real milliseconds one attempt of a step of the outside world may take here. */
const OUTSIDE_TIMEOUT = 3_000;
const SLOW = OUTSIDE_TIMEOUT + 600;
const HOUR = 3_600_000;
/** The provider forgets a key after a day; once, before anything else is under way, a step is asked again later than that. */
const KEY_LIFETIME = 24 * HOUR;
export const OUTAGE = 25 * HOUR;

export const NET_POLICY: Policy = {
  ...OPEN_POLICY,
  name: 'net',
  shipping: {...DEFAULT_POLICY.shipping, poll_after: 1_500},
  engine: {outside_timeout: OUTSIDE_TIMEOUT, step_timeout: 10_000, retry_first: 30, retry_max: 300},
  // ordinary orders go on in a fresh history too
  recovery: {stuck_retry: 1_000, continue_after: 60},
  changes: {...CHANGES, void_check: 300, void_retry: 300},
  // nobody sleeps, what became of a text is looked for soon, and every driver comes within a digest's time
  messages: {...AT_ONCE, digest_window: 4 * 24 * HOUR},
  collection: {...COLLECTION, pickup_look: 500},
};

/** Who does not come at once is given up while one looks on; all others have the time they need. */
export const IMPATIENT: Partial<Policy> = {payer: {...PAYER, authentication_window: 1_500, method_window: 1_500}};

/** What is placed under this may be captured in several parts; elsewhere one capture lets the rest of a hold go. */
export const SEVERAL_CAPTURES: Partial<Policy> = {};

/**
 * Every so often the database takes back a whole transaction at its very end, as it does to the loser of a race between
 * serializable transactions. Whoever lost is expected to try again.
 */
const LOST_RACES = `
  CREATE SEQUENCE lost_races;
  CREATE FUNCTION lose_race() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('lost_races') % 37 = 0 THEN RAISE EXCEPTION 'lost a race' USING ERRCODE = '40001'; END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER lost_races AFTER UPDATE ON orders DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION lose_race();`;

/** Nobody gives up a step here: what is placed under this is alone in the shop. */
export const PATIENT: Partial<Policy> = {engine: {...NET_POLICY.engine, outside_timeout: 60_000}};

/** The service with everything around it that goes wrong, and the people who play the stories. */
export interface Net extends Journal {
  world: World;
  floor: Floor;
  mailUrl: string;
  /** from now on the neighbours fail as well */
  beginTrouble(): Promise<void>;
  /** the order that is placed first is judged by another policy; returns when that was read. Not side by side with anything else */
  under<T>(policy: Partial<Policy>, place: () => Promise<T>): Promise<{placed: Promise<T>}>;
  /** sub-orders whose captures the payment provider refuses for good, as long as they are in here */
  refused: Set<string>;
}

/** `sql` takes guards out of the database before anything is written. */
export async function openNet(sql?: string): Promise<Net> {
  const sink = await startMailSink({booksDir: mkdtempSync(join(tmpdir(), 'waybill-mails-'))});
  const from = 'Waybill <orders@waybill.test>';
  const notifier = roughLine(createMailer({smtpUrl: `smtp://127.0.0.1:${sink.smtpPort}`, from}));
  let world: World | null = null;
  const refused = new Set<string>();
  const moments = {
    refuses: (key: string) => [...refused].some((subOrder) => key.startsWith(`${subOrder}:`)),
    aDayPasses: async () => {
      if (world) await openFloor(world).control(world.stripeUrl, 'clock', {advance_ms: OUTAGE});
    },
    runsOut: async (ref: string) => {
      if (world && (await givesAnother(world, ref))) await letGo(world, ref);
    },
  };
  world = await startWorld({
    policy: NET_POLICY,
    stripe: {keyLifetimeMs: KEY_LIFETIME},
    activities: (real) => disturbed(real, SLOW),
    ports: (real) => ({...real, payments: heldUp(real.payments, moments), carrier: waysBackLost(real.carrier)}),
    relay: (parts) => ({...parts, notifier, client: unsteady(parts.client)}),
    relays: 2,
  });
  // a checkout waits for its verdict, however busy this machine is
  world.api.deps.verdictWait = 60_000;
  await world.api.store.pool.query(LOST_RACES);
  if (sql) await world.api.store.pool.query(sql);
  const journal = keepJournal(world.api);
  const floor = openFloor(world);
  await openShop(world.api);
  const {stripeUrl, carrierUrl, supplierUrl} = world;
  const {deps, store} = world.api;
  return {
    world,
    floor,
    mailUrl: sink.url,
    ...journal,
    refused,
    beginTrouble: async () => {
      await plant(floor, stripeUrl, stripeFaults(SLOW));
      await plant(floor, carrierUrl, carrierFaults(SLOW));
      await plant(floor, supplierUrl, supplierFaults(SLOW));
    },
    under: async (policy, place) => {
      const usual = deps.policy;
      const version = await keepPolicy(store, {...NET_POLICY, ...policy});
      const several = (multicapture: boolean) => floor.control(stripeUrl, 'features', {multicapture});
      if (policy === SEVERAL_CAPTURES) await several(true);
      const read = new Promise((done) => {
        deps.policy = async () => {
          deps.policy = usual;
          done(null);
          return version;
        };
      });
      const placed = place();
      const over = placed.catch(() => null);
      await (policy === SEVERAL_CAPTURES || policy === PATIENT ? over : Promise.race([read, over]));
      if (policy === SEVERAL_CAPTURES) await several(false);
      return {placed};
    },
  };
}

const NEEDS_ITS_CUSTOMER: ReadonlySet<string> = new Set([
  'pm_card_declineOffSession',
  'pm_card_authenticationRequired',
]);

/** Some cards give no second hold while their customer is away. */
async function givesAnother({api}: World, ref: string): Promise<boolean> {
  const {rows} = await api.store.pool.query<{card: string}>(
    'SELECT o.payment_method AS card FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.provider_ref = $1 AND p.captured_amount = 0',
    [ref],
  );
  return rows.length > 0 && rows.every(({card}) => !NEEDS_ITS_CUSTOMER.has(card));
}

async function plant(floor: Floor, url: string, faults: readonly FaultSpec[]): Promise<void> {
  for (const fault of faults) await floor.control(url, 'faults', fault);
}
