import {Stopped} from './clock.ts';
import {closeConnections} from './http.ts';
import {type Options, readOptions, Trouble, USAGE} from './options.ts';
import {createProgress, type Progress} from './progress.ts';
import {hintFor, summary, whyVoid} from './report.ts';
import {runWorld} from './run.ts';
import {attach, startOwn, type System} from './system.ts';
import {chooseWorld, type Chosen} from './worlds.ts';

/** `npm run simulate`: exit code 0 sound, 1 not sound, 130 stopped. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const progress = createProgress();
  const stop = listenForStop(progress);
  let system: System | undefined;
  try {
    if (options.dataDir) system = await attach(options.dataDir, options.api);
    const chosen = await chooseWorld(options, system?.clock.speed);
    for (const note of [chosen.world.title, ...chosen.world.notes]) progress.say(`  ${note}`);
    system ??= await startOwn({speed: chosen.speed, workers: options.workers, log: quietLog(progress)});
    progress.say(`  API ${system.urls.api}, data in ${system.dataDir}`);
    return await run(options, chosen, system, progress, stop);
  } catch (error) {
    if (error instanceof Stopped) return 130;
    throw error;
  } finally {
    await leave(options, system, progress);
  }
}

async function run(
  options: Options,
  {world}: Chosen,
  system: System,
  progress: Progress,
  stop: AbortSignal,
): Promise<number> {
  const {seed, concurrency, faults} = options;
  // A system that lives on sees other runs: keys of this one must be its own.
  const tag = system.own ? `sim${seed}` : `sim${seed}-${Date.now().toString(36)}`;
  const report = await runWorld(system, world, {seed, concurrency, faults, progress, stop, tag});
  const problem = whyVoid(report, world);
  for (const line of summary(report)) console.log(line);
  if (problem) console.log(`void          ${problem}`);
  const hint = hintFor(report, world);
  if (hint) console.log(`hint          ${hint}`);
  if (options.json) console.log(JSON.stringify(report));
  return report.violations.length > 0 || problem ? 1 : 0;
}

async function leave(options: Options, system: System | undefined, progress: Progress): Promise<void> {
  closeConnections();
  if (!system?.own) return;
  if (options.keep) {
    progress.say(`  kept in ${system.dataDir} (go on with: npm start -- --data-dir ${system.dataDir} --no-demo)`);
    await system.own.stop();
  } else {
    await system.own.discard();
  }
}

function listenForStop(progress: Progress): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return;
    progress.say('\nstopping …');
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return controller.signal;
}

/** What the starting processes say, in one line each, on standard error. */
function quietLog(progress: Progress) {
  return {
    say: () => undefined,
    notice: (line: string) => progress.say(`  ! ${line}`),
    begin: () => undefined,
    done: (line: string, ms: number) => progress.say(`  ${line} (${(ms / 1_000).toFixed(1)} s)`),
    step: <T>(_line: string, work: () => Promise<T>) => work(),
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(
    error instanceof Trouble || (error as Error)?.constructor?.name === 'Trouble'
      ? `\n${(error as Error).message}\n`
      : error,
  );
  process.exitCode = 1;
}
