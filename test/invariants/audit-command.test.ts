import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

const program = resolve('dist/simulation/audit-main.js');

describe('npm run audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-audit-'));
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  const audit = (...args: string[]) =>
    spawnSync(process.execPath, [program, '--data-dir', folder, ...args], {encoding: 'utf8'});

  it('ends with 2 and says what to do when nothing runs from the folder', () => {
    const {status, stderr} = audit();
    expect(status).toBe(2);
    expect(stderr).toMatch(/No running Waybill in .*Start it with npm start/);
  });

  it('ends with 2 when a neighbour is not to be audited', () => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run', 'urls.json'), JSON.stringify({database: 'postgresql://x', stripe: null}));
    const {status, stderr} = audit('--json');
    expect(status).toBe(2);
    expect(stderr).toMatch(/names no stripe/);
  });
});
