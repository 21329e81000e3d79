import {html} from './html.ts';
import {page} from './layout.ts';

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
export function payPage(say: PayPage): string {
  const body = html`
<header>
${say.order !== null && html`<p class="eyebrow">${say.order}</p>`}
<h1>${say.title}</h1>
<p class="next">${say.next}</p>
</header>
${say.go !== null && wayOn(say)}
<footer>
${say.trackUrl !== null && html`<p><a href="${say.trackUrl}">${say.track}</a></p>`}
${say.go !== null && html`<p>${say.keep}</p>`}
</footer>`;
  return page({title: say.order === null ? say.title : `${say.title} · ${say.order}`, body, lang: say.lang});
}

function wayOn({facts, held, go, goUrl, shop}: PayPage) {
  return html`
<section class="card">
<dl class="facts">
${facts.map(({label, value}) => html`<dt>${label}</dt><dd>${value}</dd>`)}
</dl>
${held !== null && html`<p class="hint">${held}</p>`}
${goUrl === null ? html`<p>${shop}</p>` : html`<p><a class="go" href="${goUrl}">${go}</a></p>`}
</section>`;
}
