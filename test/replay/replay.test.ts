import {readFileSync} from 'node:fs';
import {installRuntime} from '../../workers/runtime.ts';
import {replayAll, type StoredHistory, storedHistories} from './replay.ts';
import {STORIES} from './stories.ts';

const codePath = process.env['TEST_WORKFLOW_BUNDLE'] ?? '';

/** The bundled workflows with an edit; the text that is edited must be there exactly once. */
function edited(...edits: [RegExp, string][]): string {
  return edits.reduce(
    (code, [from, to]) => {
      expect(code.match(new RegExp(from, 'g'))).toHaveLength(1);
      return code.replace(from, to);
    },
    readFileSync(codePath, 'utf8'),
  );
}

const failing = async (code: string, stored: readonly StoredHistory[]) =>
  (await replayAll({code}, stored)).filter(({error}) => error !== undefined);

const SDK = '\\(0,(\\w+__WEBPACK_IMPORTED_MODULE_\\d+__)\\.';
const LOCK = /const reserved = await lockStock\(run, decision\);/;
const SCREEN = /if \(!\(await screen\(run\)\)\)\s+return \[\];/;
const START = new RegExp(`await ${SDK}startParts\\)\\(run, parts\\);`);

/** A file's path from the root of some machine, as stack traces have them. */
const FROM_ROOT = /[" (]\/(?:[\w.+@-]+\/)+[\w.-]+\.[jt]s\b/;

/** What an unguarded change of the code can be, and a run that it must not be let loose on. */
const INCOMPATIBLE: [string, string, [RegExp, string][]][] = [
  [
    'judge before they lock the stock',
    'delivered-single',
    [
      [SCREEN, ''],
      [LOCK, 'if (!(await screen(run))) return []; const reserved = await lockStock(run, decision);'],
    ],
  ],
  [
    'ask for the plan once more',
    'cancelled-by-review',
    [[LOCK, `await planAgain(run); ${LOCK.source.replaceAll('\\', '')}`]],
  ],
  [
    'ask for a capture instead of a hold',
    'cancelled-by-decline',
    [[/outside\('Hold the money'\)\.authorize/, "outside('Hold the money').capture"]],
  ],
  [
    'set no timer for the renewal',
    'delivered-split',
    [[/scope\.run\(\(\) => .*summary: 'The hold must be renewed' \}\)\)/, 'new Promise(() => {})']],
  ],
  [
    'set no timer for a silent parcel',
    'refunded-by-loss-part-1',
    [[/void \(0,\w+\.sleep\)\(wait, \{ summary: 'The tracker must speak before this' \}\)[^;]*;/, '']],
  ],
  [
    'name their sub-orders in another way',
    'delivered-single',
    [[new RegExp(`workflowId: ${SDK}subOrderWorkflowId\\)`), "workflowId: 'part-of-' + (0,$1.subOrderWorkflowId)"]],
  ],
  ['start no sub-order', 'delivered-single', [[START, '']]],
];

describe('the workflows of today', () => {
  const stored = storedHistories();
  const names = stored.map(({name}) => name);
  beforeAll(() => installRuntime('ERROR'));

  it('go the same way as every run that is stored', async () => {
    const results = await replayAll({codePath}, stored);
    expect(results.filter(({error}) => error !== undefined)).toEqual([]);
    expect(results.map(({name}) => name).sort()).toEqual([...names].sort());
  });

  it('are held against histories that say nothing of the machine they come from', () => {
    const telling = stored.filter(({history}) => FROM_ROOT.test(JSON.stringify(history)));
    expect(telling.map(({name}) => name)).toEqual([]);
  });

  it('have a history of every way an order can go', () => {
    expect(names).toEqual(expect.arrayContaining(STORIES.map(({name}) => name)));
  });

  it('are found out when a history tells of another step', async () => {
    const text = JSON.stringify(find('delivered-single'));
    expect(text).toContain('"capture"');
    const history = JSON.parse(text.replaceAll('"capture"', '"refund"')) as StoredHistory;
    const [result] = await replayAll({codePath}, [history]);
    expect(result?.error).toMatch(/TMPRL1100|[Nn]ondeterminism/);
  });

  it.each(INCOMPATIBLE)('are found out when they %s', async (_what, name, edits) => {
    const [result] = await failing(edited(...edits), [find(name)]);
    expect(result?.error).toMatch(/TMPRL1100|[Nn]ondeterminism/);
  });

  it('may take another step where patched() guards it: runs of before go on as they went', async () => {
    const guard = '(0,_temporalio_workflow__WEBPACK_IMPORTED_MODULE_0__.patched)';
    const again = `if (${guard}('plan-again')) await planAgain(run);`;
    const code = edited([LOCK, `${again} ${LOCK.source.replaceAll('\\', '')}`]);
    expect(await failing(code, stored)).toEqual([]);
  });

  function find(name: string): StoredHistory {
    const found = stored.find((history) => history.name === name);
    if (!found) throw new Error(`no history ${name}`);
    return found;
  }
});
