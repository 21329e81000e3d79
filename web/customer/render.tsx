import {StrictMode} from 'react';
import {renderToString} from 'react-dom/server';
import type {Entry} from '../desk-page.ts';
import {Html, html} from '../html.ts';
import {createQueryClient} from '../ui/data.ts';
import {sayIn} from '../words/catalogue.ts';
import {customerWords} from '../words/customer/index.ts';
import type {Look} from '../words/look.ts';
import {CustomerApp, type Opened} from './app.tsx';
import {drawMap} from './draw-map.ts';
import {customerFrame} from './frame.ts';
import {hasEnded} from './story.ts';

/** Without scripts the page loads itself anew. */
const REFRESH_S = 30;

/** The whole page of one order. It reads the same without scripts; with them it goes on where the server left off. */
export function customerPage({view, token, look}: Omit<Opened, 'sheet'>, entry: Entry): string {
  const opened: Opened = {view, token, look, sheet: drawMap(view)};
  const client = createQueryClient(() => {});
  client.setQueryData(['read', `/v1/track/${token}`], view);
  const body = renderToString(
    <StrictMode>
      <CustomerApp {...opened} client={client} />
    </StrictMode>,
  );
  client.clear();
  const sent = {...opened, sheet: opened.sheet && {...opened.sheet, land: '', borders: ''}};
  return customerFrame({
    ...{lang: look.language, theme: look.theme, title: view.number, entry},
    head: !hasEnded(view) && html`<noscript><meta http-equiv="refresh" content="${REFRESH_S}"></noscript>`,
    body: html`<div id="customer">${new Html(body)}</div>
<script type="application/json" id="opened">${new Html(inScript(sent))}</script>`,
  });
}

/** JSON that ends no script and opens no comment. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** For a link that leads nowhere: it does not tell whether there ever was such an order. */
export function lostPage(look: Look, {styles}: Entry): string {
  const say = sayIn(customerWords, look.language);
  const body = html`<main class="customer lost">
<p class="soft">${say('lost_eyebrow')}</p>
<h1>${say('lost_title')}</h1>
<p class="next">${say('lost_next')}</p>
<section class="ui-card"><h2>${say('lost_still')}</h2><p class="soft">${say('lost_hint')}</p></section>
</main>`;
  return customerFrame({lang: look.language, theme: look.theme, title: say('lost_title'), entry: {styles}, body});
}
