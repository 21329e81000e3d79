import {asksPayer, writePayPage} from '../domain/messages/pay-text.ts';
import {type PayView, readPayment} from '../store/views/pay-view.ts';
import {payPage} from '../web/pay-page.ts';
import type {Theme} from '../web/words/look.ts';
import type {ApiDeps} from './deps.ts';

/** The page behind a payer's link. `language` is what the browser speaks, for a link that names nobody. */
export async function payPageFor(
  deps: Pick<ApiDeps, 'store' | 'shopPaymentUrl' | 'publicUrl'>,
  token: string,
  language: string | null,
  {styles, theme}: {styles: readonly string[]; theme: Theme},
): Promise<{status: number; text: string}> {
  const view = await readPayment(deps.store, token);
  const say = {
    ...writePayPage(view, language),
    goUrl: view && asksPayer(view.case) ? wayOn(deps, view, token) : null,
    trackUrl: view && `/track/${encodeURIComponent(token)}`,
  };
  const text = payPage(say, styles, theme);
  return {status: view ? 200 : 404, text};
}

/** The shop's page learns which order it is about, what its bank needs, and where to send the payer back to. */
function wayOn(
  {shopPaymentUrl, publicUrl}: Pick<ApiDeps, 'shopPaymentUrl' | 'publicUrl'>,
  view: PayView,
  token: string,
) {
  if (shopPaymentUrl === null) return null;
  const url = new URL(shopPaymentUrl);
  url.searchParams.set('order', view.number);
  if (view.client_secret !== null) url.searchParams.set('payment_intent_client_secret', view.client_secret);
  url.searchParams.set('return_url', `${publicUrl}/pay/${token}`);
  return url.href;
}
