import {until} from '../support/until.ts';
import {stockCatalogue} from '../support/catalogue.ts';
import {describeInChromium} from './browser.ts';
import {deskSuite, openEdge, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

const suite = deskSuite(async () => {
  const edge = await openEdge();
  await stockCatalogue(edge.api);
  for (const [i, aisle] of ['01', '01', '02', '02'].entries()) {
    const place = {aisle, rack: 'A', shelf: String(i + 1), x_mm: Number(aisle) * 3_000, y_mm: i * 1_200};
    const bin = `${aisle}-A-${i + 1}`;
    await edge.api.as('ops').put(`/v1/warehouses/WH-NY-1/bins/${bin}`, place).expect(200);
  }
  const box = {inner_mm: [300, 200, 100], outer_mm: [310, 210, 110], weight_g: 120, max_weight_g: 9_000};
  await edge.api
    .as('ops')
    .put('/v1/boxes/SMALL', {...box, cost: {amount: 45, currency: 'USD'}})
    .expect(200);
  const days = {open_weekdays: [1, 2, 3, 4, 5, 6], closed_dates: ['2026-12-25', '2027-01-01']};
  await edge.api.as('ops').put('/v1/warehouses/WH-NY-1/calendar', days).expect(200);
  return edge;
});
const rows = () => suite.shop.api.store.prisma;

const HEADER = 'SKU;Name;Price;Currency;Weight g;Length mm;Width mm;Height mm;Barcode';

describeInChromium(SIDES)('the set-up room, $side', (given) => {
  let at: DeskVisit;
  beforeAll(async () => {
    at = await suite.enter(given, given.side, ['admin']);
  }, PATIENCE);

  step('shows each of its pages', async () => {
    for (const path of 'people products boxes warehouses bins receipts shipping-rates taxes promo-codes suppliers offers carrier-codes'.split(
      ' ',
    )) {
      await at.go(`/desk/setup/${path}`);
      await at.page.locator('.setup-page h1').waitFor();
      await at.page.locator('.ui-skeleton').waitFor({state: 'detached'});
      await at.look(`setup-${path}`);
    }
    breaksNothing(at);
  });

  step('opens the form of one beside the list', async () => {
    await at.go('/desk/setup/products?edit=WATER-5L');
    await at.page.getByRole('dialog').waitFor();
    await at.look('setup-product-form');
    await at.go('/desk/setup/warehouses?edit=WH-NY-1');
    await at.page.locator('.setup-extra dl').nth(1).waitFor();
    await at.look('setup-warehouse-form');
    breaksNothing(at);
  });

  step('shows what would come of a file', async () => {
    await at.go('/desk/setup/import/products');
    await at.page.locator('.setup-drop').waitFor();
    await at.look('setup-import', {whole: true});
    const text = `${HEADER}\nWATER-5L;Still water;6,00;USD;5000;180;180;330;1\nMUG;Mug;x;USD;1;1;1;1;2\nCAP;Cap;1;USD;1;1;1;1;2`;
    const buffer = Buffer.from(text);
    await at.page.locator('input[type=file]').setInputFiles({name: 'goods.csv', mimeType: 'text/csv', buffer});
    await at.page.locator('.setup-counts').waitFor();
    await at.look('setup-import-changes', {whole: true});
    breaksNothing(at);
  });
});

describeInChromium(SIDES.slice(0, 1))('an admin sets up, $side', (given) => {
  let at: DeskVisit;
  beforeAll(async () => {
    at = await suite.enter(given, 'boss', ['admin']);
    await at.go('/desk/setup');
    await at.page.locator('.setup-page h1').waitFor();
  }, PATIENCE);
  const field = (name: string | RegExp) => at.page.getByLabel(name).first();

  step('hires a person, whose password is told once, and lets them go and back', async () => {
    await at.page.keyboard.press('n');
    await field('Login').fill('nora');
    await field('Name').fill('Nora Newman');
    await field('Picking').check();
    await at.press('Add');
    await at.sees('This is needed.');
    await at.page.getByRole('combobox', {name: 'Warehouse'}).selectOption('WH-NY-1');
    await at.press('Add');
    await at.sees('Added.');
    await at.follow('nora');
    await at.press('New password');
    await at.press('Make it');
    const code = at.page.locator('.setup-secret code');
    await code.waitFor();
    await at.look('setup-password');
    const password = (await code.textContent()) ?? '';
    expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    await at.press('Noted');
    await field('Works here').uncheck();
    await at.press('Save');
    await at.sees('Has left');
    expect(await rows().staff.findUnique({where: {id: 'nora'}})).toMatchObject({active: false});
    await at.press('Undo');
    await at.sees('nora is as it was before.');
    expect(await rows().staff.findUnique({where: {id: 'nora'}})).toMatchObject({
      ...{active: true, roles: ['picker'], warehouse_id: 'WH-NY-1'},
    });
    breaksNothing(at);
  });

  step('adds a product, is told what is wrong at the fields, and that a name is taken', async () => {
    await at.follow('Products');
    await at.page.getByRole('heading', {level: 1, name: 'Products'}).waitFor();
    await at.page.keyboard.press('n');
    await field('SKU').fill('TEA');
    await field('Name').fill('Teapot');
    await field('Barcode').fill('4006381333948');
    await field(/^Price/).fill('24,90');
    await field('Currency').fill('USD');
    for (const name of ['Weight', 'Length', 'Width']) await field(new RegExp(`^${name}`)).fill('120');
    await field(/^Height/).fill('tall');
    await at.press('Add');
    await at.sees('This is not a number.');
    await at.look('setup-product-faults');
    await field(/^Height/).fill('90');
    await at.press('Add');
    await at.sees('There is one of this name already.');
    await field('SKU').fill('TEAPOT');
    await at.press('Add');
    await at.sees('Added.');
    // the same was said of the person before
    const made = await until('the product', () => rows().products.findUnique({where: {sku: 'TEAPOT'}}));
    expect(made).toMatchObject({price_amount: 2_490n, currency: 'USD', height_mm: 90});
    breaksNothing(at);
  });

  step('does not write over what somebody changed meanwhile', async () => {
    await at.go('/desk/setup/products?edit=TEAPOT');
    await at.page.getByRole('dialog').waitFor();
    await field('Name').fill('Teapot, large');
    const row = await rows().products.findUniqueOrThrow({where: {sku: 'TEAPOT'}});
    await rows().products.update({
      where: {sku: 'TEAPOT'},
      data: {name: 'Teapot, blue', updated_at: new Date(row.updated_at.getTime() + 1)},
    });
    await at.press('Save');
    await at.sees('It is not as you saw it');
    expect(await rows().products.findUnique({where: {sku: 'TEAPOT'}})).toMatchObject({name: 'Teapot, blue'});
    breaksNothing(at);
  });

  step('does so neither when the list behind the form was read again', async () => {
    const path = '/v1/staff/nora';
    const nora = {roles: ['picker'], warehouse: 'WH-NY-1'};
    await at.go('/desk/setup/people?edit=nora');
    await field('Name').fill('Nora N.');
    await suite.shop.api
      .as('ops')
      .put(path, {...nora, name: 'Nora Newman-Lee'})
      .expect(200);
    let read = false;
    at.page.on('response', (answer) => (read ||= answer.url().endsWith('/v1/staff')));
    // somebody looks at another window and comes back, after a while
    const lookAway = `for (const value of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', {value, configurable: true});
      dispatchEvent(new Event('visibilitychange'));
    }`;
    await until('the list to be read again', async () => {
      await at.page.evaluate(lookAway);
      return read;
    });
    await at.press('Save');
    await at.sees('It is not as you saw it');
    expect(await rows().staff.findUnique({where: {id: 'nora'}})).toMatchObject({name: 'Nora Newman-Lee'});
    breaksNothing(at);
  });

  step('tells the signing secret of a new supplier once', async () => {
    await at.go('/desk/setup/suppliers?new=1');
    const fill = {Supplier: 'mill', Name: 'Tea mill', Currency: 'USD', Country: 'US', 'E-mail': 'orders@mill.example'};
    for (const [name, value] of Object.entries(fill)) await at.page.getByRole('textbox', {name}).fill(value);
    await at.press('Add');
    const code = at.page.locator('.setup-secret code');
    await code.waitFor();
    expect((await code.textContent())?.length).toBeGreaterThan(20);
    await at.press('Noted');
    await at.page.getByRole('link', {name: 'mill'}).waitFor();
    await at.go('/desk/setup/offers');
    await at.sees('Nothing here yet');
    breaksNothing(at);
  });

  const file = (...lines: string[]) => ({
    ...{name: 'products.csv', mimeType: 'text/csv'},
    buffer: Buffer.from(`\ufeff${[HEADER, ...lines].join('\r\n')}`),
  });
  const choose = (...lines: string[]) => at.page.locator('input[type=file]').setInputFiles(file(...lines));
  const GOOD = ['CUP;Cup;"4,50";USD;200;90;90;100;11', 'WATER-5L;"Water; 5 l";6,00;USD;5000;180;180;330;4006381333931'];
  const BAD = ['JUG;Jug;4.5.0;USD;200;90;90;100;12', 'MUG;Mug;4,50;USD;light;90;90;100;13'];

  step('imports a file: sees two bad lines, corrects them, imports, and again nothing changes', async () => {
    await at.go('/desk/setup/products');
    await at.follow('Import CSV');
    await at.sees('Drop a CSV file here, or choose one');
    await at.look('setup-import-choose', {whole: true});
    const before = await rows().products.count();
    await choose(...GOOD, ...BAD);
    await at.sees('2 lines are refused');
    await at.sees('is no amount of this currency');
    await at.sees('6.00');
    await at.look('setup-import-preview', {whole: true});
    expect(await at.page.getByRole('button', {name: 'Import 2 lines'}).getAttribute('aria-disabled')).toBe('true');
    await at.press('Another file');
    await choose(...GOOD, BAD[0]?.replace('4.5.0', '4.50') ?? '', BAD[1]?.replace('light', '180') ?? '');
    await at.press('Import 4 lines');
    await at.sees('4 lines are imported');
    await at.look('setup-import-done', {whole: true});
    expect(await rows().products.count()).toBe(before + 3);
    expect(await rows().products.findUnique({where: {sku: 'WATER-5L'}})).toMatchObject({
      ...{name: 'Water; 5 l', price_amount: 600n, category: 'drinks'},
    });
    await at.press('Another file');
    await choose(...GOOD);
    await at.sees('Everything is there already: there is nothing to write.');
    breaksNothing(at);
  });
});

describeInChromium(SIDES.slice(0, 1))('somebody of finance, $side', (given) => {
  step('finds prices to set, products to read, and no people', async () => {
    const at = await suite.enter(given, 'fin', ['finance']);
    await at.go('/desk/setup/taxes');
    await at.page.getByRole('button', {name: 'New tax'}).waitFor();
    const nav = at.page.getByRole('navigation', {name: 'Pages of the set-up'});
    expect(await nav.getByRole('link').allTextContents()).toEqual(
      'Products|Warehouses|Shipping prices|Taxes|Promo codes|Suppliers|What suppliers offer'.split('|'),
    );
    await at.go('/desk/setup/products?edit=WATER-5L');
    await at.page.getByRole('dialog').waitFor();
    expect(await at.page.getByRole('textbox', {name: 'Name'}).isDisabled()).toBe(true);
    expect(await at.page.getByRole('button', {name: 'New product'}).count()).toBe(0);
    expect(await at.page.getByRole('button', {name: 'Save'}).count()).toBe(0);
    breaksNothing(at);
  });
});
