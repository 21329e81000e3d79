/** A text as the provider has it; times are virtual milliseconds. */
export interface Text {
  sid: string;
  account: string;
  from: string;
  to: string;
  body: string;
  segments: number;
  status_callback: string | null;
  created: number;
  /** what becomes of it, decided when it was taken */
  fate: {status: 'delivered' | 'undelivered'; error_code: number | null; at: number};
}

/** What somebody wrote to the number. */
export interface Inbound {
  sid: string;
  from: string;
  to: string;
  body: string;
  word: Word;
  at: number;
}

export type Word = 'STOP' | 'START' | 'HELP' | null;

/** What was asked for and not taken. */
export interface Refusal {
  to: string;
  body: string;
  code: number;
  at: number;
}

export type Entry = {text: Text} | {inbound: Inbound} | {refusal: Refusal} | {clock: number};
