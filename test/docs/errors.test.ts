import {readdirSync, readFileSync} from 'node:fs';
import {PROBLEMS} from '../../api/errors.ts';

const page = readFileSync('docs/errors.md', 'utf8');
const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

/** Rows of the table whose header begins with this cell. */
function table(header: string): string[][] {
  const start = rows.findIndex(([, first]) => first === header) + 2;
  const length = rows.slice(start).findIndex((cells) => cells.length < 3);
  return rows.slice(start, start + length).map((cells) => cells.slice(1, -1));
}

const sources = (folder: string, pattern: RegExp) =>
  readdirSync(folder)
    .filter((file) => pattern.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');

describe('docs/errors.md', () => {
  it('has every problem of the interface, as it is answered, and no other', () => {
    const told = table('code').map(([code, status, title]) => [code, Number(status), title]);
    const known = Object.entries(PROBLEMS).map(([code, [status, title]]) => [`\`${code}\``, status, title]);
    expect(told).toEqual(known);
  });

  it('says what to do about each', () => {
    for (const [code, , , advice] of table('code')) expect([code, (advice ?? '').length > 10]).toEqual([code, true]);
  });

  it('has every code a scan is refused with, and no other', () => {
    const code = sources('domain/warehouse', /^scan/) + sources('store', /^(scan|record-scan)/);
    const used = [...code.matchAll(/refused?\(\s*(?:task\.state === 'done' \? )?'(\w+)'(?: : '(\w+)')?/g)];
    const known = new Set(used.flatMap(([, first, second]) => [first, second]).filter(Boolean));
    const told = table('scan code').map(([cell]) => cell?.replaceAll('`', ''));
    expect(new Set(told)).toEqual(known);
  });

  it('has every fault that an order can be refused for', () => {
    const code = sources('domain/intake', /./) + sources('domain/address', /^validate/) + sources('api', /^validate/);
    const faults = [...code.matchAll(/(?:fault\(\s*[^,]+,|code:|return) '([a-z]+(?:_[a-z]+)*)'/g)].map(
      ([, name]) => name,
    );
    const offers = sources('domain/pricing', /^promo/) + sources('domain/quoting', /^check/);
    for (const [, name] of offers.matchAll(/'((?:promo_code|quote)_[a-z_]+)'/g)) faults.push(name);
    expect(faults.length).toBeGreaterThan(20);
    for (const name of faults) expect(page).toContain(`\`${name}\``);
  });
});
