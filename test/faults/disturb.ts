import {randomStream} from '../../simulation/random.ts';
import type {World} from '../support/world.ts';

interface Disturbance {
  at: 'stripe' | 'carrier';
  fault: {operation: string; mode: string; probability: number; [field: string]: unknown};
}

/** What the neighbours do wrong all the time, each now and then. */
const DISTURBANCES: readonly Disturbance[] = [
  ...(['stripe', 'carrier'] as const).flatMap((at): Disturbance[] => [
    {at, fault: {operation: '*', mode: 'status', status: 429, retry_after: 1, probability: 0.01}},
    {at, fault: {operation: '*', mode: 'status', status: 503, probability: 0.01}},
    {at, fault: {operation: '*', mode: 'status', status: 500, when: 'after', probability: 0.01}},
    {at, fault: {operation: '*', mode: 'error_before', probability: 0.01}},
    {at, fault: {operation: '*', mode: 'error_after', probability: 0.01}},
    {at, fault: {operation: '*', mode: 'drop', when: 'after', probability: 0.01}},
    {at, fault: {operation: '*', mode: 'garbage', when: 'after', probability: 0.01}},
    {at, fault: {operation: '*', mode: 'delay', delay_ms: 700, probability: 0.01}},
    {at, fault: {operation: 'webhook', mode: 'duplicate', probability: 0.1}},
    {at, fault: {operation: 'webhook', mode: 'shuffle', delay_ms: 1_500, probability: 0.1}},
  ]),
  // the relay asks silent trackers; what Stripe never tells is found out at the next capture only
  {at: 'carrier', fault: {operation: 'webhook', mode: 'drop', probability: 0.05}},
];

const urlOf = (world: World, at: Disturbance['at']) => (at === 'stripe' ? world.stripeUrl : world.carrierUrl);

/** The neighbours misbehave from now on, repeatably. */
export async function disturb(world: World, seed: number): Promise<void> {
  const {whole} = randomStream(seed, 'neighbours');
  for (const {at, fault} of DISTURBANCES) {
    const body = JSON.stringify({...fault, seed: whole(1, 1_000_000)});
    const answer = await fetch(`${urlOf(world, at)}/_control/faults`, {method: 'POST', body});
    if (!answer.ok) throw new Error(`${fault.mode} was refused: ${await answer.text()}`);
  }
}

/** They behave again; returns how often each way of misbehaving struck. */
export async function calm(world: World): Promise<Record<string, number>> {
  const struck: Record<string, number> = {};
  for (const at of ['stripe', 'carrier'] as const) {
    const url = `${urlOf(world, at)}/_control/faults`;
    const {faults} = (await (await fetch(url)).json()) as {faults: {mode: string; operation: string; fired: number}[]};
    for (const {mode, operation, fired} of faults) {
      const name = `${operation === 'webhook' ? 'webhook ' : ''}${mode}`;
      struck[name] = (struck[name] ?? 0) + fired;
    }
    await fetch(url, {method: 'DELETE'});
  }
  return struck;
}
