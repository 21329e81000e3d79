import type {Express, Request, Response} from 'express';
import {readTracking} from '../store/views/track-view.ts';
import {customerPage, lostPage} from '../web/customer/render.tsx';
import {LANGUAGES, type Language, pickLanguage} from '../web/words/catalogue.ts';
import {LOOK_COOKIE, type Look, readLook, writeLook} from '../web/words/look.ts';
import type {Tracking} from './contract/track.ts';
import type {Bundle} from './assets.ts';
import {readCookie} from './cookies.ts';
import type {ApiDeps} from './deps.ts';
import {pagePolicy} from './page-policy.ts';
import {payPageFor} from './pay-page.ts';
import {sendPage} from './send-page.ts';

const NOTHING_BUILT = {script: '', preload: [], styles: []};

/** What a customer opens: the page of one order, the way to pay for it, and what a wrong link shows. */
export function mountCustomerPages(app: Express, deps: ApiDeps, bundle: Bundle): void {
  const entry = bundle.entry('web/customer/main.tsx') ?? NOTHING_BUILT;
  app.get('/track/:token', async (request, response) => {
    response.locals['operation'] = 'trackPage';
    const {token} = request.params;
    const view = await readTracking(deps.store, token);
    const look = lookOf(request, response, view?.locale ?? null);
    response.set({'Content-Security-Policy': pagePolicy(), Vary: 'Accept-Language, Cookie'});
    const text = view ? customerPage({view: view as Tracking, token, look}, entry) : lostPage(look, entry);
    sendPage(response, view ? 200 : 404, text);
  });
  app.get('/pay/:token', async (request, response) => {
    response.locals['operation'] = 'payPage';
    const theme = readLook(readCookie(request, LOOK_COOKIE))?.theme ?? 'system';
    const wanted = request.acceptsLanguages()[0] ?? null;
    const {status, text} = await payPageFor(deps, request.params.token, wanted, {styles: entry.styles, theme});
    sendPage(response, status, text);
  });
}

/** What the reader chose on the page, now or before; else the customer's own language, else the browser's. */
function lookOf(request: Request, response: Response, locale: string | null): Look {
  const kept = readLook(readCookie(request, LOOK_COOKIE));
  const theme = kept?.theme ?? 'system';
  const chosen = LANGUAGES.find((one) => one === request.query['lang']);
  if (chosen) {
    response.append('Set-Cookie', writeLook({language: chosen, theme}));
    return {language: chosen, theme};
  }
  return {language: kept?.language ?? languageFor(request, locale), theme};
}

function languageFor(request: Request, locale: string | null): Language {
  const own = locale === null ? undefined : LANGUAGES.find((one) => one === locale.slice(0, 2).toLowerCase());
  return own ?? pickLanguage(request.acceptsLanguages());
}
