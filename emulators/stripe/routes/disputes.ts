import {answerJson, answerWith, type Call, findRecord, mergeMetadata, type Route} from '../call.ts';
import {decisionChanges, evidenceChanges} from '../disputes.ts';
import {refused} from '../errors.ts';
import {PAGE, page, recordsOf} from '../list.ts';
import {readParams, type Spec} from '../params.ts';
import type {Answer, DisputeRecord} from '../records.ts';
import {EVIDENCE, showDispute} from '../show-dispute.ts';

const TEXTS: Record<string, 'text'> = Object.fromEntries(EVIDENCE.map((name) => [name, 'text'] as const));
const UPDATE = {evidence: TEXTS, expand: 'texts', metadata: 'map', submit: 'boolean'} as const satisfies Spec;

export const disputeRoutes: Route[] = [
  {method: 'GET', path: '/v1/disputes', operation: 'disputes.list', handle: listDisputes},
  {
    method: 'GET',
    path: '/v1/disputes/:id',
    operation: 'disputes.retrieve',
    handle: (call) => {
      readParams(call.form, {expand: 'texts'});
      return answerWith('dispute', disputeOf(call).id);
    },
  },
  {method: 'POST', path: '/v1/disputes/:id', operation: 'disputes.update', handle: updateDispute},
  {
    method: 'POST',
    path: '/v1/disputes/:id/close',
    operation: 'disputes.close',
    handle: (call) => {
      readParams(call.form, {expand: 'texts'});
      const dispute = disputeOf(call);
      mustBeOpen(dispute);
      call.changes.push(...decisionChanges(dispute, 'lost', call.now));
      return answerWith('dispute', dispute.id);
    },
  },
];

function disputeOf({state, path}: Call): DisputeRecord {
  return findRecord(state.disputes, 'dispute', path['id'] ?? '');
}

function mustBeOpen({id, status}: DisputeRecord): void {
  if (status === 'needs_response') return;
  throw refused('dispute_not_open', `The dispute ${id} takes no more evidence: it is ${status}.`);
}

function updateDispute(call: Call): Answer {
  const {evidence, metadata, submit} = readParams(call.form, UPDATE);
  const before = disputeOf(call);
  mustBeOpen(before);
  const given = Object.fromEntries(Object.entries(evidence ?? {}).map(([name, text]) => [name, String(text)]));
  const dispute = {...before, metadata: mergeMetadata(before.metadata, metadata)};
  // evidence goes to the bank with the update, unless it is said to be a draft
  const sent = submit ?? Object.keys(given).length > 0;
  call.changes.push(...evidenceChanges(dispute, given, sent, call.now));
  return answerWith('dispute', dispute.id);
}

function listDisputes({state, form}: Call): Answer {
  const params = readParams(form, {...PAGE, charge: 'text', created: 'range', payment_intent: 'text'});
  const {charge, payment_intent: intent} = params;
  return answerJson(
    page(
      recordsOf(state.disputeOrder, state.disputes),
      (record) => record.at,
      (record) => showDispute(record),
      {
        url: '/v1/disputes',
        limit: params.limit,
        startingAfter: params.starting_after,
        created: params.created,
        keep: (record) =>
          (charge === undefined || record.charge === charge) &&
          (intent === undefined || record.payment_intent === intent),
      },
    ),
  );
}
