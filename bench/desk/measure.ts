import {send} from '../../simulation/http.ts';
import type {System} from '../../simulation/system.ts';
import type {Call} from './calls.ts';

export interface Measured {
  name: string;
  p50: number;
  p95: number;
  p99: number;
}

const WARM_UP = 5;
const ROUNDS = 100;

/** Those who may search, in turn: the interface lets nobody look for people without end. */
const SEARCHERS = ['support', 'ops', 'finance'];

/** One call after another; the first few answers, which nobody has in memory yet, are not counted. */
export async function measure(system: System, call: Call): Promise<Measured> {
  const taken: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const ms = await ask(system, call, round);
    if (round >= WARM_UP) taken.push(ms);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round((taken[Math.ceil(taken.length * share) - 1] ?? 0) * 10) / 10;
  return {name: call.name, p50: at(0.5), p95: at(0.95), p99: at(0.99)};
}

async function ask(system: System, {name, role, path}: Call, round: number): Promise<number> {
  const url = system.urls.api + path(round);
  const who = path(round).startsWith('/v1/search') ? (SEARCHERS[round % SEARCHERS.length] ?? role) : role;
  const headers = {authorization: `Bearer ${system.keys[who]}`};
  for (;;) {
    const began = performance.now();
    const {status, body, headers: told} = await send({method: 'GET', url, headers});
    if (status === 200) return performance.now() - began;
    if (status !== 429) throw new Error(`${name}: ${url} answered ${status} ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000 * (Number(told['retry-after']) || 5)));
  }
}
