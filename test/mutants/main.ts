/** npm run mutants -- [--json] [--only NAME,NAME | --control]: bugs planted into copies of the product; every one must be found. */
import {parseArgs} from 'node:util';
import {PatchFailed} from './apply.ts';
import type {Part} from './net/stories/index.ts';
import {type PlantedBug, PLANTED} from './planted/index.ts';
import {line, summary} from './report.ts';
import {startServers} from './servers.ts';
import {type Patience, type Trial, tryOut} from './trial.ts';

const SIDE_BY_SIDE = 2;
/** Milliseconds for the product as it is, on a machine that may be busy with other things. */
const CONTROL: Patience = {wait: 60_000, whole: 240_000};

/** One cast of the net: over the product with a bug, or as it is. */
interface Cast {
  bug: PlantedBug | null;
  parts: readonly Part[];
  patience: Patience;
}

async function main(): Promise<number> {
  const {values} = parseArgs({
    options: {json: {type: 'boolean', default: false}, only: {type: 'string'}, control: {type: 'boolean'}},
  });
  const wanted = values.control ? [] : (values.only?.split(',') ?? ['']);
  const bugs = PLANTED.filter((bug) => wanted.some((part) => bug.name.includes(part)));
  if (bugs.length === 0 && !values.control) throw new Error(`no planted bug is named ${values.only}`);
  const began = performance.now();
  const servers = await startServers();
  try {
    const controls = await inTurn(controlsOf(bugs, values.only === undefined));
    const trials = await inTurn(
      bugs.map((bug) => ({bug, parts: partsOf(bug), patience: patienceAfter(controls, partsOf(bug))})),
    );
    const seconds = Math.round((performance.now() - began) / 1000);
    const result = summary(bugs, trials, controls, seconds);
    console.log(result.text);
    if (values.json) console.log(JSON.stringify(result.json));
    return result.failed ? 1 : 0;
  } finally {
    await servers.stop();
  }
}

const partsOf = ({stories = []}: PlantedBug) => stories;

/**
 * The product as it is must pass all stories, and whatever stories a bug is looked for with: what stops there too says
 * nothing about the bug. As many at once as later, so that what they take tells what a bug may take.
 */
function controlsOf(bugs: readonly PlantedBug[], all: boolean): Cast[] {
  const chosen = [...new Map(bugs.map((bug) => [partsOf(bug).join(), partsOf(bug)])).values()];
  const twice = all ? [[], []] : chosen.length === 1 ? chosen : [];
  return [...twice, ...chosen].map((parts) => ({bug: null, parts, patience: CONTROL}));
}

/** A single wait that lasts half as long as everything did in the product as it is has lasted long enough. */
function patienceAfter(controls: readonly Trial[], parts: readonly Part[]): Patience {
  const alike = controls.filter((control) => control.parts.join() === parts.join());
  const longest = Math.max(...alike.map(({took}) => took));
  const wait = Math.max(12_000, longest / 2);
  return {wait, whole: 6 * wait + 15_000};
}

async function inTurn(casts: readonly Cast[]): Promise<Trial[]> {
  const queue = [...casts.entries()];
  const trials: Trial[] = [];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [i, cast] = next;
      const trial = await tried(cast);
      trials[i] = trial;
      console.log(line(cast.bug, trial));
    }
  };
  await Promise.all(Array.from({length: SIDE_BY_SIDE}, work));
  return trials;
}

/** A patch that does not fit is a bug nobody looked for: it counts as missed. */
async function tried({bug, parts, patience}: Cast): Promise<Trial> {
  try {
    return await tryOut(bug, parts, patience);
  } catch (error) {
    if (!(error instanceof PatchFailed)) throw error;
    return {name: bug?.name ?? '', parts, findings: null, opened: 0, took: 0, cpu: 0, unfit: error.message};
  }
}

process.exit(await main());
