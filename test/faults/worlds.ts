import {setTimeout as sleep} from 'node:timers/promises';
import {CHANGES} from '../../domain/policy/changes.ts';
import {OPEN_POLICY, type Policy, withoutWindows} from '../../domain/policy/policy.ts';
import {RETURNS} from '../../domain/returns/policy.ts';
import {CARRIERS} from '../../domain/shipping/carrier-health.ts';
import {openShop} from '../support/shop.ts';
import {AT_ONCE, startWorld, type World, type WorldOptions} from '../support/world.ts';
import {FaultBoundary} from './boundary.ts';
import {type Cell, PAYER_TWISTS, type Twist} from './catalogue.ts';
import {type Front, openFront} from './fronts.ts';
import type {Armed, Hooks} from './strikes.ts';
import {cancelOrder} from './story.ts';

const DAY = 86_400_000;
export const A_DAY_AND_AN_HOUR = 25 * 3_600_000;

/** Steps time out after two seconds here, so that an attempt can overlap the one before; waits are as short as can be. */
export const POLICY: Policy = {
  ...withoutWindows(OPEN_POLICY),
  name: 'faults',
  engine: {outside_timeout: 2_000, step_timeout: 2_000, retry_first: 50, retry_max: 500},
  shipping: {...OPEN_POLICY.shipping, poll_after: 1_500},
  // the breakers that one bad day opens must not be what the next one meets
  carriers: {...CARRIERS, probe_after: 300, probe_at_most: 600, probe_lease: 3_000},
  changes: {...CHANGES, void_check: 300, void_retry: 300},
  // a return may be inspected before the late capture of its goods is settled
  returns: {...RETURNS, money_retry: 1_000},
  // a day passes for everybody at once: texts are looked for, not too late, and mails go when all have left
  messages: {...AT_ONCE, text_too_late: 10 * DAY, digest_window: 10 * DAY},
};
const SILENT: Policy = {...POLICY, name: 'faults-silent', shipping: {...POLICY.shipping, lost_after: 2_500}};

/** Payers are waited for; a day that passes for everybody ends none of their windows, but reviews are short. */
const PAYER: Policy = {
  ...POLICY,
  name: 'faults-payer',
  ...(OPEN_POLICY.payer && {payer: OPEN_POLICY.payer}),
  fraud: {...POLICY.fraud, review_window: 6_000},
};

/** Where parcels are to be lost, silence is soon taken for a loss. */
export function policyOf(twist: Twist): Policy {
  if (twist === 'lost') return SILENT;
  return isPayers(twist) ? PAYER : POLICY;
}

const isPayers = (twist: Twist) => PAYER_TWISTS.some((each) => each === twist);

export interface FaultWorld {
  world: World;
  boundary: FaultBoundary;
  frontOf: (cell: Cell) => Front;
  /** so many times 25 hours have passed */
  passDay: () => Promise<void>;
  close: () => Promise<void>;
}

/** One world whose worker and relays do as the plan of these cells says. */
export async function openFaultWorld(cells: readonly Cell[], options: WorldOptions = {}): Promise<FaultWorld> {
  let world: World | null = null;
  let fronts: {usual: Front; silent: Front; payer: Front} | null = null;
  const frontOf = (cell: Pick<Cell, 'twist'>) => {
    if (!fronts) throw new Error('the world is not open yet');
    if (cell.twist === 'lost') return fronts.silent;
    return isPayers(cell.twist) ? fronts.payer : fronts.usual;
  };
  const passed = new WeakSet<Armed>();
  const hooks: Hooks = {
    die: () => {
      throw new Error('only a process of its own may be killed');
    },
    dayPassed: (fault) => passed.has(fault),
    cancel: async (cell) => {
      const {twist} = boundary.get(cell.id);
      if (cell.order_id) await cancelOrder(frontOf({twist}), cell.order_id, `meanwhile:${cell.id}`);
    },
    provoke: async (fault) => {
      if (fault.boundary === 'notify' && world) await takeLocksAway(world, fault);
    },
  };
  const boundary: FaultBoundary = new FaultBoundary(cells, hooks);
  const opened = await startWorld({
    policy: POLICY,
    stripe: {keyLifetimeMs: DAY},
    relays: 2,
    activities: (real) => boundary.wrapActivities(real),
    ports: (real) => boundary.wrapPorts(real),
    relay: (parts) => boundary.wrapRelay(parts),
    ...options,
  });
  world = opened;
  boundary.attach(opened.api.store.pool);
  await openShop(opened.api);
  fronts = {
    usual: await openFront(opened, policyOf('plain')),
    silent: await openFront(opened, policyOf('lost')),
    payer: await openFront(opened, policyOf('asked')),
  };
  return {
    world: opened,
    boundary,
    frontOf,
    passDay: async () => {
      await opened.advance(A_DAY_AND_AN_HOUR);
      for (const fault of cells.flatMap((cell) => boundary.get(cell.id).armed).filter((f) => f.parked)) {
        passed.add(fault);
        fault.fired = true;
      }
    },
    close: async () => {
      await fronts?.usual.close();
      await fronts?.silent.close();
      await fronts?.payer.close();
      // a step that fails for ever keeps its worker from stopping: what was found must be told all the same
      const ended = new AbortController();
      await Promise.race([opened.close(), sleep(CLOSING, null, {signal: ended.signal}).catch(() => null)]);
      ended.abort();
    },
  };
}

/** Real milliseconds a world may take to close. */
const CLOSING = 30_000;
const LOCK_SPACE = 7_270;

/** The relay that is slow loses its locks, so that the other one sends the same mail; until it does. */
async function takeLocksAway(world: World, fault: Armed): Promise<void> {
  let overtaken = false;
  void fault.second.reached.then(() => {
    overtaken = true;
  });
  for (let attempt = 0; attempt < 40 && !overtaken; attempt += 1) {
    await world.api.store.pool
      .query(
        `SELECT pg_terminate_backend(pid) FROM (SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory'
          AND classid = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) holders`,
        [LOCK_SPACE],
      )
      .catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
  }
}
