/** The texts on a phone, in one language; what they are written in must be letters of GSM-7 where it can be. */
export interface SmsWords {
  payment_needed: (number: string) => string;
  out_for_delivery: (number: string) => string;
  delivered: (number: string) => string;
  /** `date`: when it is expected now; null: nobody knows */
  delayed: (number: string, date: string | null) => string;
}
