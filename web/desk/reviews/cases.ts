import type {review} from '../../../api/contract/support.ts';
import type {returned} from '../../../api/contract/returns.ts';
import type {z} from '../../../api/contract/z.ts';
import type {Deed} from '../../ui/act-dialog.tsx';
import type {Amount} from '../../ui/money.tsx';

export type ReviewRow = z.output<typeof review>;
export type ReturnRow = z.output<typeof returned>;

/** What a person decides on: an order, or a return. */
export interface Case {
  id: string;
  order_id: string;
  /** what it is called */
  name: string;
  /** 0 to 100; null: it is no question of risk */
  score: number | null;
  worth: Amount | null;
  reasons: readonly string[];
  /** RFC 3339 */
  since: string;
  deadline: string | null;
  owner: string;
  decide: (approve: boolean, note: string) => Deed;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

export const caseOfReview = (row: ReviewRow): Case => ({
  id: row.review_id,
  order_id: row.order_id,
  name: row.number,
  score: Math.round(row.score * 100),
  worth: null,
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
  score: null,
  worth: row.expected ?? null,
  reasons: [...row.reasons, ...row.lines.map(({reason}) => reason)].map((code) => code.replaceAll('_', ' ')),
  since: row.requested_at,
  deadline: null,
  owner: row.waiting_on?.owner ?? 'support',
  decide: (approve, note) => {
    const body = {decision: approve ? 'approve' : 'refuse', note};
    const {return_id} = row;
    return {preview: {return: {return_id, ...body}}, path: `/v1/returns/${return_id}/decision`, body};
  },
});
