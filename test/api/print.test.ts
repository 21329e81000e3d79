import {inflateSync} from 'node:zlib';
import {codesIn} from '../support/read-barcodes.ts';
import {LABEL, type LabelFacts, layLabel} from '../../web/print/label-layout.ts';
import {ascii, latin} from '../../web/print/letters.ts';
import {labelPng} from '../../web/print/label-png.ts';
import {labelZpl} from '../../web/print/label-zpl.ts';
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

/** The words of a PDF of pdfkit: its streams inflated, its hexadecimal strings as letters. */
function wordsOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  const hex = [...streams.join('\n').matchAll(/<([0-9a-f]+)>/gi)];
  return hex.map(([, digits = '']) => Buffer.from(digits, 'hex').toString('latin1')).join('');
}

describe('a printed label', () => {
  it.each(['9400110898825022579493', '1Z999AA10123456784', 'EZ1000000001', 'JD014600006281230704'])(
    'is read back by a barcode reader: %s',
    async (tracking_number) => {
      expect(await codesIn(await labelPng({...FACTS, tracking_number}))).toEqual([['Code128', tracking_number]]);
    },
  );

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
    const pdf = wordsOf(await labelPdf(FACTS));
    for (const words of ['USPS', 'Priority', '20 W 34th St', '9400110898825022579493']) expect(pdf).toContain(words);
  });

  it('writes letters its font does not have as others, and never as none', () => {
    expect([ascii('Zoë Øre · Łódź ß'), latin('Zoë Łódź'), ascii('東京')]).toEqual([
      'Zoe Ore - Lodz ss',
      'Zoë Lódz',
      '??',
    ]);
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
    const words = wordsOf(pdf);
    for (const said of ['Packzettel', 'Bestellung', 'Thing 0', 'Thing 59', 'Paket 1 von 2'])
      expect(words).toContain(said);
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
  });
});
