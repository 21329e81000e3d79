import type {TextLedger} from './invariants/text-ledger.ts';
import {send} from './http.ts';
import {markedOf, noneAnswered} from './answered.ts';
import {checkWhenQuiet} from './check.ts';
import {createClient} from './client.ts';
import {worldClock} from './clock.ts';
import {Trouble} from './options.ts';
import type {Progress} from './progress.ts';
import {randomStream} from './random.ts';
import {type Report, reportOf} from './report.ts';
import type {System} from './system.ts';
import {createTally, type Tally} from './tally.ts';
import {verifyEndings} from './verify.ts';
import {bankControl} from './world/bank.ts';
import {carrierControl} from './world/carrier.ts';
import type {Crew} from './world/crew.ts';
import {stirUp} from './world/faults.ts';
import {createFloor} from './world/floor.ts';
import {layOut} from './world/lay-out.ts';
import {engageSuppliers} from './world/suppliers.ts';
import {type Played, playWorld} from './world/play.ts';
import type {World} from './world/plan.ts';
import {priceBook} from './world/value.ts';

export interface RunOptions {
  seed: number;
  concurrency: number;
  faults: 'none' | 'light' | 'heavy';
  progress: Progress;
  stop: AbortSignal;
  /** begins all keys and references; the same tag on the same data is the same run */
  tag: string;
  /** asked at the end: processes killed meanwhile */
  kills?: () => number;
  /** how long a parcel must be silent before it is declared lost, virtual milliseconds; by default the policy's */
  lostAfter?: number;
  /** ends the waiting for orders that do not end */
  tooLate?: AbortSignal;
  /** told when the shop is laid out and the first order is about to be sent */
  playing?: () => void;
  /** told when the last order was sent */
  allSent?: () => void;
  /** waited for between the last order's end and the check */
  played?: (tally: Tally) => Promise<void>;
}

/** Lays the world out, plays it to the end, compares what happened with what was meant, and checks every invariant. */
export async function runWorld(system: System, world: World, options: RunOptions): Promise<Report> {
  const {progress, seed, tag} = options;
  const tally = createTally();
  const clock = worldClock(
    system.clock,
    options.tooLate ? AbortSignal.any([options.stop, options.tooLate]) : options.stop,
  );
  const onRetry = (status: number) => tally.add(`retry.${status === 0 ? 'no_answer' : status}`);
  const answered = noneAnswered();
  const client = createClient({api: system.urls.api, keys: system.keys, clock, onRetry, answered});
  const layingOut = Date.now();
  await layOut(client, world.layout, tag, (step) => progress.say(`  laying out ${step}`));
  const {supplier, api} = system.urls;
  await engageSuppliers(client, world.layout, {control: supplier, api, speed: system.clock.speed});
  progress.say(`  laid out in ${((Date.now() - layingOut) / 1_000).toFixed(1)} s`);
  options.playing?.();
  const crew: Crew = {
    client,
    clock,
    tally,
    floor: createFloor(client, clock),
    carrier: carrierControl(emulatorsOf(system).carrier, clock),
    bank: bankControl(emulatorsOf(system).stripe, clock),
    prices: priceBook(world.layout),
    random: randomStream(seed, 'world'),
    tag,
    ...(options.lostAfter && {lostAfter: options.lostAfter}),
    began: clock.now(),
  };
  const played = await playDisturbed(system, crew, world, options);
  await options.played?.(tally);
  progress.say('  all orders have ended; checking the invariants');
  await countTexts(system, tally);
  const violations = verifyEndings(world, played);
  const {checked, not_yet, ...found} = await checkWhenQuiet(system, {
    acknowledged: answered,
    marked: markedOf(world, system),
  });
  violations.push(...found.violations);
  const report = reportOf({world, played, tally, seed, kills: options.kills?.() ?? 0, violations});
  return {...report, checked, not_yet};
}

/** What the provider of texts has taken and refused. */
async function countTexts({urls}: System, tally: Tally): Promise<void> {
  if (!urls.sms) return;
  const {body} = await send({method: 'GET', url: `${urls.sms}/_control/ledger`});
  const {texts, refusals} = body as TextLedger;
  tally.add('texts.sent', texts.length);
  if (refusals.length > 0) tally.add('texts.refused', refusals.length);
}

/** Plays the world while provider and carrier misbehave as asked; afterwards they are well again. */
async function playDisturbed(system: System, crew: Crew, world: World, options: RunOptions): Promise<Played> {
  const {stripe, carrier} = emulatorsOf(system);
  const calm = options.faults === 'none' ? undefined : await stirUp([stripe, carrier], options.faults, options.seed);
  try {
    return await playWorld(crew, world, options.concurrency, options.progress, options);
  } finally {
    if (calm) crew.tally.add('faults.struck', await calm());
  }
}

function emulatorsOf({urls}: System): {stripe: string; carrier: string} {
  if (urls.stripe && urls.carrier) return {stripe: urls.stripe, carrier: urls.carrier};
  throw new Trouble('This system has a real payment provider or carrier: a simulation needs the emulators.');
}
