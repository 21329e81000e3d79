import {codesIn} from '../support/read-barcodes.ts';
import {printPdf, wordsOfPdf} from '../support/read-pdf.ts';
import {printZpl} from '../support/read-zpl.ts';
import {LABEL, type LabelFacts, layLabel} from '../../web/print/label-layout.ts';
import {ascii, latin} from '../../web/print/letters.ts';
import {labelPng} from '../../web/print/label-png.ts';
import {labelZpl} from '../../web/print/label-zpl.ts';
import {invoicePdf} from '../../web/print/invoice-pdf.ts';
import {labelPdf} from '../../web/print/pdf.ts';
import {slipPdf} from '../../web/print/slip-pdf.ts';

const FACTS: LabelFacts = {
  order_number: 'ORD-2026-11-21-001',
  parcel_id: 'pcl_01m871579fest7tmhs5prm67wz',
  parcel: {position: 1, of: 2},
  carrier: 'USPS',
  service: 'Priority',
  tracking_number: '9400110898825022579493',
  weight_g: 2_350,
  from: ['New York 1', '1 Dock St', 'New York NY 10001', 'US'],
  to: ['Zoë Müller-Østergård', '20 W 34th St', 'Apt. ^12_B', 'New York NY 10001', 'US'],
};

describe('a printed label', () => {
  const NUMBERS = ['9400110898825022579493', '1Z999AA10123456784', 'EZ1000000001', 'JD014600006281230704', '12345'];
  it.each(NUMBERS)('is read back by a barcode reader, from each of its formats: %s', async (tracking_number) => {
    const facts = {...FACTS, tracking_number};
    const [png, pdf] = await Promise.all([labelPng(facts), labelPdf(facts)]);
    const zpl = printZpl(labelZpl(facts));
    for (const picture of [png, printPdf(pdf, LABEL.dotsPerInch), zpl.png]) {
      expect(await codesIn(picture)).toEqual([['Code128', tracking_number]]);
    }
    expect([zpl.width, zpl.height]).toEqual([LABEL.width, LABEL.height]);
    expect(zpl.texts).toEqual(expect.arrayContaining([tracking_number, ...FACTS.from, ...FACTS.to]));
  });

  it('says to a label printer nothing it does not know, and nothing beyond the paper', () => {
    const zpl = labelZpl(FACTS);
    expect(() => printZpl(zpl.replace('^GB', '^QQ'))).toThrow('a printer does not know ^QQ');
    expect(() => printZpl(zpl.replace('^BY4', '^BY6'))).toThrow('prints beyond the paper');
  });

  it('is not read as something else', async () => {
    const other = await labelPng({...FACTS, tracking_number: '9400110898825022579494'});
    expect(await codesIn(other)).not.toEqual([['Code128', FACTS.tracking_number]]);
  });

  it('has address, carrier and number in every format', async () => {
    const zpl = labelZpl(FACTS);
    expect(zpl.startsWith('^XA\n^PW812\n^LL1218\n^CI28\n')).toBe(true);
    expect(zpl).toContain('^FDZoë Müller-Østergård^FS');
    expect(zpl).toContain('^BCN,190,N,N,N,A^FH^FD9400110898825022579493^FS');
    // what an address holds is never a command
    expect(zpl).toContain('^FDApt. _5E12_5FB^FS');
    const pdf = wordsOfPdf(await labelPdf(FACTS));
    for (const words of ['USPS', 'Priority', '20 W 34th St', '9400110898825022579493']) expect(pdf).toContain(words);
  });

  it.each([
    ['Zoë Øre · Łódź ß', 'Zoe Ore - Lodz ss', 'Zoë Øre · Lódz ß'],
    ['Алексей Иванов', 'Aleksey Ivanov', 'Aleksey Ivanov'],
    ['محمد علي', 'mhmd `ly', 'mhmd `ly'],
    ['東京都 서울', 'DongJingDou SeoUl', 'DongJingDou SeoUl'],
    ['Ann 🎁👩🏽‍🚀 Lee', 'Ann Lee', 'Ann Lee'],
    ['\u202eevil\u202c', 'evil', 'evil'],
  ])('writes %s in letters its font has', (text, inAscii, inLatin) => {
    expect([ascii(text), latin(text)]).toEqual([inAscii, inLatin]);
  });

  it('keeps everything on the paper, however long', () => {
    const long = 'W'.repeat(200);
    const facts = {
      ...FACTS,
      carrier: long,
      service: long,
      to: [long, long, long, long, long],
      tracking_number: 'A'.repeat(30),
    };
    for (const mark of layLabel(facts)) {
      expect(mark.y).toBeLessThan(LABEL.height);
      if (mark.kind === 'barcode') expect(mark.x + mark.module * (11 * 30 + 35)).toBeLessThanOrEqual(LABEL.width);
    }
  });
});

describe('a packing slip', () => {
  it("lists what is in the parcel, in the customer's language, on as many pages as it takes", async () => {
    const items = Array.from({length: 60}, (_, i) => ({sku: `SKU-${i}`, name: `Thing ${i}`, qty: i + 1}));
    const pdf = await slipPdf({...FACTS, packed_on: '2026-11-21', items, lang: 'de-AT'});
    const words = wordsOfPdf(pdf);
    for (const said of ['Packzettel', 'Bestellung', 'Thing 0', 'Thing 59', 'Paket 1 von 2'])
      expect(words).toContain(said);
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
  });
});

describe('a commercial invoice', () => {
  it('lists everything, on as many pages as it takes, however it is described', async () => {
    const lines = Array.from({length: 60}, (_, i) => ({
      ...{sku: `SKU-${i}`, description: i % 7 === 0 ? 'word '.repeat(200) : `Thing ${i}`, qty: i + 1},
      ...{value: 100, weight_g: 50, hs_code: '6912.00', origin_country: 'CN', replaces: true},
    }));
    const facts = {
      ...FACTS,
      made_on: '2026-11-21',
      currency: 'KWD',
      lines,
      value: 6_000,
      reason: 'replacement' as const,
    };
    const pdf = await invoicePdf(facts);
    const words = wordsOfPdf(pdf);
    for (const said of [
      'Thing 59',
      '0.100',
      'Reason for export: Replacement of goods that were sent back',
      'Total value 6.000 KWD',
      'Gross weight 2.350 kg',
    ])
      expect(words).toContain(said);
    const heads = words.split('Description of goods').length - 1;
    expect(heads).toBeGreaterThan(1);
    // a page with nothing but what ran over would have no head
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(heads);
  });
});
