import {html} from './html.ts';
import {page} from './layout.ts';

/** The sentences of the page in its reader's language, and what stands at each box. */
export interface ChoicePage {
  lang: string;
  title: string;
  next: string;
  /** told after a change */
  saved: string | null;
  note: string | null;
  channels: readonly string[];
  rows: readonly {name: string; boxes: readonly (ChoiceBox | null)[]}[];
  always: string;
  save: string;
  action: string;
}

export interface ChoiceBox {
  name: string;
  label: string;
  wanted: boolean;
  mandatory: boolean;
}

/** Everything a customer may be told, with a box for each way; an ordinary form, without scripts. */
export function choicePage(say: ChoicePage): string {
  const head = html`<tr><td></td>${say.channels.map((name) => html`<th scope="col">${name}</th>`)}</tr>`;
  const body = html`
<header>
<h1>${say.title}</h1>
<p class="next">${say.next}</p>
${say.saved !== null && html`<p class="notice" role="status">${say.saved}</p>`}
</header>
<form class="card" method="post" action="${say.action}">
<table class="choices">
<thead>${head}</thead>
<tbody>${say.rows.map(({name, boxes}) => html`<tr><th scope="row">${name}</th>${boxes.map((box) => cell(box, say.always))}</tr>`)}</tbody>
</table>
${say.note !== null && html`<p class="hint">${say.note}</p>`}
<p><button class="go">${say.save}</button></p>
</form>`;
  return page({title: say.title, body, lang: say.lang});
}

function cell(box: ChoiceBox | null, always: string) {
  if (box === null) return html`<td></td>`;
  if (box.mandatory) return html`<td>${always}</td>`;
  const mark = box.wanted && html` checked`;
  return html`<td><label><input type="checkbox" name="${box.name}" aria-label="${box.label}"${mark}></label></td>`;
}

/** Before mails of one kind are stopped: a link that is only looked at, as mail scanners do, stops nothing. */
export function stopPage(say: {
  lang: string;
  title: string;
  go: string;
  action: string;
  back: string;
  backUrl: string;
}): string {
  const body = html`
<header>
<h1>${say.title}</h1>
</header>
<form class="card" method="post" action="${say.action}">
<p><button class="go">${say.go}</button></p>
</form>
<footer><p><a href="${say.backUrl}">${say.back}</a></p></footer>`;
  return page({title: say.title, body, lang: say.lang});
}

/** For a link that leads nowhere. */
export function lostPage({lang, title, next}: {lang: string; title: string; next: string}): string {
  return page({title, body: html`<header><h1>${title}</h1><p class="next">${next}</p></header>`, lang});
}
