import {beginAddressCheck, settleAddressCheck} from '../../store/address-checks.ts';
import {declare} from '../../domain/shipping/customs.ts';
import {keepShipment} from '../../store/keep-shipment.ts';
import {type ParcelToLabel, parcelsToLabel} from '../../store/parcels-to-label.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue, WATER} from '../support/catalogue.ts';
import {confirmOrder} from '../support/placed-order.ts';
import {wordsOfPdf} from '../support/read-pdf.ts';

let api: TestApi;
const BERLIN = {
  name: 'Zoë Beispiel',
  line1: 'Torstr 1',
  city: 'Berlin',
  region: undefined,
  postal_code: '10119',
  country: 'DE',
};

beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
  const ops = api.as('ops');
  const box = {inner_mm: [300, 300, 300], outer_mm: [310, 310, 310], weight_g: 115, max_weight_g: 20_000};
  await ops.put('/v1/boxes/BIG', {...box, cost: {amount: 1, currency: 'USD'}}).expect(200);
  const tea = {
    ...WATER,
    name: 'Green tea',
    weight_g: 120,
    hs_code: '0902.10',
    origin_country: 'JP',
    length_mm: 50,
    width_mm: 50,
    height_mm: 50,
  };
  for (const [sku, currency] of [
    ['TEA-USD', 'USD'],
    ['TEA-JPY', 'JPY'],
  ]) {
    await ops.put(`/v1/products/${sku}`, {...tea, price: {amount: 1_205, currency}}).expect(200);
    await ops.post('/v1/inventory/receipts', {warehouse: 'WH-NY-1', sku, qty: 20, reference: `r-${sku}`}).expect(200);
  }
});
afterAll(() => api.close());

/** A parcel of three of them, picked; its id. */
async function picked(sku: string, ship_to: object): Promise<{id: string; sub_order_id: string}> {
  const asked = {...sampleOrder(), delivery_sla: 'STANDARD', lines: [{sku, qty: 3}]};
  const {body: order} = await api
    .as('checkout')
    .post('/v1/orders', {...asked, ship_to: {...asked.ship_to, ...ship_to}})
    .expect(201);
  await confirmOrder(api.store, order.order_id);
  const {body: tasks} = await api.as('picker').get('/v1/warehouses/WH-NY-1/tasks?kind=pick').expect(200);
  const task = tasks.find((each: {order_id: string}) => each.order_id === order.order_id);
  for (const {bin, sku: code, qty} of task.stops) {
    const scan = (kind: string, more: object) => ({
      operation_id: `${task.task_id}-${kind}`,
      task_id: task.task_id,
      kind,
      ...more,
    });
    await api
      .as('picker')
      .post('/v1/scans', scan('bin', {code: bin}))
      .expect(200);
    await api.as('picker').post('/v1/scans', scan('item', {code, qty})).expect(200);
  }
  return api.store.prisma.parcels.findFirstOrThrow({where: {order_id: order.order_id}});
}

/** As it stands once the carrier's platform was asked about the address, `told` what is in it, and the label is bought. */
async function labelled(
  {id, sub_order_id}: {id: string; sub_order_id: string},
  line1: string,
  told = true,
): Promise<void> {
  await api.store.prisma.parcels.update({where: {id}, data: {label_state: 'wanted'}});
  const {address: check, parcels} = await parcelsToLabel(api.store, {sub_order_id});
  const [{from, to, contents}] = parcels as [ParcelToLabel];
  if (!check) throw new Error('nothing to label');
  const declared = declare(from.country, to.country, contents);
  if (told && declared.kind === 'declared')
    await keepShipment(api.store, {parcel_id: id, shipment_ref: `shp-${id}`, declared, insured_amount: null});
  await beginAddressCheck(api.store, check);
  const place = {line1, city: 'Berlin', postal_code: '10119', country: 'DE'};
  const {order_id, address_hash} = check;
  await settleAddressCheck(api.store, {order_id, address_hash, verdict: 'corrected', codes: [], place});
  await api.store.prisma.parcels.update({
    where: {id},
    data: {
      ...{label_state: 'bought', carrier: 'SwiftPost', service: 'World', tracking_number: `SWP-${id}`},
      ...{weight_g: 475, packed_at: new Date('2026-11-20T12:00:00Z')},
    },
  });
}

const invoiceOf = (id: string) => api.as('packer').get(`/v1/parcels/${id}/invoice`);
const refusal = async (id: string) => {
  const {code, detail} = (await invoiceOf(id).expect(409)).body;
  return {code, detail};
};

