/** What a payer may be asked for, or find when there is nothing (more) to do. */
export const PAY_CASES = [
  /** their bank wants to hear them before the order begins */
  'confirm',
  /** the bank said no: another way to pay is needed */
  'method',
  /** the order is under way; the money for the rest is to be confirmed, or paid in another way */
  'renew_confirm',
  'renew_method',
  /** nobody waits for the payer */
  'settled',
  /** they came too late: what had not left is not sent */
  'over',
  'cancelled',
  /** the link leads nowhere */
  'unknown',
] as const;
export type PayCase = (typeof PAY_CASES)[number];

/** The page behind a payer's link, in one language. */
export interface PayWords {
  order: (number: string) => string;
  cases: Readonly<Record<PayCase, {title: string; next: string}>>;
  amount: string;
  until: string;
  held: string;
  /** on the button that leads on */
  confirm: string;
  change: string;
  /** where no button can lead on */
  shop: string;
  keep: string;
  track: string;
  /** of the link in a mail, and on the tracking page */
  open: string;
}
