import {inflateSync} from 'node:zlib';
import {code128} from '../../emulators/easypost/barcode.ts';
import {bought, type CarrierFixture, openCarrierFixture} from './carrier-support.ts';
import {readCode128} from './code128-reader.ts';

/** All text a pdfkit document shows, read from its compressed page streams. */
function textOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  const shown: string[] = [];
  for (const match of raw.matchAll(/stream\r?\n/g)) {
    const start = (match.index ?? 0) + match[0].length;
    const end = raw.indexOf('endstream', start);
    let content = '';
    try {
      content = inflateSync(pdf.subarray(start, end)).toString('latin1');
    } catch {
      continue;
    }
    for (const line of content.matchAll(/\[(.*)\] TJ/g)) {
      const glyphs = [...(line[1] ?? '').matchAll(/<([0-9a-f]+)>/g)].map((hex) =>
        Buffer.from(hex[1] ?? '', 'hex').toString('latin1'),
      );
      shown.push(glyphs.join(''));
    }
  }
  return shown.join('\n');
}

describe('carrier emulator: labels', () => {
  let carrier: CarrierFixture;
  beforeAll(async () => {
    carrier = await openCarrierFixture();
  });
  afterAll(() => carrier.discard());
  const fetchLabel = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

  it('are PDFs of 4 x 6 inches with both addresses, the same on every reading', async () => {
    const paid = await bought(carrier.client);
    const url = String(paid.postage_label.label_pdf_url);
    const label = await fetchLabel(url);
    expect(label.subarray(0, 5).toString()).toBe('%PDF-');
    expect(label.toString('latin1')).toContain('/MediaBox [0 0 288 432]');
    const text = textOf(label);
    for (const part of [
      paid.tracking_code,
      'Ada Lovelace',
      '9 Sunset Blvd',
      'Los Angeles CA 90028',
      'WH NY',
      'REF sub-1',
    ]) {
      expect(text).toContain(part);
    }
    expect((await fetchLabel(url)).equals(label)).toBe(true);
  });

  it('lose no line of a long address', async () => {
    const long = 'A long line that goes on and on until it must be broken somewhere';
    const to = {
      name: long,
      company: long,
      street1: long,
      street2: long,
      city: 'Nome',
      state: 'AK',
      zip: '99762',
      country: 'US',
    };
    const paid = await bought(carrier.client, {to_address: to});
    const text = textOf(await fetchLabel(String(paid.postage_label.label_url)));
    expect(text).toContain('Nome AK 99762\nUS');
  });

  it('carry a barcode that reads as the tracking code', async () => {
    const {tracking_code: code} = await bought(carrier.client);
    expect(readCode128(await code128(code))).toBe(code);
  });

  it('exist for bought shipments only, and as PDF only', async () => {
    expect((await fetch(`${carrier.url}/labels/shp_none.pdf`)).status).toBe(404);
    const paid = await bought(carrier.client);
    const same = await carrier.client.Shipment.convertLabelFormat(paid.id, 'PDF');
    expect(same.postage_label.label_pdf_url).toBe(paid.postage_label.label_url);
    await expect(carrier.client.Shipment.convertLabelFormat(paid.id, 'ZPL')).rejects.toMatchObject({statusCode: 422});
  });
});
