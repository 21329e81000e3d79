import {hash32} from '../random.ts';
import {signIn} from './doors.ts';
import {until, type Walk} from './walk.ts';
import type {Window} from './window.ts';

const HEADER = 'SKU;Name;Price;Currency;Weight g;Length mm;Width mm;Height mm;Barcode';
/** So many that one can watch them being written. */
const LINES = 50_000;
const PAGES =
  'people products boxes warehouses bins receipts shipping-rates taxes promo-codes suppliers offers carrier-codes'.split(
    ' ',
  );

/** The same products in every walk, at other prices. */
function productFile(tag: string): Buffer {
  const cents = 200 + (hash32(tag) % 700);
  const lines = Array.from({length: LINES}, (_, i) => {
    const n = String(i + 1).padStart(5, '0');
    return `WALK-${n};Postcard ${n};${(cents / 100).toFixed(2)};USD;12;148;105;1;29${n.padStart(10, '0')}`;
  });
  return Buffer.from([HEADER, ...lines].join('\n'));
}

/** Somebody sets up the shop: a large file of products, and a look at every page. */
export async function setUp(walk: Walk): Promise<void> {
  const {step, doors} = walk;
  const window = await walk.open('desktop');
  await step('set-up: signs in and chooses a file of products', async () => {
    await signIn(window, doors.office['admin'], '/desk/setup/import/products');
    await window.sees('Drop a CSV file here, or choose one');
    await window.look('setup-import-choose');
  });
  await step(`set-up: sees what would come of its ${LINES} lines, before anything is written`, async () => {
    const buffer = productFile(walk.crew.tag);
    await window.page.locator('input[type=file]').setInputFiles({name: 'cards.csv', mimeType: 'text/csv', buffer});
    await window.page.locator('.setup-counts').waitFor({timeout: 120_000});
    await window.look('setup-import-preview');
  });
  await step('set-up: sees how far the writing is, and that it moves', async () => {
    await window.page.evaluate(NOTE_BAR);
    await window.press(/^Import 50,000 lines/);
    await seesMoving(window, /50,000 lines are imported/);
    await window.look('setup-import-done');
  });
  await step('set-up: finds the products in the list', async () => {
    await window.follow('To the list');
    await window.sees('Postcard');
  });
  for (const page of PAGES) {
    await step(`set-up: looks at ${page}`, async () => {
      await window.go(`/desk/setup/${page}`);
      await window.page.locator('.setup-page h1').waitFor();
      await window.page.locator('.ui-skeleton').first().waitFor({state: 'detached'});
      await window.look(`setup-${page}`);
    });
  }
  await step('set-up: opens a form beside its list', async () => {
    await window.go('/desk/setup/products?edit=WATER-5L');
    await window.dialog().waitFor();
    await window.look('setup-form-product');
    await window.go('/desk/setup/warehouses?edit=WH-NY-1');
    await window.dialog().waitFor();
    await window.look('setup-form-warehouse');
  });
  await window.close();
}

/** The page notes where its bar stands, whenever that changes. */
const NOTE_BAR = `{
  globalThis.barStood = [];
  const note = () => document.querySelectorAll('progress[value]').forEach(({value, max}) => barStood.push(value / max));
  new MutationObserver(note).observe(document.body, {subtree: true, childList: true, attributes: true});
}`;

/** The bar stood somewhere between its beginning and its end, and never went back. */
async function seesMoving({page, keep}: Window, done: RegExp): Promise<void> {
  const stood = () => page.evaluate<number[]>('barStood');
  let kept = false;
  await until('the file to be written', async () => {
    if (!kept && (await stood()).some((share) => share > 0)) {
      kept = true;
      await keep('setup-import-moving');
    }
    return page.getByText(done).isVisible();
  });
  const seen = await stood();
  const told = [...new Set(seen)].map((share) => `${Math.round(share * 100)} %`).join(', ');
  if (!seen.some((share) => share > 0 && share < 1)) throw new Error(`the bar did not move: ${told}`);
  if (seen.some((share, i) => share < (seen[i - 1] ?? 0))) throw new Error(`the bar went back: ${told}`);
}
