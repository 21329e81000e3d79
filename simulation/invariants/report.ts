import {groupBy} from './group-by.ts';
import type {InvariantReport} from './index.ts';
import {INVARIANTS, NOT_YET, SOMETIMES} from './registry.ts';

const SHOWN = 20;
const REAL = {
  stripe: 'the real Stripe',
  carrier: 'a real carrier',
  mail: 'a real mail server',
  sms: 'the real provider of texts',
  supplier: 'real suppliers',
};
const TIMELINES = 10;

/** The report for people: a line for each identifier, the sentences of what does not hold, and what is not checked yet. */
export function reportText(report: InvariantReport): string {
  const byId = groupBy(report.violations, (violation) => violation.id);
  const lines = INVARIANTS.flatMap(({id, meaning}) => {
    const [left] = report.not_compared.filter((not) => not.id === id && not.left_out === 'all');
    if (left) return [`${id}  not checked  ${meaning} (${REAL[left.neighbour]} shows no books)`];
    const found = byId.get(id) ?? [];
    if (found.length === 0) return [`${id}  ok           ${meaning}`];
    const more = found.length > SHOWN ? [`      and ${found.length - SHOWN} more`] : [];
    const count = `${found.length} ${found.length === 1 ? 'violation' : 'violations'}`;
    return [`${id}  ${count}  ${meaning}`, ...found.slice(0, SHOWN).map(({sentence}) => `      ${sentence}`), ...more];
  });
  const due = NOT_YET.map(({id, row, meaning}) => `${id}  not yet (${row})  ${meaning}`);
  const drills = SOMETIMES.map(({id, by, meaning}) => `${id}  in drills    ${meaning} (${by})`);
  const {all, at_rest} = report.orders;
  const resting = at_rest < all ? [`What holds only at rest was asked of ${at_rest} of ${all} orders.`] : [];
  const sum = `${report.checked.length} invariants checked, ${report.violations.length} violations, ${NOT_YET.length} not yet checked.`;
  return [...lines, ...drills, ...due, ...resting, ...timelines(report), sum].join('\n');
}

/** What happened to the first of the orders that something is wrong with. */
function timelines({timeline}: InvariantReport): string[] {
  return Object.entries(timeline)
    .slice(0, TIMELINES)
    .flatMap(([number, moments]) => [
      '',
      `What happened to order ${number}:`,
      ...moments.map(({at, what}) => `  ${at.slice(0, 19).replace('T', ' ')}  ${what}`),
    ]);
}
