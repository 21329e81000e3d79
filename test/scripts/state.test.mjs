import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {developmentKeys, emptyDataDir, keepPorts, secrets, sharedClock} from '../../scripts/lib/state.mjs';

describe('a data folder', () => {
  let dir;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'waybill-state-'));
  });
  afterEach(() => rmSync(dir, {recursive: true}));

  it('keeps keys and secrets from one start to the next, readable by the owner only', () => {
    const {file, keys} = developmentKeys(dir);
    expect(keys.admin).toMatch(/^wb_dev_[\w-]{43}$/);
    expect(new Set(Object.values(keys)).size).toBe(14);
    expect(developmentKeys(dir).keys).toEqual(keys);
    expect(secrets(dir)).toEqual(secrets(dir));
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('gives a role that is new a key and leaves the others theirs', () => {
    writeFileSync(join(dir, 'keys.json'), JSON.stringify({admin: 'kept'}));
    const {keys} = developmentKeys(dir);
    expect(keys.admin).toBe('kept');
    expect(keys.picker).toMatch(/^wb_dev_/);
  });

  it('keeps its ports', async () => {
    const ports = await keepPorts(dir, ['api', 'mail']);
    expect(await keepPorts(dir, ['api', 'mail', 'stripe'])).toMatchObject(ports);
  });

  it('goes on from the virtual time reached when the speed changes, and keeps the speed when none is named', () => {
    expect(sharedClock(dir, 10, 1_000)).toEqual({t0: 1_000, real0: 1_000, speed: 10});
    expect(sharedClock(dir, undefined, 2_000)).toEqual({t0: 1_000, real0: 1_000, speed: 10});
    expect(sharedClock(dir, 2, 3_000)).toEqual({t0: 21_000, real0: 3_000, speed: 2});
    expect(sharedClock(dir, 1, 4_000)).toEqual({t0: 23_000, real0: 4_000, speed: 1});
  });

  it('is emptied only if it is ours', () => {
    writeFileSync(join(dir, 'letter.txt'), 'dear');
    expect(() => emptyDataDir(dir)).toThrow('are not Waybill');
    sharedClock(dir, 1);
    emptyDataDir(dir);
    expect(existsSync(join(dir, 'clock.json'))).toBe(false);
    expect(readFileSync(join(dir, 'letter.txt'), 'utf8')).toBe('dear');
  });
});
