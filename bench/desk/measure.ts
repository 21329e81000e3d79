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

/** One person who asks again and again; the first few answers, which nobody has in memory yet, are not counted. */
export async function measure(system: System, {name, role, path}: Call): Promise<Measured> {
  const taken: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const began = performance.now();
    const reply = await send({
      method: 'GET',
      url: system.urls.api + path(round),
      headers: {authorization: `Bearer ${system.keys[role]}`},
    });
    if (reply.status !== 200)
      throw new Error(`${name}: ${path(round)} answered ${reply.status} ${JSON.stringify(reply.body)}`);
    if (round >= WARM_UP) taken.push(performance.now() - began);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round((taken[Math.ceil(taken.length * share) - 1] ?? 0) * 10) / 10;
  return {name, p50: at(0.5), p95: at(0.95), p99: at(0.99)};
}