describe('the commercial invoice', () => {
  it('says what customs ask for, with the address as the carrier corrected it', async () => {
    const parcel = await picked('TEA-USD', BERLIN);
    expect(await refusal(parcel.id)).toMatchObject({code: 'not_ready', detail: 'the label is not bought yet'});
    await labelled(parcel, 'Torstraße 1');
    const answer = await invoiceOf(parcel.id).expect(200).expect('Content-Type', 'application/pdf');
    const words = wordsOfPdf(answer.body as Buffer);
    const said = [
      ...['Commercial invoice', 'Date 2026-11-20', `Parcel ${parcel.id}`, `SwiftPost SWP-${parcel.id}`],
      ...['Reason for export: Sale of goods', 'Terms of delivery (Incoterms 2020): DAP Berlin 10119, DE'],
      ...['New York 1', '1 Dock St', 'Zoë Beispiel', 'Torstraße 1', 'Value USD'],
      // three teas for 12.05 each, 120 g each
      ...['Green tea', '0902.10', 'JP', '0.360', '36.15', 'Total value 36.15 USD', 'Gross weight 0.475 kg'],
    ];
    // a line is broken without its blank
    for (const each of said) expect(words.replaceAll(' ', '')).toContain(each.replaceAll(' ', ''));
    expect(words.replaceAll(' ', '')).toContain('0902.10JP30.36036.15Total30.36036.15');
    expect(words).not.toContain('Torstr 1');
  });

  it('says for ever what customs were told, whatever the catalogue says later', async () => {
    const parcel = await picked('TEA-USD', BERLIN);
    await labelled(parcel, 'Torstr. 1');
    const catalogue = (hs_code: string | null, origin_country: string) =>
      api.store.prisma.products.update({where: {sku: 'TEA-USD'}, data: {hs_code, origin_country}});
    for (const hs_code of ['0902.30', null]) {
      await catalogue(hs_code, 'CN');
      const words = wordsOfPdf((await invoiceOf(parcel.id).expect(200)).body as Buffer);
      expect(words.replaceAll(' ', '')).toContain('0902.10JP30.36036.15');
    }
    await catalogue('0902.10', 'JP');
  });

  it('says of what is sent in exchange that it replaces what came back', async () => {
    const parcel = await picked('TEA-USD', BERLIN);
    const {line_id} = await api.store.prisma.parcel_items.findFirstOrThrow({where: {parcel_id: parcel.id}});
    await api.store.prisma.order_lines.update({where: {id: line_id}, data: {value_line_id: line_id}});
    await labelled(parcel, 'Torstr. 1');
    const words = wordsOfPdf((await invoiceOf(parcel.id).expect(200)).body as Buffer);
    expect(words).toContain('Reason for export: Replacement of goods that were sent back');
    expect(words).toContain('sent without charge');
    expect(words).toContain('Total value 36.15 USD');
  });

  it("writes amounts in the currency's own minor units", async () => {
    const parcel = await picked('TEA-JPY', BERLIN);
    await labelled(parcel, 'Torstr. 1');
    const words = wordsOfPdf((await invoiceOf(parcel.id).expect(200)).body as Buffer);
    expect(words).toContain('Total value 3615 JPY');
  });

  it('names the products of which customs would ask what nobody wrote down, where they were told nothing yet', async () => {
    const parcel = await picked('TEA-USD', BERLIN);
    await labelled(parcel, 'Torstr. 1', false);
    await api.store.prisma.products.update({where: {sku: 'TEA-USD'}, data: {hs_code: null}});
    expect(await refusal(parcel.id)).toEqual({
      code: 'not_ready',
      detail: 'customs asks for HS code and origin of TEA-USD',
    });
    await api.store.prisma.products.update({where: {sku: 'TEA-USD'}, data: {hs_code: '0902.10'}});
  });

  it('is refused where no border is crossed, of no parcel, and to whom it does not concern', async () => {
    const parcel = await picked('TEA-USD', {});
    expect(await refusal(parcel.id)).toMatchObject({
      code: 'no_invoice',
      detail: 'it crosses no border: nothing is declared',
    });
    await invoiceOf('none').expect(404);
    await api.as('picker').get(`/v1/parcels/${parcel.id}/invoice`).expect(403);
    const bound = (warehouse_id: string | null) =>
      api.store.prisma.api_keys.updateMany({where: {role: 'packer'}, data: {warehouse_id}});
    await bound('WH-EAST');
    await invoiceOf(parcel.id).expect(403);
    await bound(null);
  });
});
