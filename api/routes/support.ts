import {decideReview} from '../../store/decide-review.ts';
import {listReviews, type ReviewView, readReview} from '../../store/views/reviews-view.ts';
import * as contract from '../contract/support.ts';
import {Problem} from '../errors.ts';
import {asSeen} from '../if-match.ts';
import {nextLink} from '../next-link.ts';
import {type Answer, type Call, ok, type Route, route} from '../route.ts';

const list = route(contract.listReviews, async ({deps, query, request}) => {
  const page = await listReviews(deps.store, query);
  return ok(page.items, nextLink(request, page.next));
});

const decide = route(contract.decideReview, async (call) => {
  const known = await readReview(call.deps.store, call.params.id);
  if (!known) throw new Problem('not_found', 'there is no such review');
  return asSeen(call, known.order_id, () => decideNow(call));
});

type DecideCall = Call<typeof contract.decideReview.params, null, typeof contract.decideReview.body>;

async function decideNow({deps, caller, params, body}: DecideCall): Promise<Answer> {
  const by = {actor: caller.client_id, role: caller.role};
  const {outcome} = await decideReview(deps.store, {review_id: params.id, ...body, by});
  const review = outcome === 'unknown' ? null : await readReview(deps.store, params.id);
  if (!review) throw new Problem('not_found', 'there is no such review');
  if (outcome === 'decided' || isSame(review, caller.client_id, body)) return ok(review);
  throw new Problem('already_decided', `the review is ${review.state}`);
}

/** The caller's own decision, whose answer was lost on the way. */
function isSame(review: ReviewView, actor: string, body: {decision: 'approve' | 'reject'; note: string}): boolean {
  const state = body.decision === 'approve' ? 'approved' : 'rejected';
  return review.decided_by === actor && review.state === state && review.note === body.note;
}

export const supportRoutes: readonly Route[] = [list, decide];
