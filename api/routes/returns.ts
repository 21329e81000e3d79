import {cancelReturn, decideReturnByHand} from '../../store/decide-return.ts';
import {inspectReturn} from '../../store/inspect-return.ts';
import {receiveReturn} from '../../store/receive-return.ts';
import {listReturns, type ReturnRows, readReturn, returnView} from '../../store/views/returns-view.ts';
import type {Caller} from '../auth.ts';
import * as contract from '../contract/returns.ts';
import {Problem} from '../errors.ts';
import {requireKey} from '../idempotency.ts';
import {asSeen} from '../if-match.ts';
import {nextLink} from '../next-link.ts';
import {maySeeOrder, requireWarehouse} from '../own.ts';
import {askForReturn} from '../request-return.ts';
import {type Answer, type Call, ok, type Route, route} from '../route.ts';
import {invalidRequest} from '../validate.ts';

const FLOOR: readonly string[] = ['receiver', 'warehouse_lead'];
const view = (rows: ReturnRows, {role}: Caller) => returnView(rows, !FLOOR.includes(role));
const actor = ({client_id, role}: Caller) => ({actor: client_id, role});
const nothing = () => new Problem('not_found', 'there is no such return');

const request = route(contract.requestReturn, async ({deps, caller, params, body, idempotencyKey}) => {
  const order = await deps.store.prisma.orders.findUnique({where: {id: params.id}});
  if (!order || !maySeeOrder(caller, order)) throw new Problem('not_found', 'there is no such order');
  const identity = [caller.client_id, requireKey(idempotencyKey)];
  return askForReturn(deps, order, body, {by: actor(caller), identity});
});

const list = route(contract.listReturns, async ({deps, caller, query, request: asked}) => {
  const result = await listReturns(deps.store, {...query, warehouse_id: caller.warehouse_id});
  return ok(
    result.items.map((rows) => view(rows, caller)),
    nextLink(asked, result.next),
  );
});

/** A checkout sees the returns of its own orders, floor staff those of their warehouse. */
async function ownReturn({deps, caller}: Pick<Call, 'deps' | 'caller'>, id: string): Promise<ReturnRows> {
  const rows = await readReturn(deps.store, id);
  const order = rows && (await deps.store.prisma.orders.findUnique({where: {id: rows.found.order_id}}));
  if (!rows || !order || !maySeeOrder(caller, order)) throw nothing();
  requireWarehouse(caller, rows.found.warehouse_id);
  return rows;
}

const now = async (call: Pick<Call, 'deps' | 'caller'>, id: string) => ok(view(await ownReturn(call, id), call.caller));

const get = route(contract.getReturn, (call) => now(call, call.params.id));

const label = route(contract.getReturnLabel, async (call) => {
  const {found} = await ownReturn(call, call.params.id);
  const {carrier, service, tracking_number, label_url, send_by} = found;
  if (found.label_state !== 'bought' || label_url === null) throw new Problem('not_ready', 'there is no label yet');
  const until = send_by?.toISOString() ?? null;
  return ok({return_id: found.id, carrier, service, tracking_number, label_url, send_by: until});
});

const decide = route(contract.decideReturn, async (call) => {
  const {found: known} = await ownReturn(call, call.params.id);
  return asSeen(call, known.order_id, () => decideNow(call));
});

type DecideCall = Call<typeof contract.decideReturn.params, null, typeof contract.decideReturn.body>;

async function decideNow(call: DecideCall): Promise<Answer> {
  const {deps, caller, params, body} = call;
  const result = await decideReturnByHand(deps.store, {return_id: params.id, ...body, by: actor(caller)});
  if (result.outcome === 'unknown') throw nothing();
  const {found} = result;
  const again = found.decided_by === caller.client_id && found.note === body.note;
  if (result.outcome === 'not_in_review' && !again) {
    throw new Problem('already_decided', `the return is ${found.state.replaceAll('_', ' ')}`);
  }
  return now(call, params.id);
}

const receive = route(contract.receiveReturn, async (call) => {
  await ownReturn(call, call.params.id);
  const result = await receiveReturn(call.deps.store, {return_id: call.params.id, by: actor(call.caller)});
  if (result.outcome === 'unknown') throw nothing();
  if (result.outcome === 'not_expected') {
    const state = result.found.state.replaceAll('_', ' ');
    throw new Problem('return_not_expected', `the return is ${state}: put the parcel aside for the lead`);
  }
  return now(call, call.params.id);
});

const inspect = route(contract.inspectReturn, async (call) => {
  const {deps, caller, params, body} = call;
  await ownReturn(call, params.id);
  const lines = body.lines.map(({bin, ...line}) => ({...line, ...(bin === undefined ? {} : {bin})}));
  const note = body.note ?? null;
  const result = await inspectReturn(deps.store, {return_id: params.id, lines, note, by: actor(caller)});
  switch (result.outcome) {
    case 'unknown':
      throw nothing();
    case 'not_announced':
      throw new Problem('not_announced', 'more than was announced: what is not of this return is put aside', {
        errors: result.lines.map(({line_id, announced}) => ({
          pointer: `/lines/${body.lines.findIndex((line) => line.line_id === line_id)}`,
          code: 'not_announced',
          detail: `${announced} were announced`,
        })),
      });
    case 'no_bin':
      throw invalidRequest(
        body.lines.flatMap(({bin}, i) =>
          bin !== undefined && result.bins.includes(bin)
            ? [{pointer: `/lines/${i}/bin`, code: 'unknown_bin', detail: `there is no bin ${bin}`}]
            : [],
        ),
      );
    case 'not_received':
      throw new Problem('return_not_received', 'receive it first');
    case 'inspected_before':
      throw new Problem('return_inspected', 'it was inspected before, with other findings');
    case 'inspected':
      return now(call, params.id);
  }
});

const cancel = route(contract.cancelReturn, async (call) => {
  await ownReturn(call, call.params.id);
  const result = await cancelReturn(call.deps.store, {return_id: call.params.id, by: actor(call.caller)});
  if (result.outcome === 'unknown') throw nothing();
  if (result.outcome === 'too_late') {
    throw new Problem('return_arrived', `the return is ${result.found.state.replaceAll('_', ' ')}`);
  }
  return now(call, call.params.id);
});

export const returnRoutes: readonly Route[] = [request, list, get, label, decide, receive, inspect, cancel];
