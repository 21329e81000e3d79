import {
  admits,
  afterPurchase,
  beginProbe,
  type CarrierHealth,
  type CarrierTerms,
  type PurchaseOutcome,
} from '../domain/shipping/carrier-health.ts';
import {logDecision} from './log-decision.ts';
import type {StoreContext, Tx} from './context.ts';
import type {carrier_health} from './generated/client.ts';
import {transact} from './transact.ts';

export type Admission = 'yes' | 'probe' | 'no';

/** Which of these carriers may be asked for a label now. A carrier that was never heard of is well. */
export async function carrierAdmission(
  context: StoreContext,
  input: {carriers: readonly string[]},
): Promise<Record<string, Admission>> {
  const {prisma} = context;
  const now = context.now();
  const names = [...new Set(input.carriers)].sort();
  const known = await prisma.carrier_health.findMany({where: {carrier: {in: names}}});
  const fresh = names.filter((name) => !known.some((row) => row.carrier === name));
  if (fresh.length > 0) {
    const data = fresh.map((carrier) => ({carrier, state: 'closed', updated_at: now}));
    await prisma.carrier_health.createMany({data, skipDuplicates: true});
  }
  return Object.fromEntries(
    names.map((name) => {
      const row = known.find(({carrier}) => carrier === name);
      return [name, row ? admissionOf(row, now) : 'yes'];
    }),
  );
}

/** A switch that people turned off goes before what the breaker says; one that is over does not count. */
export function admissionOf(row: carrier_health, now: Date): Admission {
  return isSwitchedOff(row, now) ? 'no' : admits(healthOf(row), now.getTime());
}

export function isSwitchedOff({active, switch_until}: carrier_health, now: Date): boolean {
  return !active && (switch_until === null || switch_until > now);
}

/** Lets this parcel, and no other, find out whether the carrier is back; false when another one is at it. */
export function probeCarrier(
  context: StoreContext,
  input: {carrier: string; parcel: string; terms: CarrierTerms},
): Promise<boolean> {
  const {carrier, parcel, terms} = input;
  return transact(context, async (tx) => {
    const row = await lockCarrier(tx, carrier);
    const now = context.now();
    if (!row || isSwitchedOff(row, now)) return false;
    const next = beginProbe(healthOf(row), parcel, now.getTime(), terms);
    if (next) await keep(context, tx, row, next);
    return next !== null;
  });
}

export interface PurchaseHeard {
  carrier: string;
  /** whose label: a parcel's or a return's id */
  parcel: string;
  outcome: PurchaseOutcome;
  retry_after: number | null;
  terms: CarrierTerms;
}

/** Takes down how a purchase ended; tells whether the carrier may still be asked by anybody. */
export async function hearOfPurchase(context: StoreContext, input: PurchaseHeard): Promise<{asked_again: boolean}> {
  const {carrier, terms, ...heard} = input;
  const known = await context.prisma.carrier_health.findUnique({where: {carrier}});
  if (!known) return {asked_again: true};
  const at = context.now().getTime();
  // on an ordinary day nothing is written, and nobody waits for the row
  if (same(afterPurchase(healthOf(known), {...heard, at}, terms), healthOf(known))) return answer(known, context);
  return transact(context, async (tx) => {
    const row = (await lockCarrier(tx, carrier)) ?? known;
    const next = afterPurchase(healthOf(row), {...heard, at}, terms);
    return answer(same(next, healthOf(row)) ? row : await keep(context, tx, row, next), context);
  });
}

const answer = (row: carrier_health, {now}: StoreContext) => ({asked_again: admissionOf(row, now()) === 'yes'});

export async function lockCarrier(tx: Tx, carrier: string): Promise<carrier_health | undefined> {
  const rows = await tx.$queryRaw<carrier_health[]>`SELECT * FROM carrier_health WHERE carrier = ${carrier} FOR UPDATE`;
  return rows[0];
}

/** Writes the row, and a decision where the breaker moved. */
async function keep(context: StoreContext, tx: Tx, row: carrier_health, next: CarrierHealth): Promise<carrier_health> {
  const at = context.now();
  const time = (ms: number | null) => (ms === null ? null : new Date(ms));
  const data = {...next, opened_at: time(next.opened_at), probe_at: time(next.probe_at), updated_at: at};
  const kept = await tx.carrier_health.update({where: {carrier: row.carrier}, data});
  if (row.state !== next.state) {
    await logDecision(context, tx, {
      kind: 'carrier_health',
      inputs: {carrier: row.carrier, was: row.state, failures: next.failures},
      output: {state: next.state, probe_at: data.probe_at, probe_by: next.probe_by},
    });
  }
  return kept;
}

export function healthOf(row: carrier_health): CarrierHealth {
  const {state, failures, strain, opened_at, probe_at, probe_by, probes_failed} = row;
  return {
    state: state as CarrierHealth['state'],
    failures,
    strain,
    opened_at: opened_at?.getTime() ?? null,
    probe_at: probe_at?.getTime() ?? null,
    probe_by,
    probes_failed,
  };
}

const same = (a: CarrierHealth, b: CarrierHealth) =>
  (Object.keys(a) as (keyof CarrierHealth)[]).every((key) => a[key] === b[key]);
