import {existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {pageSizes, SCRIPT_LIMIT} from './sizes.ts';

describe('what pages load', () => {
  it('is the entry, what it imports, and the room that is entered, each once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-sizes-'));
    for (const [name, bytes] of [
      ['a.js', 5],
      ['a.js.gz', 3],
      ['shared.js.gz', 10],
      ['shared.js', 30],
      ['room.js', 100],
    ] as const)
      writeFileSync(join(folder, name), 'x'.repeat(bytes));
    const manifest = {
      a: {file: 'a.js', isEntry: true, imports: ['shared'], dynamicImports: ['room']},
      shared: {file: 'shared.js'},
      room: {file: 'room.js', isDynamicEntry: true, imports: ['shared', 'a']},
    };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    expect(pageSizes(folder)).toEqual([
      {page: 'a', script: 13},
      {page: 'room', script: 113},
    ]);
    rmSync(folder, {recursive: true});
  });

  it('is within its limit on every page', () => {
    const sizes = pageSizes(fileURLToPath(new URL('../../dist/pages', import.meta.url)));
    const desk = fileURLToPath(new URL('../../web/desk', import.meta.url));
    const rooms = readdirSync(desk).filter((name) => existsSync(join(desk, name, 'index.tsx')));
    expect(rooms).toContain('ops');
    const pages = sizes.map(({page}) => page);
    expect(pages).toEqual(expect.arrayContaining(rooms.map((room) => `web/desk/${room}/index.tsx`)));
    expect(sizes.filter(({script}) => script > SCRIPT_LIMIT)).toEqual([]);
  });
});
