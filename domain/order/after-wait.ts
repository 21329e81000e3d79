/** What happens by itself when the deadline of a wait is over. */
export const AFTER_WAITS = [
  'other_method_asked',
  'order_cancelled',
  'rest_cancelled',
  'goes_elsewhere',
  'ops_asked',
] as const;
export type AfterWait = (typeof AFTER_WAITS)[number];

const AFTER: Readonly<Record<string, AfterWait>> = {
  customer_authentication: 'other_method_asked',
  payment_method: 'order_cancelled',
  fraud_review: 'order_cancelled',
  payment_renewal: 'rest_cancelled',
  stock: 'rest_cancelled',
  supplier: 'goes_elsewhere',
  ops: 'goes_elsewhere',
};

/** Null where nothing happens by itself: the wait has no deadline. */
export function afterWait(wait: {name: string; deadline: Date | null; held: boolean}): AfterWait | null {
  if (wait.deadline === null) return null;
  return wait.held ? 'ops_asked' : (AFTER[wait.name] ?? null);
}
