/** npm run mutants -- [--json] [--only NAME,NAME]: bugs planted into copies of the product; every one must be found. */
import {parseArgs} from 'node:util';
import {PatchFailed} from './apply.ts';
import {type PlantedBug, PLANTED} from './planted/index.ts';
import {line, summary} from './report.ts';
import {startServers} from './servers.ts';
import {type Patience, type Trial, tryOut} from './trial.ts';

const SIDE_BY_SIDE = 2;
/** Milliseconds for the product as it is, on a machine that may be busy with other things. */
const CONTROL: Patience = {wait: 60_000, whole: 180_000};

async function main(): Promise<number> {
  const {values} = parseArgs({
    options: {json: {type: 'boolean', default: false}, only: {type: 'string'}},
  });
  const wanted = values.only?.split(',') ?? [''];
  const bugs = PLANTED.filter((bug) => wanted.some((part) => bug.name.includes(part)));
  if (bugs.length === 0) throw new Error(`no planted bug is named ${values.only}`);
  const began = performance.now();
  const servers = await startServers();
  try {
    // as many at once as later, so that what they take tells what a bug may take
    const controls = await inTurn([null, null], CONTROL);
    const patience = patienceAfter(controls);
    const trials = await inTurn(bugs, patience);
    const seconds = Math.round((performance.now() - began) / 1000);
    const result = summary(bugs, trials, controls, seconds);
    console.log(result.text);
    if (values.json) console.log(JSON.stringify(result.json));
    return result.failed ? 1 : 0;
  } finally {
    await servers.stop();
  }
}

/** A single wait that lasts half as long as everything did in the product as it is has lasted long enough. */
function patienceAfter(controls: readonly Trial[]): Patience {
  const longest = Math.max(...controls.map(({took}) => took));
  const wait = Math.max(8_000, longest / 2);
  return {wait, whole: 6 * wait + 15_000};
}

async function inTurn(bugs: readonly (PlantedBug | null)[], patience: Patience): Promise<Trial[]> {
  const queue = [...bugs.entries()];
  const trials: Trial[] = [];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [i, bug] = next;
      const trial = await tried(bug, patience);
      trials[i] = trial;
      console.log(line(bug, trial));
    }
  };
  await Promise.all(Array.from({length: SIDE_BY_SIDE}, work));
  return trials;
}

/** A patch that does not fit is a bug nobody looked for: it counts as missed. */
async function tried(bug: PlantedBug | null, patience: Patience): Promise<Trial> {
  try {
    return await tryOut(bug, patience);
  } catch (error) {
    if (!(error instanceof PatchFailed)) throw error;
    return {name: bug?.name ?? '', findings: null, opened: 0, took: 0, cpu: 0, unfit: error.message};
  }
}

process.exit(await main());
