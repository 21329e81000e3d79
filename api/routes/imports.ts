import type {ImportKind} from '../../domain/set-up/kinds.ts';
import type {ImportReport} from '../../domain/set-up/report.ts';
import {BOM, bodyLine, headerLine} from '../../domain/set-up/write-file.ts';
import type {imports} from '../../store/generated/client.ts';
import {applyImport, type Check, prepareImport} from '../../store/set-up/import-file.ts';
import {exportBodies} from '../../store/views/set-up/export-view.ts';
import {time} from '../../store/views/shapes.ts';
import type {Caller} from '../auth.ts';
import * as contract from '../contract/imports.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {rolesOf} from '../permissions.ts';
import {type Answer, ok, type Route, route} from '../route.ts';
import {faultsOf, invalidRequest} from '../validate.ts';

/** The calls that write, and list, one by one: who may not make them may not do it by file. */
const WRITES: Readonly<Record<ImportKind, string>> = {
  products: 'putProduct',
  bins: 'putBin',
  stock: 'receiveStock',
  offers: 'putOffer',
  people: 'putStaff',
};
const LISTS: Readonly<Record<ImportKind, string>> = {
  products: 'listProducts',
  bins: 'listBins',
  stock: 'listReceipts',
  offers: 'listOffers',
  people: 'listStaff',
};

function requireCall({roles}: Caller, call: string): void {
  if (!rolesOf(call).some((role) => roles.includes(role)))
    throw new Problem('forbidden', 'this kind of file is not yours');
}

const authorOf = ({client_id: actor, roles, warehouse_id: own}: Caller) => ({actor, roles, own});

/** The rules of the call that writes one of them. */
const checkOf =
  (kind: ImportKind): Check =>
  (body) => {
    const {error} = contract.LINE_BODIES[kind].safeParse(body);
    return error ? faultsOf(error.issues, body) : [];
  };

function importView(row: imports) {
  const {id, kind, file_name, state, lines, written, created_by, applied_by} = row;
  return {
    ...{import_id: id, kind, file_name, state, lines, written},
    ...(row.report as unknown as ImportReport),
    ...{created_by, created_at: time(row.created_at), applied_by, applied_at: time(row.applied_at)},
  };
}

/** An import that the caller may see: of what they may write, and their own where they are bound to a warehouse. */
async function readImport(deps: ApiDeps, caller: Caller, id: string): Promise<imports> {
  const row = await deps.store.prisma.imports.findUnique({where: {id}});
  const hidden = row && caller.warehouse_id !== null && row.created_by !== caller.client_id;
  if (!row || hidden) throw new Problem('not_found', 'there is no such import');
  requireCall(caller, WRITES[row.kind as ImportKind]);
  return row;
}

const create = route(contract.createImport, async ({deps, caller, body}) => {
  requireCall(caller, WRITES[body.kind]);
  const prepared = await prepareImport(deps.store, {...body, by: authorOf(caller), check: checkOf(body.kind)});
  if (!('id' in prepared)) throw invalidRequest([{pointer: '/text', ...prepared}]);
  return ok(importView(prepared));
});

const get = route(contract.getImport, async ({deps, caller, params}) =>
  ok(importView(await readImport(deps, caller, params.id))),
);

const apply = route(contract.applyImport, async ({deps, caller, params: {id}, body: {mode}}) => {
  await readImport(deps, caller, id);
  const result = await applyImport(deps.store, {id, mode, by: authorOf(caller), check: checkOf});
  switch (result.outcome) {
    case 'done':
      return ok(importView(result.row));
    case 'running':
      throw new Problem('request_in_progress', 'it is being written right now', {headers: {'Retry-After': '2'}});
    case 'outdated':
      throw new Problem('import_outdated', 'something that the file names was changed since: look at it again');
    case 'refused':
      throw new Problem('import_refused', `${result.lines} lines are refused, so nothing was written`);
    case 'unknown':
      throw new Problem('not_found', 'there is no such import');
  }
});

const csv = (name: string, text: string): Answer =>
  ok(text, {'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}.csv"`});

const refused = route(contract.getRefusedLines, async ({deps, caller, params}) => {
  const {kind, refused: lines} = await readImport(deps, caller, params.id);
  return csv(`${kind}-refused`, lines ?? BOM);
});

const exported = route(contract.exportList, async ({deps, caller, params: {kind}}) => {
  requireCall(caller, LISTS[kind]);
  const bodies = await exportBodies(deps.store, kind, caller.warehouse_id);
  return csv(kind, [BOM, headerLine(kind), ...bodies.map((body) => bodyLine(kind, body))].join(''));
});

export const importRoutes: readonly Route[] = [create, get, apply, refused, exported];
