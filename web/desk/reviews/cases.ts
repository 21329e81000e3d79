import type {listedReview} from '../../../api/contract/support.ts';
import type {returned} from '../../../api/contract/returns.ts';
import type {z} from '../../../api/contract/z.ts';
import type {Deed} from '../../ui/act-dialog.tsx';
import type {Amount} from '../../ui/money.tsx';

export type ReviewRow = z.output<typeof listedReview>;
export type ReturnRow = z.output<typeof returned>;

/** What a person decides on: an order, or a return. */
export interface Case {
  id: string;
  order_id: string;
  /** what it is called */
  name: string;
  /** whose order it is; null where nobody may or can know */
  customer: string | null;
  /** 0 to 100; null: it is no question of risk */
  score: number | null;
  worth: Amount | null;
  /** sentences in English; of a return, codes */
  reasons: readonly string[];
  /** RFC 3339 */
  since: string;
  deadline: string | null;
  owner: string;
  decide: (approve: boolean, note: string) => Deed;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** That damage is claimed says no more than that something is said to be damaged. */
const claimed = (code: string) => code.replace(/^claims_/, '');

export const caseOfReview = (row: ReviewRow): Case => ({
  id: row.review_id,
  order_id: row.order_id,
  name: row.number,
  customer: row.name,
  score: Math.round(row.score * 100),
  worth: row.total,
  reasons: texts(row.reasons),
  since: row.opened_at,
  deadline: row.deadline,
  owner: row.owner,
  decide: (approve, note) => {
    const body = {decision: approve ? 'approve' : 'reject', note};
    return {preview: {review: body}, path: `/v1/reviews/${row.review_id}`, body};
  },
});

export const caseOfReturn = (row: ReturnRow): Case => ({
  id: row.return_id,
  order_id: row.order_id,
  name: row.lines.map(({qty, sku}) => `${qty} × ${sku}`).join(', '),
  customer: null,
  score: null,
  worth: row.expected ?? null,
  reasons: [...new Set([...row.reasons, ...row.lines.map(({reason}) => reason)].map(claimed))],
  since: row.requested_at,
  deadline: null,
  owner: row.waiting_on?.owner ?? 'support',
  decide: (approve, note) => {
    const body = {decision: approve ? 'approve' : 'refuse', note};
    const {return_id} = row;
    return {preview: {return: {return_id, ...body}}, path: `/v1/returns/${return_id}/decision`, body};
  },
});
