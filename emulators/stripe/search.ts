import {invalidParameter} from './errors.ts';
import type {IntentRecord} from './records.ts';
import {metadataName, type State} from './state.ts';

interface Clause {
  field: 'metadata' | 'status' | 'customer' | 'currency' | 'amount';
  key: string;
  value: string;
}

const CLAUSE =
  /^(?:(metadata)\[(?:'([^']*)'|"([^"]*)")\]|(status|customer|currency|amount)):(?:'([^']*)'|"([^"]*)"|(\d+))$/;

/**
 * Intents that fulfil a query such as `metadata['order']:'ORD-1' AND status:'succeeded'`, newest first. Real Stripe
 * shows a change to searches up to a minute later; here it is there at once.
 */
export function searchIntents(state: State, query: string): IntentRecord[] {
  const clauses = query.split(/\s+AND\s+/i).map(parseClause);
  const indexed = clauses.find((clause) => clause.field === 'metadata');
  const ids = indexed
    ? (state.intentsByMetadata.get(metadataName(indexed.key, indexed.value)) ?? [])
    : state.intentOrder;
  const found: IntentRecord[] = [];
  for (const id of ids) {
    const intent = state.intents.get(id);
    if (intent && clauses.every((clause) => fulfils(intent, clause))) found.push(intent);
  }
  return found.reverse();
}

function parseClause(text: string): Clause {
  const match = CLAUSE.exec(text.trim());
  if (!match) throw invalidParameter('parameter_invalid', 'query', `This emulator cannot search for: ${text}`);
  const [, metadata, single, double, field, ...values] = match;
  const value = values.find((candidate) => candidate !== undefined) ?? '';
  return {field: (metadata ?? field) as Clause['field'], key: single ?? double ?? '', value};
}

function fulfils(intent: IntentRecord, {field, key, value}: Clause): boolean {
  return (field === 'metadata' ? intent.metadata[key] : String(intent[field])) === value;
}
