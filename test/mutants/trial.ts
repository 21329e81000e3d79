import {fork} from 'node:child_process';
import {copyWith} from './copy.ts';
import type {NetAnswer} from './net/main.ts';
import type {Part} from './net/stories/index.ts';
import type {PlantedBug} from './planted/types.ts';

export interface Trial extends NetAnswer {
  name: string;
  /** what the stories were about; none: all of them */
  parts: readonly Part[];
  /** why the bug could not be planted */
  unfit?: string;
}

/** What the children get to know beside the addresses of the servers. Milliseconds. */
export interface Patience {
  /** a story waits so long for one thing */
  wait: number;
  /** a child may take so long in all; what has not answered by then does not come to an end */
  whole: number;
}

/** Casts the net over the product with this bug, or over the product as it is, in a process of its own. */
export async function tryOut(bug: PlantedBug | null, parts: readonly Part[], patience: Patience): Promise<Trial> {
  const name = bug?.name ?? ['the product as it is', ...parts].join(' · ');
  const copy = await copyWith(bug);
  const more = {
    TEST_WORKFLOW_BUNDLE: copy.bundle,
    ...(parts.length > 0 ? {NET_STORIES: parts.join()} : {}),
    ...(bug?.sql ? {NET_SQL: bug.sql} : {}),
  };
  try {
    return {name, parts, ...(await runNet(copy.program('test/mutants/net/main.js'), more, patience))};
  } finally {
    copy.remove();
  }
}

function runNet(program: string, more: Record<string, string>, patience: Patience): Promise<NetAnswer> {
  const child = fork(program, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: {
      ...process.env,
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      TEST_PATIENCE: String(patience.wait),
      TEST_PAUSE: '200',
      ...more,
    },
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  const ended = (why: string): NetAnswer => ({
    findings: {violations: [], story: 'the whole', why: `${why} ${said}`.trim()},
    opened: 0,
    took: patience.whole,
    cpu: 0,
  });
  return new Promise((resolve) => {
    let answer: NetAnswer | null = null;
    const timer = setTimeout(() => {
      answer = ended(`no answer within ${patience.whole} ms`);
      child.kill('SIGKILL');
    }, patience.whole);
    child.on('message', (message) => {
      answer = message as NetAnswer;
      // whatever is still under way in it is of no interest any more
      setTimeout(() => child.kill('SIGKILL'), 200);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(answer ?? ended(`the service ended by itself (${code ?? signal}).`));
    });
  });
}
