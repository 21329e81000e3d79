import {answerCount, countBin} from '../../store/count-bin.ts';
import {correctStock, type CorrectionResult, isCountable} from '../../store/correct-stock.ts';
import {moveBin} from '../../store/move-bin.ts';
import {feedStock} from '../../store/feed-stock.ts';
import type {count_tasks, stock_moves, transfers} from '../../store/generated/client.ts';
import {RECEIVING_BIN} from '../../store/bins.ts';
import {receiveTransfer, sendTransfer} from '../../store/transfer-stock.ts';
import * as contract from '../contract/inventory.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {invalidRequest} from '../validate.ts';

export function entryView({id, kind, warehouse_id, sku, bin, d_on_hand, reference, at}: stock_moves) {
  return {
    entry_id: String(id),
    kind,
    warehouse: warehouse_id,
    sku,
    bin,
    qty: d_on_hand,
    reference,
    at: at.toISOString(),
  };
}

/** Of paths below the body, such as `sku` or `to/bin`. */
export const unknownParts = (missing: readonly string[]) =>
  invalidRequest(
    missing.map((path) => {
      const field = path.split('/').at(-1);
      return {pointer: `/${path}`, code: `unknown_${field}`, detail: `there is no such ${field}`};
    }),
  );

/** The ledger entry of a correction, and how many promises had to go elsewhere; else why it was not booked. */
function booked(result: CorrectionResult) {
  switch (result.outcome) {
    case 'booked':
      return {...entryView(result.entry), moved: result.moved};
    case 'unknown':
      throw unknownParts(result.missing);
    case 'reused':
      throw new Problem('reference_reused', 'this reference was booked with another quantity or bin');
    case 'too_few':
      throw new Problem('not_that_many', `the bin holds ${result.there}`, {members: {there: result.there}});
    case 'in_use':
      throw new Problem('stock_in_use', `${result.qty} of the units are promised to orders that are being accepted`, {
        headers: {'Retry-After': '5'},
      });
  }
}

function requireBin(bin: string): string {
  if (isCountable(bin)) return bin;
  throw invalidRequest([{pointer: '/bin', code: 'unknown_bin', detail: 'picked units stand there: it is no bin'}]);
}

const adjust = route(contract.adjustStock, async ({deps, caller, body}) => {
  requireWarehouse(caller, body.warehouse);
  const {warehouse, sku, qty, reason, reference} = body;
  const {moved: _moved, ...entry} = booked(
    await correctStock(deps.store, {
      ...{warehouse, sku, bin: requireBin(body.bin ?? RECEIVING_BIN), kind: 'adjust', change: {by: qty}},
      ...{cause: `adjust:${reference}:${warehouse}:${sku}`, reference, actor: caller.client_id, reason},
    }),
  );
  return ok(entry);
});

const count = route(contract.countStock, async ({deps, caller, body}) => {
  requireWarehouse(caller, body.warehouse);
  return ok(booked(await countBin(deps.store, {...body, bin: requireBin(body.bin), actor: caller.client_id})));
});

const feed = route(contract.feedStock, async ({deps, caller, params, body}) => {
  requireWarehouse(caller, body.warehouse);
  const {safety_stock, bin, ...rest} = body;
  const input = {...rest, sku: params.sku, bin: requireBin(bin ?? RECEIVING_BIN), actor: caller.client_id};
  return ok(booked(await feedStock(deps.store, safety_stock === undefined ? input : {...input, safety_stock})));
});

const move = route(contract.moveStock, async ({deps, caller, body}) => {
  requireWarehouse(caller, body.warehouse);
  const input = {...body, from: requireBin(body.from), to: requireBin(body.to), actor: caller.client_id};
  const result = await moveBin(deps.store, input);
  switch (result.outcome) {
    case 'moved':
      return ok({...body, at: result.at.toISOString()});
    case 'unknown':
      throw unknownParts(result.missing);
    case 'reused':
      throw new Problem('reference_reused', 'this reference stands for another move');
    case 'too_few':
      throw new Problem('not_that_many', `${result.free} units of the bin are free`, {members: {free: result.free}});
  }
});

