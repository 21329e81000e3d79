import {violationsAtRest} from '../support/books.ts';
import {describeInChromium} from './browser.ts';
import {floorSuite, step} from './floor-suite.ts';
import {GOODS} from './shop-floor.ts';
import {enter, PATIENCE, SIZES, type Visit, visit} from './visit.ts';

const [WHEY, MUG, LAMP] = GOODS;

const suite = floorSuite();

describeInChromium(SIZES)('goods and stock, $size', (given) => {
  let at: Visit;
  const {person, size} = given;
  const inBin = async (sku: string, bin: string) => {
    const key = {warehouse_id: 'EAST', sku, bin};
    return (await suite.shop.world.api.store.prisma.stock_bins.findFirst({where: key}))?.on_hand ?? 0;
  };
  const answer = async (...codes: string[]) => {
    for (const code of codes) await at.scan(code);
  };

  beforeAll(async () => {
    const badge = await suite.shop.hire(person, 'Ann', ['picker', 'receiver']);
    at = await visit(suite.browser, given);
    await enter(at, suite.shop, badge, '/floor/stock');
  }, PATIENCE);

  step('take a delivery in, refuse unknown codes, and count a delivery scanned twice once', async () => {
    const before = await inBin(MUG.sku, '3-A-1');
    const receive = async (digits: string) => {
      await at.press('Receive goods');
      await answer(`NOTE-${person}`, MUG.barcode);
      await at.sees('How many?');
      await at.type(digits);
      await at.sees('Scan the bin it goes to');
      await at.scan('3-A-1');
    };
    await at.press('Receive goods');
    await at.look('40-receive');
    await answer(`NOTE-${person}`, '0000000000000');
    await at.sees('No product has this code. Put it aside and tell the lead.');
    await at.look('41-unknown-product');
    await at.scan(MUG.barcode);
    await at.sees('How many?');
    await at.look('42-how-many');
    await at.type('12');
    await at.scan(MUG.barcode);
    await at.sees('No bin here has this code. Scan the label on the shelf.');
    await at.scan('3-A-1');
    await at.sees('Booked.');
    await at.look('43-booked');
    await receive('12');
    await at.sees('This delivery is booked already: 12 of it in 3-A-1.');
    await at.look('44-booked-before');
    await at.press('Back');
    await receive('15');
    await at.sees('This was booked before with another number or bin.');
    expect(await inBin(MUG.sku, '3-A-1')).toBe(before + 12);
    await at.press('More of it came: book it too');
    await at.sees('Booked.');
    expect(await inBin(MUG.sku, '3-A-1')).toBe(before + 27);
  });

  step('put goods away, and no more of them than lie there', async () => {
    const before = await inBin(MUG.sku, '3-A-1');
    const put = async (digits: string, to: string) => {
      await at.press('Put away');
      await answer('3-A-1', MUG.barcode);
      await at.sees('How many?');
      await at.type(digits);
      await at.scan(to);
    };
    await put('9999', 'A-2');
    await at.sees(`Only ${before} can be taken from this bin`);
    await at.look('45-too-many');
    await at.press('Back');
    await put('5', '3-A-1');
    await at.sees('It lies in this bin. Scan the one it goes to.');
    await at.press('Back');
    await put('5', 'A-2');
    await at.sees('Booked.');
    expect(await inBin(MUG.sku, '3-A-1')).toBe(before - 5);
  });

  step('count a bin that waits for it, and any other', async () => {
    const {prisma} = suite.shop.world.api.store;
    const there = await inBin(WHEY.sku, '12-C-4');
    const id = `cnt_${size}`;
    const row = {id, warehouse_id: 'EAST', sku: WHEY.sku, bin: '12-C-4', state: 'open' as const};
    await prisma.count_tasks.create({data: {...row, reason: 'short_pick', created_at: new Date()}});
    await at.press('Count bins');
    await at.sees('12-C-4');
    await at.look('46-counts');
    await at.scan('12-C-4');
    await at.scan('3-A-1');
    await at.sees('This is another bin. Go to 12-C-4.');
    await at.scan('12-C-4');
    await at.sees('How many lie there?');
    await at.look('47-counting');
    await at.type(String(there));
    await at.sees('Booked.');
    const counted = await prisma.count_tasks.findUniqueOrThrow({where: {id}});
    expect([counted.state, counted.counted]).toEqual(['done', there]);
    await at.press('Count a bin');
    await answer('7-B-2', LAMP.barcode);
    await at.type(String((await inBin(LAMP.sku, '7-B-2')) - 1));
    await at.sees('Booked.');
    await at.press('Back');
  });

  step('send goods to another site, and take in what comes from there', async () => {
    const {prisma} = suite.shop.world.api.store;
    const send = async (digits: string, site: string) => {
      await at.press('Send to another site');
      await answer('7-B-2', LAMP.barcode);
      await at.sees('How many?');
      await at.type(digits);
      await at.scan(site);
    };
    await send('2', 'NOWHERE');
    await at.sees('There is no such site.');
    await at.press('Back');
    await send('2', 'WEST');
    await at.sees('Booked.');
    const sent = await prisma.transfers.findFirstOrThrow({where: {from_warehouse: 'EAST'}, orderBy: {sent_at: 'desc'}});
    expect(sent).toMatchObject({qty: 2, to_warehouse: 'WEST', actor: `staff:${person}`});
    const admin = suite.shop.world.api.as('admin');
    await admin.post('/v1/inventory/receipts', {
      ...{warehouse: 'WEST', sku: MUG.sku, qty: 9, bin: 'A-1'},
      reference: size,
    });
    const transfer = {reference: `to-east-${size}`, sku: MUG.sku, qty: 4};
    const places = {from: {warehouse: 'WEST', bin: 'A-1'}, to: {warehouse: 'EAST'}};
    const {body} = await admin.post('/v1/inventory/transfers', {...transfer, ...places}).expect(200);
    const arrive = async (code: string, digits: string) => {
      await at.press('A transfer arrived');
      await at.scan(code);
      await at.sees('How many?');
      await at.type(digits);
      await at.scan('3-A-1');
    };
    const before = await inBin(MUG.sku, '3-A-1');
    await arrive('trf_none', '4');
    await at.sees('There is no such transfer.');
    await at.press('Back');
    await arrive(body.transfer_id, '5');
    await at.sees('Only 4 were sent.');
    await at.look('48-more-than-sent');
    await at.press('Back');
    await arrive(body.transfer_id, '4');
    await at.sees('Booked.');
    expect(await inBin(MUG.sku, '3-A-1')).toBe(before + 4);
  });

  step('break nowhere, hide no button, and leave nobody out', async () => {
    expect(at.broken).toEqual([]);
    expect(at.serious).toEqual([]);
    expect(at.below).toEqual([]);
    expect(await violationsAtRest(suite.shop.world)).toEqual([]);
  });
});
