import {html} from './html.ts';
import type {Theme} from './words/look.ts';
import {customerFrame} from './customer/frame.ts';

/** The sentences of the page, in the reader's language, and where its links lead. */
export interface PayPage {
  lang: string;
  order: string | null;
  title: string;
  next: string;
  facts: readonly {label: string; value: string}[];
  held: string | null;
  go: string | null;
  goUrl: string | null;
  shop: string;
  keep: string;
  track: string;
  trackUrl: string | null;
}

/** The page behind a payer's link: what is needed, for how much, until when, and the way on. */
export function payPage(say: PayPage, styles: readonly string[], theme: Theme): string {
  const body = html`<main class="customer pay">
${say.order !== null && html`<p class="soft">${say.order}</p>`}
<h1>${say.title}</h1>
<p class="next">${say.next}</p>
${say.go !== null && wayOn(say)}
<footer class="foot">
${say.trackUrl !== null && html`<p><a href="${say.trackUrl}">${say.track}</a></p>`}
${say.go !== null && html`<p class="soft">${say.keep}</p>`}
</footer>
</main>`;
  const title = say.order === null ? say.title : `${say.title} · ${say.order}`;
  return customerFrame({lang: say.lang, theme, title, entry: {styles}, body});
}

function wayOn({facts, held, go, goUrl, shop}: PayPage) {
  return html`
<section class="ui-card">
<dl class="ui-facts">
${facts.map(({label, value}) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
</dl>
${held !== null && html`<p class="soft">${held}</p>`}
${goUrl === null ? html`<p>${shop}</p>` : html`<p><a class="ui-button go" href="${goUrl}">${go}</a></p>`}
</section>`;
}
