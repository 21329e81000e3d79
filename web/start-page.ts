import {formatMoney, type Money} from './format.ts';
import {type Child, html} from './html.ts';
import {page} from './layout.ts';

export interface StartOrder {
  number: string;
  status: string;
  waiting_on: {name: string; since: string; deadline: string | null} | null;
  total: Money;
  tracking_url: string;
}

export interface StartPageOptions {
  orders: readonly StartOrder[];
  temporalUi: string | null;
  mail: string | null;
}

/** What a developer finds at the root: where everything is, and some orders to look at. */
export function startPage({orders, temporalUi, mail}: StartPageOptions): string {
  const links: [string, string | null, string][] = [
    ['Temporal', temporalUi, 'every order as a running workflow'],
    ['Mail', mail, 'what customers were sent'],
    ['Interface', '/openapi.json', 'OpenAPI 3.1 of every call'],
    ['Health', '/readyz', 'whether database and Temporal answer'],
    ['Metrics', '/metrics', 'for Prometheus'],
  ];
  const body = html`
<header>
<p class="eyebrow">Waybill · development</p>
<h1>From “Buy now” to the door</h1>
<p class="next">The service is running. These are the doors into it; the keys are in <code>keys.json</code> of the data folder.</p>
</header>
<section class="card">
<h2>Orders</h2>
${orders.length > 0 ? html`<ul class="rows">${orders.map(orderRow)}</ul>` : html`<p class="hint">None yet: place one, and its page appears here.</p>`}
</section>
<section class="card">
<h2>Pages</h2>
<ul class="rows">${links.map(([name, url, what]) => url !== null && html`<li><a href="${url}">${name}</a><span>${what}</span></li>`)}</ul>
</section>`;
  return page({title: 'Waybill', body, refresh: 15});
}

function orderRow(order: StartOrder): Child {
  const {number, status, waiting_on: wait, total, tracking_url} = order;
  const words = `${status}${wait ? `, waits for ${wait.name}` : ''}`.replaceAll('_', ' ');
  return html`<li><a href="${tracking_url}">${number}</a><span>${words} · ${formatMoney(total)}</span></li>`;
}
