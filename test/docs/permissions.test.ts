import {readFileSync, writeFileSync} from 'node:fs';
import {OPERATIONS} from '../../api/contract/index.ts';
import {PERMISSIONS} from '../../api/permissions.ts';

const FILE = 'docs/security.md';

/** One row for each call of the interface: who may make it. */
function rowOf({id, method, path}: (typeof OPERATIONS)[number]): string {
  const permission = PERMISSIONS[id];
  if (permission === undefined) throw new Error(`permissions.ts has no entry for ${id}`);
  const roles =
    permission === 'public'
      ? 'everybody'
      : `${permission.roles.join(', ')}${permission.local ? '; without a key from the same machine' : ''}`;
  return `| ${method.toUpperCase()} \`${path}\` | ${roles} |`;
}

/** `UPDATE_DOCS=1 npm test -- docs/permissions` writes the table. */
it('docs/security.md has who may call what, as it is', () => {
  const table = ['| call | roles |', '|---|---|', ...OPERATIONS.map(rowOf)].join('\n');
  const page = readFileSync(FILE, 'utf8');
  const found = /\| call \| roles \|\n(?:\|.*\n)*/.exec(page)?.[0] ?? '';
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(FILE, page.replace(found, `${table}\n`));
  else expect(found.trimEnd()).toBe(table);
});
