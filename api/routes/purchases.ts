import type {ParcelStatus} from '../../domain/shipping/tracking.ts';
import type {AnswerFault, AnswerLine} from '../../domain/suppliers/purchase.ts';
import {acknowledgePurchase, type SupplierAnswer} from '../../store/acknowledge-purchase.ts';
import {decidePrice} from '../../store/decide-price.ts';
import {shipPurchase} from '../../store/ship-purchase.ts';
import {trackPurchase} from '../../store/track-purchase.ts';
import {listPurchases, type PurchaseView, readPurchase} from '../../store/views/purchases-view.ts';
import type {Caller} from '../auth.ts';
import * as contract from '../contract/suppliers.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {nextLink} from '../next-link.ts';
import {suppliersSeen} from '../own.ts';
import {requestHash} from '../request-hash.ts';
import {type Answer, ok, type Route, route} from '../route.ts';
import type {z} from '../contract/z.ts';

const unknown = () => new Problem('not_found', 'there is no such purchase order');
const by = ({client_id, role}: Caller) => ({actor: client_id, role});

async function read(deps: ApiDeps, caller: Caller, purchase_id: string): Promise<PurchaseView> {
  const view = await readPurchase(deps.store, {purchase_id, supplier_id: suppliersSeen(caller)});
  if (!view) throw unknown();
  return view;
}

/** What a POST is answered is kept for its repeats: the address is nothing to be kept there. */
async function settled(deps: ApiDeps, caller: Caller, purchase_id: string): Promise<Answer> {
  const {ship_to: _, ...state} = await read(deps, caller, purchase_id);
  return ok(state);
}

const list = route(contract.listPurchases, async ({deps, caller, query, request}) => {
  const page = await listPurchases(deps.store, {...query, supplier_id: suppliersSeen(caller)});
  return ok(page.items, nextLink(request, page.next));
});

const one = route(contract.getPurchase, async ({deps, caller, params}) => ok(await read(deps, caller, params.id)));

type AcknowledgeBody = z.output<typeof contract.acknowledgeBody>;

const acknowledge = route(contract.acknowledgePurchase, async ({deps, caller, params, body}) => {
  const told = body as AcknowledgeBody;
  const result = await acknowledgePurchase(deps.store, {
    purchase_id: params.id,
    supplier_id: suppliersSeen(caller),
    answer: answerOf(told),
    answer_hash: requestHash('acknowledge', told),
    by: by(caller),
  });
  switch (result.outcome) {
    case 'unknown':
      throw unknown();
    case 'too_late':
      throw tooLate(result.state, await read(deps, caller, params.id));
    case 'impossible':
      throw mismatch(result.faults);
    default:
      return settled(deps, caller, params.id);
  }
});

function answerOf({lines = [], refuse, expected_ship_date}: AcknowledgeBody): SupplierAnswer {
  if (refuse) return {kind: 'refuse', reason: refuse.reason};
  const ship_at = expected_ship_date ? new Date(expected_ship_date) : null;
  return {kind: 'lines', ship_at, lines: lines.map(toLine)};
}

const toLine = ({unit_cost, ...line}: NonNullable<AcknowledgeBody['lines']>[number]): AnswerLine => ({
  ...line,
  ...(unit_cost ? {unit_cost: unit_cost.amount} : {}),
});

const CLOSED: Readonly<Record<string, string>> = {
  refused: 'it was refused: nothing of it may be sent',
  given_up: 'its time was over and others were asked: nothing of it may be sent',
  cancelled: 'it was cancelled: nothing of it may be sent',
  shipped: 'everything of it has been sent',
};

function tooLate(state: string, {lines}: PurchaseView): Problem {
  const closed = CLOSED[state];
  if (closed && state !== 'shipped') return new Problem('purchase_closed', closed);
  const acknowledged = lines.map(({line_id, sku, acknowledged: qty}) => ({line_id, sku, qty: qty ?? 0}));
  const told = acknowledged.map(({sku, qty}) => `${qty} of ${sku}`).join(', ');
  const detail = `it was answered otherwise before: send what was acknowledged, ${told}`;
  return new Problem('purchase_answered', detail, {members: {acknowledged}});
}

const mismatch = (faults: readonly AnswerFault[]) =>
  new Problem('purchase_mismatch', 'the purchase order does not ask for that', {errors: faults});

const ship = route(contract.shipPurchase, async ({deps, caller, params, body}) => {
  const {tracking_number, carrier, lines, shipped_at} = body;
  const result = await shipPurchase(deps.store, {
    purchase_id: params.id,
    supplier_id: suppliersSeen(caller),
    tracking_number,
    carrier,
    ...(lines ? {lines} : {}),
    shipped_at: new Date(shipped_at),
    by: by(caller),
  });
  switch (result.outcome) {
    case 'unknown':
      throw unknown();
    case 'number_taken':
      throw new Problem('tracking_number_taken', 'this tracking number stands for another parcel: check both');
    case 'nothing_left':
      throw mismatch([{pointer: '/lines', code: 'more_than_wanted', detail: 'nothing is left to be sent'}]);
    case 'impossible':
      throw mismatch(result.faults);
    case 'not_now':
      throw notNow(result.state);
    default:
      return settled(deps, caller, params.id);
  }
});

function notNow(state: string): Problem {
  const closed = CLOSED[state];
  if (closed) return new Problem('purchase_closed', closed);
  const detail = state === 'price_changed' ? 'its price is being decided: wait for the answer' : 'acknowledge it first';
  return new Problem('purchase_not_acknowledged', detail);
}

const track = route(contract.trackPurchase, async ({deps, caller, params, body}) => {
  const {tracking_number, status, at, estimated_delivery} = body;
  const outcome = await trackPurchase(deps.store, {
    purchase_id: params.id,
    supplier_id: suppliersSeen(caller),
    ...(tracking_number ? {tracking_number} : {}),
    status: status as ParcelStatus,
    at: Date.parse(at),
    estimated_delivery: estimated_delivery ? Date.parse(estimated_delivery) : null,
  });
  switch (outcome) {
    case 'unknown':
      throw unknown();
    case 'unknown_parcel':
      throw new Problem('unknown_parcel', 'tell the shipment before where it is');
    case 'which_parcel':
      throw new Problem('unknown_parcel', 'there are several parcels: name the tracking_number');
    default:
      return ok({outcome});
  }
});

const price = route(contract.decidePurchasePrice, async ({deps, caller, params, body}) => {
  const {decision} = body;
  const result = await decidePrice(deps.store, {purchase_id: params.id, decision, by: by(caller)});
  if (result.outcome === 'unknown') throw unknown();
  if (result.outcome === 'nothing_to_decide') {
    throw new Problem('already_decided', `no price waits for a decision: the purchase order is ${result.state}`);
  }
  return settled(deps, caller, params.id);
});

export const purchaseRoutes: readonly Route[] = [list, one, acknowledge, ship, track, price];
