import {countPrint} from '../../store/count-print.ts';
import {readDeclaration} from '../../store/views/invoice-view.ts';
import {type PrintView, readPrint} from '../../store/views/print-view.ts';
import {invoicePdf} from '../../web/print/invoice-pdf.ts';
import type {LabelFacts} from '../../web/print/label-layout.ts';
import {labelPng} from '../../web/print/label-png.ts';
import {labelZpl} from '../../web/print/label-zpl.ts';
import {labelPdf} from '../../web/print/pdf.ts';
import {slipPdf} from '../../web/print/slip-pdf.ts';
import * as contract from '../contract/print.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {type Call, ok, type Route, route} from '../route.ts';
import {invalidRequest} from '../validate.ts';

async function find({deps, caller}: Pick<Call, 'deps' | 'caller'>, id: string): Promise<PrintView> {
  const view = await readPrint(deps.store, id);
  if (!view) throw new Problem('not_found', 'there is no such parcel');
  requireWarehouse(caller, view.warehouse_id ?? '');
  return view;
}

/** Throws `not_ready` for a parcel without a label that counts. */
function labelled(view: PrintView): {carrier: string; service: string; tracking_number: string} {
  const {label_state, tracking_number, carrier, service} = view;
  if (label_state === 'voided') throw new Problem('not_ready', 'this label is void: look for the new parcel');
  if (label_state !== 'bought' || tracking_number === null)
    throw new Problem('not_ready', 'the label is not bought yet');
  return {carrier: carrier ?? '', service: service ?? '', tracking_number};
}

const DRAWN: Record<(typeof contract.LABEL_FORMATS)[number], {type: string; draw: (facts: LabelFacts) => unknown}> = {
  pdf: {type: 'application/pdf', draw: labelPdf},
  png: {type: 'image/png', draw: labelPng},
  zpl: {type: 'application/zpl; charset=utf-8', draw: labelZpl},
};

/** A print that is not the first. */
export const whyAgain = () =>
  invalidRequest([{pointer: '/reason', code: 'missing', detail: 'it was printed before: say why once more'}]);

const label = route(contract.printLabel, async ({deps, caller, params, query}) => {
  const view = await find({deps, caller}, params.id);
  const {type, draw} = DRAWN[params.format];
  const drawn = await draw({...view, ...labelled(view)});
  const by = {actor: caller.client_id, role: caller.role};
  const {format} = params;
  const print = {parcel_id: params.id, format, reason: query.reason ?? null, by};
  if (!(await countPrint(deps.store, print))) throw whyAgain();
  return ok(drawn, {'Content-Type': type, 'Content-Disposition': `inline; filename="label.${params.format}"`});
});

const slip = route(contract.printSlip, async ({deps, caller, params}) => {
  const view = await find({deps, caller}, params.id);
  const packed_on = view.packed_at?.toISOString().slice(0, 10) ?? null;
  return ok(await slipPdf({...view, packed_on, lang: view.locale}), {
    'Content-Type': 'application/pdf',
    'Content-Disposition': 'inline; filename="slip.pdf"',
  });
});

const invoice = route(contract.printInvoice, async ({deps, caller, params}) => {
  const view = await find({deps, caller}, params.id);
  const declared = await readDeclaration(deps.store, view);
  if (declared === null) throw new Problem('no_invoice', 'a supplier sends it, or its address is erased');
  if (declared.kind === 'none') throw new Problem('no_invoice', 'it crosses no border: nothing is declared');
  // an address is corrected, and contents are what they are, once there is a label
  const label = labelled(view);
  if (declared.kind === 'missing')
    throw new Problem('not_ready', `customs asks for HS code and origin of ${declared.skus.join(', ')}`);
  const made_on = (view.packed_at ?? deps.store.now()).toISOString().slice(0, 10);
  return ok(await invoicePdf({...view, ...label, ...declared, made_on}), {
    'Content-Type': 'application/pdf',
    'Content-Disposition': 'inline; filename="invoice.pdf"',
  });
});

const product = route(contract.findProduct, async ({deps, params}) => {
  const {prisma} = deps.store;
  const select = {sku: true, name: true, barcode: true};
  const found =
    (await prisma.products.findUnique({where: {sku: params.sku}, select})) ??
    (await prisma.products.findFirst({where: {barcode: params.sku}, select, orderBy: {sku: 'asc'}}));
  if (!found) throw new Problem('not_found', 'there is no such product');
  return ok(found);
});

export const printRoutes: readonly Route[] = [label, slip, invoice, product];
