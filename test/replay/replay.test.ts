import {readFileSync} from 'node:fs';
import {installRuntime} from '../../workers/runtime.ts';
import {replayAll, type StoredHistory, storedHistories} from './replay.ts';

const codePath = process.env['TEST_WORKFLOW_BUNDLE'] ?? '';

/** How each run that an order can have ended: the kinds that must not be missing. */
const KINDS = [
  'delivered-single',
  'delivered-split',
  'delivered-after-renewal',
  'cancelled-by-decline',
  'cancelled-by-shopper',
  'cancelled-by-review',
  'refunded-by-loss',
];

describe('the workflows of today', () => {
  beforeAll(() => installRuntime('ERROR'));

  it('go the same way as every run that is stored', async () => {
    const stored = storedHistories();
    expect(stored.map(({name}) => name)).toEqual(expect.arrayContaining(KINDS));
    const results = await replayAll({codePath}, stored);
    expect(results.filter(({error}) => error !== undefined)).toEqual([]);
    expect(results).toHaveLength(stored.length);
  });

  it('are found out when a history tells of another step', async () => {
    const history = find('delivered-single');
    const text = JSON.stringify(history);
    expect(text).toContain('"capture"');
    const [result] = await replayAll({codePath}, [
      JSON.parse(text.replaceAll('"capture"', '"refund"')) as StoredHistory,
    ]);
    expect(result?.error).toMatch(/TMPRL1100|[Nn]ondeterminism/);
  });

  it.each([
    [
      'ask for the plan once more',
      'const reserved = await lockStock',
      'await planAgain(run); const reserved = await lockStock',
    ],
    ['ask for a capture instead of a hold', "outside('Hold the money').authorize", "outside('Hold the money').capture"],
    ['start no sub-order', /await \(0,\w+\.startParts\)\(run, parts\);/, ''],
  ] as [string, string | RegExp, string][])('are found out when they %s', async (_what, from, to) => {
    const code = readFileSync(codePath, 'utf8');
    expect(code).toMatch(from instanceof RegExp ? from : new RegExp(from.replaceAll(/[.()]/g, '\\$&')));
    const [result] = await replayAll({code: code.replace(from, to)}, [find('delivered-single')]);
    expect(result?.error).toMatch(/TMPRL1100|[Nn]ondeterminism/);
  });
});

function find(name: string): StoredHistory {
  const found = storedHistories().find((history) => history.name === name);
  if (!found) throw new Error(`no history ${name}`);
  return found;
}
