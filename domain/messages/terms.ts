/** Times of day, `HH:MM`, by the clocks of where the goods go. */
export interface QuietHours {
  from: string;
  until: string;
}

/** When messages go out. Durations are milliseconds. */
export interface MessageTerms {
  /** no phone rings then: texts wait until it is over; null: they never wait */
  quiet: QuietHours | null;
  /** a text that could not be sent for so long is not sent any more: its mail has told everything */
  text_too_late: number;
  /** a mail that may be told with others of its order waits for them so long; absent: the built-in value */
  digest_window?: number;
  /** how texts are asked for, and mails that were told together sent; real milliseconds, whatever the clock's speed */
  asking: TextAsking;
}

export interface TextAsking {
  /** nobody else takes a message up for so long after somebody did */
  lease: number;
  /** the last part of it, in which nothing is asked any more: what is under way then has come to an end when the next one looks */
  settle: number;
  /** pause before the next attempt, doubled each time up to the longest */
  retry: number;
  retry_longest: number;
}

const HOUR = 3_600_000;

/** Long enough for the drivers of two coasts, short enough that nobody asks where their parcel is. */
export const DIGEST_WINDOW = 4 * HOUR;

export const MESSAGING: MessageTerms = {
  quiet: {from: '21:00', until: '08:00'},
  text_too_late: 24 * HOUR,
  digest_window: DIGEST_WINDOW,
  asking: {lease: 90_000, settle: 45_000, retry: 5_000, retry_longest: 15 * 60_000},
};
