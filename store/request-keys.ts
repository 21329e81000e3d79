import type {StoreContext, Tx} from './context.ts';
import {toJson} from './record-change.ts';

/** What a client asked for under one key. */
export interface RequestKey {
  client_id: string;
  key: string;
  operation: string;
  /** of the operation and the parsed request: the same key with another hash is another request */
  request_hash: string;
}

export interface StoredAnswer {
  status: number;
  body: unknown;
}

export type KnownRequest =
  | {state: 'new'}
  /** the key stands for something else */
  | {state: 'reused'}
  /** begun and not answered: still running, or cut off */
  | {state: 'open'; subject_id: string}
  | {state: 'answered'; subject_id: string; answer: StoredAnswer};

export async function findRequest(context: StoreContext, request: RequestKey): Promise<KnownRequest> {
  const {client_id, key} = request;
  const row = await context.prisma.idempotency_keys.findUnique({where: {client_id_key: {client_id, key}}});
  if (!row) return {state: 'new'};
  if (row.request_hash !== request.request_hash) return {state: 'reused'};
  if (row.response_status === null) return {state: 'open', subject_id: row.subject_id};
  const answer = {status: row.response_status, body: row.response_body};
  return {state: 'answered', subject_id: row.subject_id, answer};
}

/** Takes the key for this request in the caller's transaction; false when somebody has it already. */
export async function takeKey(context: StoreContext, tx: Tx, request: RequestKey, subjectId: string): Promise<boolean> {
  const taken = await tx.$executeRaw`
    INSERT INTO idempotency_keys (client_id, key, operation, request_hash, subject_id, created_at)
    VALUES (${request.client_id}, ${request.key}, ${request.operation}, ${request.request_hash}, ${subjectId},
      ${context.now()})
    ON CONFLICT (client_id, key) DO NOTHING`;
  return taken === 1;
}

/** Begins a request, or finds it begun. */
export async function beginRequest(
  context: StoreContext,
  request: RequestKey,
  subjectId: string,
): Promise<KnownRequest> {
  const taken = await takeKey(context, context.prisma, request, subjectId);
  return taken ? {state: 'new'} : findRequest(context, request);
}

/**
 * Keeps the answer of a request for its repeats and returns the kept one: of two at once, the first to come counts.
 * The body comes back as stored, so that the first answer and its replays are equal to the byte.
 */
export async function keepAnswer(
  context: StoreContext,
  request: RequestKey,
  answer: StoredAnswer,
): Promise<StoredAnswer> {
  const rows = await context.prisma.$queryRaw<{status: number; body: unknown}[]>`
    UPDATE idempotency_keys SET
      response_body = CASE WHEN response_status IS NULL THEN ${toJson(answer.body)}::jsonb ELSE response_body END,
      response_status = COALESCE(response_status, ${answer.status})
    WHERE client_id = ${request.client_id} AND key = ${request.key} AND request_hash = ${request.request_hash}
    RETURNING response_status AS status, response_body AS body`;
  return rows[0] ?? answer;
}

/** Gives the key of a refused request back, so that nothing of it stays. */
export async function forgetRequest(context: StoreContext, request: RequestKey): Promise<void> {
  await context.prisma.idempotency_keys.deleteMany({
    where: {client_id: request.client_id, key: request.key, request_hash: request.request_hash, response_status: null},
  });
}
