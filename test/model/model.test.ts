import {spawnSync} from 'node:child_process';
import {join} from 'node:path';

const ROOT = process.cwd();

interface Result {
  schedules: number;
  violations: number;
  reached: Record<string, number>;
}

/** In a process of its own: the model puts stand-ins in place of whole modules. */
function model(...args: string[]) {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [join(ROOT, 'dist/test/model/main.js'), '--json', ...args],
    {
      encoding: 'utf8',
      env: {...process.env, WAYBILL_ROOT: ROOT, NODE_OPTIONS: ''},
    },
  );
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`${stdout}\n${stderr}`);
  return {status, said: stderr, result: JSON.parse(last) as Result};
}

describe('the model of orders under faults', () => {
  it('breaks no invariant in 200 schedules of one seed', () => {
    const {status, said, result} = model('--schedules', '200', '--seed', '1');
    expect({status, violations: result.violations, said: result.violations > 0 ? said : ''}).toEqual({
      status: 0,
      violations: 0,
      said: '',
    });
    expect(result.schedules).toBeGreaterThanOrEqual(200);
    const often = ['cancelled in time', 'cancelled too late', 'order ended: delivered', 'a hold is renewed in time'];
    expect(often.filter((what) => !result.reached[what])).toEqual([]);
  }, 180_000);

  it('does the same again from the same seed', () => {
    const [one, two] = [model('--schedules', '15', '--seed', '7'), model('--schedules', '15', '--seed', '7')];
    expect(one.result).toEqual(two.result);
  }, 180_000);
});
