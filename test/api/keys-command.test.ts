import {authorize} from '../../api/auth.ts';
import {runKeys} from '../../api/keys-command.ts';
import {stockCatalogue} from '../support/catalogue.ts';
import {startTestApi, type TestApi} from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
});
afterAll(() => api.close());

async function keys(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  await runKeys(api.store, args, (line) => lines.push(line));
  return lines;
}

const enter = (key: string | undefined) =>
  authorize(api.store, {headers: {authorization: `Bearer ${key}`}} as never, {roles: ['ops', 'admin', 'picker']});

describe('the command for API keys', () => {
  it('shows a key once and keeps only its hash', async () => {
    const [, key = ''] = await keys('create', '--role', 'admin', '--client', 'ops-1');
    expect(await enter(key)).toEqual({
      client_id: 'ops-1',
      role: 'admin',
      roles: ['admin'],
      warehouse_id: null,
      supplier_id: null,
    });
    const stored = JSON.stringify(await api.store.prisma.api_keys.findMany({where: {client_id: 'ops-1'}}));
    expect(stored).not.toContain(key);
    const listed = await keys('list');
    expect(listed.join('\n')).toContain('ops-1  admin  everywhere');
    expect(listed.join('\n')).not.toContain(key);
  });

  it('lets two keys of a client live side by side only when told to', async () => {
    const [, first] = await keys('create', '--role', 'ops', '--client', 'ops-2');
    await expect(keys('create', '--role', 'ops', '--client', 'ops-2')).rejects.toThrow('has a key already');
    const [, second] = await keys('create', '--role', 'ops', '--client', 'ops-2', '--keep');
    await enter(first);
    const [, third] = await keys('create', '--role', 'ops', '--client', 'ops-2', '--replace');
    for (const gone of [first, second]) await expect(enter(gone)).rejects.toMatchObject({code: 'unauthenticated'});
    await enter(third);
  });

  it('ends a key at once', async () => {
    const [line = '', key] = await keys('create', '--role', 'picker', '--client', 'p-1', '--warehouse', 'WH-NY-1');
    expect(await enter(key)).toMatchObject({warehouse_id: 'WH-NY-1'});
    expect(await keys('disable', line.split(':')[0] ?? '')).toEqual([expect.stringContaining('1 key of')]);
    await expect(enter(key)).rejects.toMatchObject({code: 'unauthenticated'});
    await expect(keys('disable', '--client', 'p-1')).rejects.toThrow('no live key');
  });

  it.each([
    [['create', '--role', 'king', '--client', 'x'], '--role is one of'],
    [['create', '--role', 'ops'], '--client is a name'],
    [['create', '--role', 'ops', '--client', 'x', '--warehouse', 'WH-NONE'], 'no warehouse WH-NONE'],
    [['create', '--role', 'ops', '--client', 'x', '--keep', '--replace'], 'exclude each other'],
    [['disable'], 'npm run keys'],
    [['rename'], 'npm run keys'],
    [['list', '--all'], 'npm run keys'],
  ])('refuses %j in a sentence', async (args, sentence) => {
    await expect(keys(...args)).rejects.toThrow(sentence);
  });
});
