import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {checkInvariants, type InvariantReport, type Targets, type Violation} from '../invariants/index.ts';

export interface RoundLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** The file `run/audit.json` in the data folder: the last round. */
export interface LastRound extends Partial<InvariantReport> {
  /** when the round ended, real time */
  at: string;
  seconds: number;
  /** why the round could not be made; the rest is of the round before then */
  error?: string;
}

export interface Rounds {
  dataDir: string;
  /** looked up anew for every round: a restarted system may have other addresses */
  targets: () => Targets;
  everyMs: number;
  log: RoundLog;
  stop: AbortSignal;
  /** real milliseconds before the first round */
  delayMs?: number;
  /** real milliseconds after which a finding is looked at again */
  secondLookMs?: number;
}

const SECOND_LOOK_MS = 5_000;

/** Audits again and again until it is stopped. A round that cannot be made is told of and tried again at its next time. */
export async function runRounds(rounds: Rounds): Promise<void> {
  const {everyMs, stop, delayMs = 0} = rounds;
  await pause(delayMs, stop);
  while (!stop.aborted) {
    const began = Date.now();
    await oneRound(rounds);
    await pause(Math.max(1_000, began + everyMs - Date.now()), stop);
  }
}

async function oneRound({dataDir, targets, log, stop, secondLookMs = SECOND_LOOK_MS}: Rounds): Promise<void> {
  const before = readLast(dataDir);
  const began = Date.now();
  try {
    const report = await confirmed(targets(), secondLookMs, stop);
    if (!report) return;
    const seconds = (Date.now() - began) / 1_000;
    writeLast(dataDir, {at: new Date().toISOString(), seconds, ...report});
    const {orders, checked, violations} = report;
    log.info({orders, checked: checked.length, violations: violations.length, seconds}, 'audited');
    tellChanges(log, before?.violations ?? [], violations);
  } catch (error) {
    if (stop.aborted) return;
    const seconds = (Date.now() - began) / 1_000;
    const message = error instanceof Error ? error.message : String(error);
    writeLast(dataDir, {...before, at: new Date().toISOString(), seconds, error: message});
    log.warn({seconds, error: message}, 'the audit could not be made');
  }
}

/**
 * While the system runs, a change may fall between the look at a neighbour and the look at our database. Everything is
 * written down by us before a neighbour is asked, so most checks cannot be fooled; for the rest, a finding counts only
 * when a second look a little later has it too.
 */
async function confirmed(targets: Targets, secondLookMs: number, stop: AbortSignal): Promise<InvariantReport | null> {
  const first = await checkInvariants(targets);
  if (first.violations.length === 0) return first;
  await pause(secondLookMs, stop);
  if (stop.aborted) return null;
  const second = await checkInvariants(targets);
  const seen = new Set(first.violations.map(keyOf));
  return {...second, violations: second.violations.filter((violation) => seen.has(keyOf(violation)))};
}

/** Sentences may tell an age: the same finding has the same identifier and subject. */
const keyOf = ({id, subject}: Violation) => `${id} ${subject}`;

function tellChanges(log: RoundLog, before: readonly Violation[], now: readonly Violation[]): void {
  const [known, found] = [new Set(before.map(keyOf)), new Set(now.map(keyOf))];
  for (const {id, subject, sentence} of now)
    if (!known.has(keyOf({id, subject, sentence}))) log.warn({id, subject}, sentence);
  for (const violation of before) {
    const {id, subject} = violation;
    if (!found.has(keyOf(violation))) log.info({id, subject}, 'holds again');
  }
}

const fileOf = (dataDir: string) => join(dataDir, 'run', 'audit.json');

function readLast(dataDir: string): LastRound | null {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as LastRound;
  } catch {
    return null;
  }
}

/** Whole or not at all: others read it at any time. */
function writeLast(dataDir: string, round: LastRound): void {
  mkdirSync(join(dataDir, 'run'), {recursive: true});
  const fresh = `${fileOf(dataDir)}.new`;
  writeFileSync(fresh, JSON.stringify(round));
  renameSync(fresh, fileOf(dataDir));
}

const pause = (ms: number, stop: AbortSignal): Promise<unknown> =>
  sleep(ms, null, {signal: stop}).catch(() => undefined);
