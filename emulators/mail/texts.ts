/** A text on a phone as the page shows it. */
export interface ShownText {
  sid: string;
  to: string;
  body: string;
  segments: number;
  /** RFC 3339 */
  created: string;
  status: string;
  error_code: number | null;
}

/** Real milliseconds: the page does not wait for a neighbour that is away. */
const PATIENCE = 1_000;

/** The texts that were sent, from the books of their provider; none where it is away or there is none. */
export async function textsFrom(url: string | undefined): Promise<ShownText[]> {
  if (!url) return [];
  try {
    const answer = await fetch(`${url}/_control/ledger`, {signal: AbortSignal.timeout(PATIENCE)});
    return ((await answer.json()) as {texts: ShownText[]}).texts;
  } catch {
    return [];
  }
}
