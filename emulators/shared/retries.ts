const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a provider goes on with a webhook that nobody takes; virtual milliseconds after the first attempt. */
export interface RetryPlan {
  windowMs: number;
}

/**
 * docs.stripe.com/webhooks, "Automatic retries": up to three days in live mode, with exponential back-off. The single
 * intervals are not published; those below are ours.
 */
export const STRIPE_RETRIES: RetryPlan = {windowMs: 3 * DAY};

/**
 * easypost.com, "What happens if the customer's webhook URL goes down?": a progressive back-off, for 24 hours. The
 * single intervals are not published either.
 */
export const EASYPOST_RETRIES: RetryPlan = {windowMs: DAY};

/** twilio.com, "Webhooks (HTTP callbacks)": one attempt, more where an address asks for them; here for a minute, as such an address would. */
export const TWILIO_RETRIES: RetryPlan = {windowMs: MINUTE};

const FIRST_MS = 5_000;
const FACTOR = 3;
const LONGEST_MS = 12 * HOUR;
/** However fast the clock runs, an attempt takes its time, and a receiver's restart is no outage of days. */
export const LEAST_REAL_MS = 200;
const LEAST_REAL_WINDOW_MS = 30_000;

/** Virtual milliseconds from the `attempts`-th attempt, which failed, to the next: 5 s, 15 s, 45 s … 12 h. */
export function backOffMs(attempts: number): number {
  return Math.min(FIRST_MS * FACTOR ** (attempts - 1), LONGEST_MS);
}

/** `age`: how long ago the first attempt was, in virtual and in real milliseconds. */
export function isOver(plan: RetryPlan, age: {virtual: number; real: number}): boolean {
  return age.virtual >= plan.windowMs && age.real >= LEAST_REAL_WINDOW_MS;
}
