import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import type {Page} from './chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run: (options: object) => Promise<{violations: {id: string; impact: string; nodes: {html: string}[]}[]}>;
}

/** What axe finds serious on the page as it is; evaluated, because the page lets no script in that is not its own. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const {axe} = globalThis as unknown as {axe: Axe};
    return (await axe.run({resultTypes: ['violations']})).violations;
  });
  return violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .map(({id, nodes}) => `${id}: ${nodes[0]?.html}`);
}
