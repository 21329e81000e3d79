import type {Express, Request} from 'express';
import {deskPage} from '../web/desk-page.ts';
import {LOOK_COOKIE, type Look, readLook} from '../web/words/look.ts';
import {OFFICE_LANGUAGES, pickLanguage} from '../web/words/catalogue.ts';
import type {Bundle} from './assets.ts';
import {readCookie, SESSION_COOKIE} from './cookies.ts';
import {Problem} from './errors.ts';
import {pagePolicy} from './page-policy.ts';

const HEADERS = {'Content-Security-Policy': pagePolicy(), 'Cache-Control': 'no-cache', Vary: 'Accept-Language, Cookie'};

/** The office's single page at every address below /desk; its rooms are found by its own script. */
export function mountDeskPages(app: Express, bundle: Bundle, development: boolean): void {
  const entry = bundle.entry('web/desk/main.tsx');
  app.get(['/desk', '/desk/*rest'], (request, response) => {
    response.locals['operation'] = 'deskPage';
    if (!entry) throw new Problem('unavailable', 'the pages are not built: npm run build');
    response
      .set(HEADERS)
      .type('text/html')
      .send(deskPage(lookOf(request), entry, {development, nobody: !readCookie(request, SESSION_COOKIE)}));
  });
}

/** What the person chose before, else what the browser asks for. */
function lookOf(request: Request): Look {
  const kept = readLook(readCookie(request, LOOK_COOKIE));
  return kept ?? {language: pickLanguage(request.acceptsLanguages(), OFFICE_LANGUAGES), theme: 'system'};
}
