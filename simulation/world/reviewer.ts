import type {Crew} from './crew.ts';

/** Looks for the order among the open reviews and decides; false when it is not there (yet, or any more). */
export async function decideReview(
  crew: Crew,
  orderId: string,
  decision: 'approve' | 'reject',
  onlyEscalated = false,
): Promise<boolean> {
  const review = (await crew.client.openReviews()).find((open) => open.order_id === orderId);
  if (!review || (onlyEscalated && review.owner === 'support')) return false;
  if (onlyEscalated) crew.tally.add('review.escalated');
  const note = decision === 'approve' ? 'called the customer: the order is theirs' : 'the customer did not order this';
  await crew.client.decideReview(review.review_id, decision, note);
  crew.tally.add(`review.${decision}`);
  return true;
}