function transferView(row: transfers) {
  const {id, reference, sku, qty, from_warehouse, from_bin, to_warehouse, to_bin, state, arrived} = row;
  return {
    transfer_id: id,
    reference,
    sku,
    qty,
    from: {warehouse: from_warehouse, bin: from_bin},
    to: {warehouse: to_warehouse, bin: to_bin},
    state,
    arrived,
    sent_at: row.sent_at.toISOString(),
    arrived_at: row.arrived_at?.toISOString() ?? null,
  };
}

const send = route(contract.sendTransfer, async ({deps, caller, body}) => {
  requireWarehouse(caller, body.from.warehouse);
  const {to, from, ...rest} = body;
  requireBin(from.bin);
  const target = to.bin === undefined ? {warehouse: to.warehouse} : {warehouse: to.warehouse, bin: requireBin(to.bin)};
  const result = await sendTransfer(deps.store, {...rest, from, to: target, actor: caller.client_id});
  switch (result.outcome) {
    case 'sent':
      return ok(transferView(result.transfer));
    case 'unknown':
      throw unknownParts(result.missing);
    case 'reused':
      throw new Problem('reference_reused', 'this reference stands for another transfer');
    case 'too_few':
      throw new Problem('not_that_many', `${result.free} units of the bin are free`, {members: {free: result.free}});
  }
});

const arrive = route(contract.receiveTransfer, async ({deps, caller, params, body}) => {
  const transfer = await deps.store.prisma.transfers.findUnique({where: {id: params.id}});
  if (!transfer) throw noTransfer();
  requireWarehouse(caller, transfer.to_warehouse);
  const bin = body.bin === undefined ? {} : {bin: requireBin(body.bin)};
  const input = {transfer_id: params.id, qty: body.qty, ...bin, actor: caller.client_id};
  const result = await receiveTransfer(deps.store, input);
  switch (result.outcome) {
    case 'arrived':
      return ok(transferView(result.transfer));
    case 'unknown':
      throw noTransfer();
    case 'reused':
      throw new Problem('reference_reused', 'it arrived before, with another quantity');
    case 'no_bin':
      throw unknownParts(['bin']);
    case 'too_many':
      throw new Problem('not_that_many', `${result.sent} units were sent`, {members: {sent: result.sent}});
  }
});

const noTransfer = () => new Problem('not_found', 'there is no such transfer');

function countTaskView(task: count_tasks) {
  const {id, warehouse_id, sku, bin, state, reason, counted} = task;
  const closed_at = task.closed_at?.toISOString() ?? null;
  return {
    task_id: id,
    warehouse: warehouse_id,
    sku,
    bin,
    state,
    reason,
    counted,
    created_at: task.created_at.toISOString(),
    closed_at,
  };
}

const listCounts = route(contract.listCounts, async ({deps, caller, params, query}) => {
  requireWarehouse(caller, params.id);
  const {prisma} = deps.store;
  if ((await prisma.warehouses.count({where: {id: params.id}})) === 0)
    throw new Problem('not_found', 'there is no such warehouse');
  const tasks = await prisma.count_tasks.findMany({
    where: {warehouse_id: params.id, state: query.state},
    orderBy: [{created_at: 'asc'}, {id: 'asc'}],
    take: 500,
  });
  return ok(tasks.map(countTaskView));
});

const answer = route(contract.answerCount, async ({deps, caller, params, body}) => {
  const task = await deps.store.prisma.count_tasks.findUnique({where: {id: params.id}});
  if (task) requireWarehouse(caller, task.warehouse_id);
  const result = await answerCount(deps.store, {task_id: params.id, counted: body.counted, actor: caller.client_id});
  if (result.outcome === 'no_task') throw new Problem('not_found', 'there is no such count task');
  if (result.outcome === 'closed')
    throw new Problem('task_closed', `${result.task.counted ?? 0} units were counted there already`);
  return ok(booked(result));
});

export const stockRoutes: readonly Route[] = [adjust, count, feed, move, send, arrive, listCounts, answer];
