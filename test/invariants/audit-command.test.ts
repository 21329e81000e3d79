import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

const program = resolve('dist/simulation/audit-main.js');

describe('npm run audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-audit-'));
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  const {DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env} = process.env;
  const audit = (...args: string[]) =>
    spawnSync(process.execPath, [program, '--data-dir', folder, ...args], {encoding: 'utf8', env});

  it('ends with 2 and says what to do when nothing runs from the folder', () => {
    const {status, stderr} = audit();
    expect(status).toBe(2);
    expect(stderr).toMatch(/No running Waybill in .*Start it with npm start/);
  });

  it('ends with 2 when it is not told where Temporal is', () => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run', 'urls.json'), JSON.stringify({database: 'postgresql://x', stripe: null}));
    const {status, stderr} = audit('--json');
    expect(status).toBe(2);
    expect(stderr).toMatch(/names no temporal/);
  });

  it('refuses an interval that is none', () => {
    const {status, stderr} = audit('--every', 'often');
    expect(status).toBe(2);
    expect(stderr).toMatch(/30s, 15m or 1h, not "often"/);
  });
});
