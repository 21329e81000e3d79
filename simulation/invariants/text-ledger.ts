/** The books of the provider of texts as `GET /_control/ledger` tells them; only what the checks read. */
export interface TextLedger {
  /** in the order they were taken */
  texts: SentText[];
  /** what was asked for and not taken */
  refusals: {body: string; code: number}[];
}

export interface SentText {
  sid: string;
  to: string;
  body: string;
  created: string;
}

const LINK = /\/t\/([A-Za-z0-9_-]{16})$/;

/** What tells one text of ours from every other: the end of its link. */
export const linkIn = (body: string): string | null => LINK.exec(body)?.[1] ?? null;
