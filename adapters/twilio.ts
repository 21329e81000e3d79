import type {TakenText, TextGateway, TextRequest} from '../activities/ports.ts';
import {ProviderError} from '../domain/provider-error.ts';
import {providerFailure} from './provider-failures.ts';
import {retryAfterOf} from './retry-after.ts';
import {asRecord, parseJsonObject} from './json.ts';

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** a number of the account, or its messaging service (MG…) */
  from: string;
  /** where Twilio is, without a slash at the end */
  baseUrl?: string;
  /** told about each text; without it outcomes are known by looking only */
  callbackUrl?: (id: string) => string;
  timeoutMs?: number;
}

const NAME = 'Twilio';
const PAGE = 100;
/** As far back as anybody looks for one text. */
const MOST_PAGES = 20;

/** Texts by Twilio's Messages resource, over plain HTTP. Throws ProviderError. */
export function createTwilioGateway(options: TwilioOptions): TextGateway {
  const {accountSid, from, callbackUrl} = options;
  const messages = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  return {
    send: async ({id, to, body, not_after}: TextRequest) => {
      const sender = from.startsWith('MG') ? {MessagingServiceSid: from} : {From: from};
      const callback = callbackUrl ? {StatusCallback: callbackUrl(id)} : {};
      const form = new URLSearchParams({To: to, ...sender, Body: body, ...callback});
      // nothing stands between this look at the clock and the request
      if (Date.now() > not_after) throw late();
      return taken(await ask(options, 'POST', messages, form));
    },
    find: async ({to, part, since}) => {
      let path: string | null = `${messages}?${new URLSearchParams({To: to, PageSize: String(PAGE)}).toString()}`;
      for (let page = 0; path !== null && page < MOST_PAGES; page += 1) {
        const answer: Record<string, unknown> = await ask(options, 'GET', path);
        const rows = Array.isArray(answer['messages']) ? answer['messages'].map((row) => asRecord(row) ?? {}) : null;
        if (!rows) throw providerFailure.unreadable(NAME);
        const found = rows.find((row) => String(row['body']).includes(part));
        if (found) return taken(found);
        const next = answer['next_page_uri'];
        const over = rows.some((row) => Date.parse(String(row['date_created'])) < since);
        path = typeof next === 'string' && !over ? next : null;
      }
      return null;
    },
  };
}

const late = () =>
  new ProviderError('too_late_to_ask', 'somebody else may be sending this text by now', {
    retryable: true,
    unknown: false,
  });

function taken({sid, status}: Record<string, unknown>): TakenText {
  if (typeof sid !== 'string' || typeof status !== 'string') throw providerFailure.unreadable(NAME);
  return {ref: sid, status};
}

async function ask(
  {accountSid, authToken, baseUrl = 'https://api.twilio.com', timeoutMs = 15_000}: TwilioOptions,
  method: 'GET' | 'POST',
  path: string,
  form?: URLSearchParams,
): Promise<Record<string, unknown>> {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const request = {method, headers: {authorization}, redirect: 'manual' as const, ...(form && {body: form})};
  const {status, text, retryAfter} = await fetch(new URL(path, baseUrl), {
    ...request,
    signal: AbortSignal.timeout(timeoutMs),
  }).then(
    async (response) => ({
      status: response.status,
      text: await response.text(),
      retryAfter: response.headers.get('retry-after') ?? undefined,
    }),
    () => {
      throw providerFailure.unreachable(NAME);
    },
  );
  const body = parseJsonObject(text);
  if (status >= 200 && status < 300 && body) return body;
  throw failureOf(status, body, retryAfter);
}

/** What is in the way is known by Twilio's own code; its message quotes the number and stays behind. */
function failureOf(
  status: number,
  body: Record<string, unknown> | null | undefined,
  retryAfter?: string,
): ProviderError {
  if (status === 429) return providerFailure.throttled(NAME, retryAfterOf(retryAfter));
  if (status >= 500 || status === 408) return providerFailure.broken(NAME, status);
  // a wrong token is ours to mend, and the texts go out when it is
  if (status === 401 || status === 403) {
    const {code, message} = providerFailure.unauthorised(NAME);
    return new ProviderError(code, message, {retryable: true, unknown: false});
  }
  const code = body?.['code'];
  if (status >= 400 && typeof code === 'number') return providerFailure.refused(NAME, `refused_${code}`, String(code));
  return providerFailure.unreadable(NAME);
}
