import type {Client} from '@temporalio/client';
import {askTrackers} from '../../../workers/relay/ask-trackers.ts';
import {sendSignals} from '../../../workers/relay/send-signals.ts';
import {startRuns} from '../../../workers/relay/start-runs.ts';
import {workInbox} from '../../../workers/relay/work-inbox.ts';
import type {Task} from '../engine/scheduler.ts';
import type {Row} from '../tables/sql.ts';
import {POLICY} from './shop.ts';
import type {World} from './world.ts';

const CLOCK = {t0: 0, real0: 0, speed: 1};
/** workers/relay/start-runs.ts starts what waits longer */
const PATIENCE = 4_001;

type Due = (now: number) => boolean;

const timeOf = (row: Row, column: string) => (row[column] as Date | null)?.getTime() ?? null;

/** The relay's loops: each begins a round whenever there is something for it to do. */
export class Relay {
  private readonly world: World;
  private readonly loops: {name: string; work: () => Promise<unknown>; due: Due; rounds: Task[]; pausedUntil: number}[];
  private readonly asked = new Map<string, number>();
  private seen = -1;
  private seenAt = -1;

  constructor(world: World, client: Client) {
    this.world = world;
    const {store} = world;
    const log = {warn: ({error}: {error?: unknown}) => world.stumbled('relay, inbox', error)};
    const loop = (name: string, due: Due, work: () => Promise<unknown>) => ({
      name,
      due,
      work,
      rounds: [],
      pausedUntil: 0,
    });
    this.loops = [
      loop(
        'signals',
        (now) => this.some('workflow_signals', 'sent_at', now),
        () => sendSignals(store, client),
      ),
      loop(
        'inbox',
        (now) => this.some('webhook_inbox', 'processed_at', now),
        () => workInbox(store, log),
      ),
      loop(
        'late starts',
        (now) => this.lateStarts(now),
        () => startRuns(store, client, CLOCK, 'orders'),
      ),
      loop(
        'trackers',
        (now) => this.silence(now),
        () => askTrackers(store, world.carrier, POLICY.shipping.poll_after, this.asked),
      ),
    ];
  }

  /** Begins the rounds that are due; nothing when nothing has changed since the last look. */
  wake(): void {
    const {db, scheduler} = this.world;
    if (db.version === this.seen && scheduler.now === this.seenAt) return;
    [this.seen, this.seenAt] = [db.version, scheduler.now];
    for (const loop of this.loops) {
      loop.rounds = loop.rounds.filter((round) => !round.dead);
      // a round that hangs is helped out by a second relay
      if (loop.rounds.length >= 2 || loop.rounds.some((r) => !r.begun)) continue;
      if (loop.pausedUntil > scheduler.now || !loop.due(scheduler.now)) continue;
      if (loop.rounds.length === 1 && !scheduler.random.chance(0.05)) continue;
      const round = scheduler.begin('relay', loop.name, async () => {
        try {
          await loop.work();
        } catch (error) {
          this.world.stumbled(`relay, ${loop.name}`, error);
          loop.pausedUntil = scheduler.now + 500;
        }
        loop.rounds = loop.rounds.filter((r) => r !== round);
        this.seen = -1;
      });
      loop.rounds.push(round);
    }
  }

  /** Its process dies and is started again; returns how many rounds were cut off. */
  kill(): number {
    const rounds = this.loops.flatMap((loop) => loop.rounds).filter((round) => round.begun && !round.dead);
    this.world.scheduler.kill(rounds);
    this.seen = -1;
    return rounds.length;
  }

  /** When the next loop will have something to do by the clock alone. */
  nextMoment(): number | undefined {
    const {db, scheduler} = this.world;
    const times: number[] = [];
    for (const row of db.rows('workflow_signals'))
      if (row['sent_at'] === null) times.push((timeOf(row, 'retry_at') ?? 0) + 1);
    for (const row of db.rows('webhook_inbox'))
      if (row['processed_at'] === null) times.push((timeOf(row, 'retry_at') ?? 0) + 1);
    for (const row of db.rows('orders'))
      if (row['status'] === 'pending') times.push((timeOf(row, 'placed_at') ?? 0) + PATIENCE);
    for (const row of db.rows('parcels')) if (onTheRoad(row)) times.push(this.pollAt(row) + 1);
    for (const {pausedUntil} of this.loops) times.push(pausedUntil);
    const next = Math.min(...times.filter((t) => t > scheduler.now));
    return next === Number.POSITIVE_INFINITY ? undefined : next;
  }

  private some(table: string, done: string, now: number): boolean {
    return this.world.db.rows(table).some((row) => row[done] === null && (timeOf(row, 'retry_at') ?? 0) < now);
  }

  private lateStarts(now: number): boolean {
    const late = (row: Row) => row['status'] === 'pending' && (timeOf(row, 'placed_at') ?? now) <= now - PATIENCE;
    return this.world.db.rows('orders').some((row) => late(row) && !this.world.server.find(`order:${row['id']}`));
  }

  private silence(now: number): boolean {
    return this.world.db.rows('parcels').some((row) => onTheRoad(row) && this.pollAt(row) < now);
  }

  private pollAt(row: Row): number {
    const heard = Math.max(timeOf(row, 'status_at') ?? 0, this.asked.get(String(row['id'])) ?? 0);
    return heard + POLICY.shipping.poll_after;
  }
}

const onTheRoad = (row: Row) =>
  row['handed_over_at'] !== null && row['ended_at'] === null && row['tracker_ref'] !== null;
