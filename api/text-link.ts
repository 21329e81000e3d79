import type {Express} from 'express';
import {languageOf} from '../domain/messages/language.ts';
import {orderOfText} from '../store/views/text-link.ts';
import {lostPage} from '../web/choice-page.ts';
import type {ApiDeps} from './deps.ts';
import {sendPage} from './send-page.ts';

/** The short link in a text: on to the order's page, or to where its payer goes on. */
export function mountTextLinks(app: Express, {store}: ApiDeps): void {
  app.get('/t/:link', async (request, response) => {
    response.locals['operation'] = 'textLink';
    response.set({'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex'});
    const order = await orderOfText(store, request.params.link);
    if (order) return response.redirect(303, `/${order.pays ? 'pay' : 'track'}/${encodeURIComponent(order.token)}`);
    const {words, locale} = languageOf(request.acceptsLanguages()[0] ?? null);
    sendPage(response, 404, lostPage({lang: locale, ...words.choices.unknown}));
  });
}
