import {type Act, said} from './act.ts';

export const review = (decision: 'approve' | 'reject'): Act => ({
  name: decision,
  verb: `${decision}_deed`,
  danger: decision === 'reject',
  fields: [],
  when: (order) => order.review?.state === 'open',
  deed: (draft, order) => {
    if (!said(draft) || !order.review) return null;
    const body = {decision, note: draft.reason};
    return {preview: {review: body}, path: `/v1/reviews/${order.review.review_id}`, body};
  },
});

export const returned = (decision: 'approve' | 'refuse'): Act => ({
  name: `return_${decision}`,
  verb: `return_${decision}_deed`,
  danger: decision === 'refuse',
  fields: [],
  when: (order) => order.returns.some(({state}) => state === 'in_review'),
  deed: (draft, order) => {
    const found = order.returns.find(({state}) => state === 'in_review');
    if (!said(draft) || !found) return null;
    const {return_id} = found;
    const body = {decision, note: draft.reason};
    return {preview: {return: {return_id, ...body}}, path: `/v1/returns/${return_id}/decision`, body};
  },
});
