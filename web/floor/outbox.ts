import type {Verdict} from './task-state.ts';

/** A scan on its way: kept before anything else happens, sent in order, forgotten when it is answered. */
export interface Waiting {
  /** place in the line, ascending */
  seq: number;
  operation_id: string;
  /** who scanned it: nobody else's session sends it */
  client: string;
  task_id: string;
  kind: 'bin' | 'item' | 'short' | 'pack' | 'dispatch';
  code: string;
  qty?: number;
  weight_g?: number;
  box?: string;
  /** what the handheld said meanwhile; null where it cannot judge */
  told: Pick<Verdict, 'accepted' | 'code'> | null;
}

export type Reply =
  | {kind: 'answered'; accepted: boolean; code: string; message: string; parcel_id?: string}
  /** the server cannot take it, ever: it is told, not sent again */
  | {kind: 'rejected'; code: string; message: string}
  | {kind: 'signed_out'}
  /** nobody answered, or not now */
  | {kind: 'silent'};

/** Something that came out otherwise than the handheld said: shown until somebody has read it. */
export interface Conflict {
  scan: Waiting;
  code: string;
  message: string;
}

export interface OutboxPorts {
  /** the first of this person's that waits */
  first: (client: string) => Promise<Waiting | null>;
  send: (scan: Waiting) => Promise<Reply>;
  /** forgets the scan and keeps what came of it, both or neither */
  settle: (scan: Waiting, reply: Reply & {kind: 'answered' | 'rejected'}, conflict: Conflict | null) => Promise<void>;
}

export type Drained = 'empty' | 'silent' | 'signed_out';

/**
 * Sends what waits, oldest first, one at a time, until nothing is left or nobody answers. A scan that got no answer is
 * sent again under its operation id, and counts once.
 */
export async function drain(ports: OutboxPorts, client: string): Promise<Drained> {
  for (;;) {
    const scan = await ports.first(client);
    if (!scan) return 'empty';
    const reply = await ports.send(scan);
    if (reply.kind === 'silent' || reply.kind === 'signed_out') return reply.kind;
    await ports.settle(scan, reply, conflictOf(scan, reply));
  }
}

/** A refusal the handheld had refused too is no news, whatever its reason. */
export function conflictOf(scan: Waiting, reply: Reply & {kind: 'answered' | 'rejected'}): Conflict | null {
  const accepted = reply.kind === 'answered' && reply.accepted;
  if (scan.told === null || scan.told.accepted === accepted) return null;
  return {scan, code: reply.code, message: reply.message};
}
