import type {Reply, Waiting} from './outbox.ts';
import type {FloorTask} from './task-state.ts';
import type {FloorTour} from './tour-state.ts';

export interface Me {
  client: string;
  staff_id: string | null;
  name: string;
  warehouse: string | null;
  roles: string[];
}

export interface Problem {
  code: string;
  detail: string;
  /** units there are, are free or were sent, where somebody asked for more */
  there?: number;
  free?: number;
  sent?: number;
  errors?: {pointer: string; code: string}[];
}

/** What the server said, or that it said nothing. */
export interface Heard<T = unknown> {
  /** 0: nobody answered */
  status: number;
  body: T;
  problem: Problem | null;
  /** what was asked before is answered again; nothing was done now */
  replayed: boolean;
  retryAfter: number | null;
}

const PATIENCE_MS = 8_000;

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One call of the interface; never throws. `key` is the Idempotency-Key of a POST, `whose` the only one it may count for. */
export async function ask<T>(
  method: string,
  path: string,
  {body, key, bearer, whose}: {body?: unknown; key?: string; bearer?: string; whose?: string} = {},
): Promise<Heard<T>> {
  const headers: Record<string, string> = {'X-Waybill-Page': whose || '1'};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key !== undefined) headers['Idempotency-Key'] = key;
  if (bearer !== undefined) headers['Authorization'] = `Bearer ${bearer}`;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const init: RequestInit = {method, headers, signal, credentials: 'same-origin', cache: 'no-store'};
    const response = await fetch(path, body === undefined ? init : {...init, body: JSON.stringify(body)});
    const answer = (await response.json().catch(() => null)) as unknown;
    const retryAfter = Number(response.headers.get('Retry-After')) || null;
    const problem = response.ok ? null : (answer as Problem | null);
    const replayed = response.headers.get('Idempotent-Replayed') === 'true';
    return {status: response.status, body: answer as T, problem, replayed, retryAfter};
  } catch {
    return {status: 0, body: null as T, problem: null, replayed: false, retryAfter: null};
  }
}

/** Nobody there, too much at once, or a fault of the server: the same again later. */
export const isSilent = ({status}: Heard): boolean => status === 0 || status === 408 || status === 429 || status >= 500;

export async function sendScan({seq: _seq, client: whose, told: _told, ...scan}: Waiting): Promise<Reply> {
  const heard = await ask<{accepted: boolean; code: string; message: string; parcel_id?: string}>('POST', '/v1/scans', {
    ...{body: scan, whose},
  });
  if (heard.status === 200) return {kind: 'answered', ...heard.body};
  if (heard.status === 401) return {kind: 'signed_out'};
  if (isSilent(heard)) return {kind: 'silent'};
  return {kind: 'rejected', code: heard.problem?.code ?? 'rejected', message: heard.problem?.detail ?? ''};
}

export const fetchTasks = (warehouse: string): Promise<Heard<FloorTask[]>> =>
  ask('GET', `/v1/warehouses/${encodeURIComponent(warehouse)}/tasks?state=open&limit=500`);

/** A wave with its tours, without their stops. */
export interface WaveBrief {
  wave_id: string;
  kind: string;
  rule: string;
  state: string;
  made_by: string;
  created_at: string;
  tours: TourBrief[];
}

export interface TourBrief {
  tour_id: string;
  position: number;
  zone: string | null;
  state: string;
  paused?: boolean;
  claimed_by: string | null;
  holder: string | null;
  lease_until: string | null;
  walk_mm: number | null;
  orders: number;
  units: number;
  picked: number;
  short: number;
}

/** Newest first. */
export const fetchTours = (warehouse: string): Promise<Heard<WaveBrief[]>> =>
  ask('GET', `/v1/warehouses/${encodeURIComponent(warehouse)}/waves?stops=false&limit=100`);

export const fetchTour = (id: string): Promise<Heard<FloorTour>> => ask('GET', `/v1/tours/${encodeURIComponent(id)}`);

export const claimTour = (id: string): Promise<Heard<{lease_until: string}>> =>
  ask('POST', `/v1/tours/${encodeURIComponent(id)}/claim`, {key: newId()});

export const claim = (taskId: string): Promise<Heard<{lease_until: string}>> =>
  ask('POST', `/v1/tasks/${encodeURIComponent(taskId)}/claim`, {body: undefined, key: newId()});

export const fetchMe = (): Promise<Heard<Me>> => ask('GET', '/v1/floor/me');
