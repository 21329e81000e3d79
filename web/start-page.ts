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

/** Who may come in where, with what lets them in: of a development start only. */
export interface StartPeople {
  office: readonly {role: string; login: string; password: string}[];
  floor: readonly {staff_id: string; name: string; warehouse: string; roles: readonly string[]; pin: string}[];
  /** key of the shared device of the floor */
  device: string | null;
}

export interface StartPageOptions {
  orders: readonly StartOrder[];
  temporalUi: string | null;
  mail: string | null;
  /** null: not for whoever asks */
  people: StartPeople | null;
}

/** What a developer finds at the root: every page with who may come in, some orders to look at, and what runs. */
export function startPage({orders, temporalUi, mail, people}: StartPageOptions): string {
  const body = html`
<header>
<p class="eyebrow">Waybill · development</p>
<h1>From “Buy now” to the door</h1>
<p class="next">The service is running. These are the doors into it.</p>
</header>
${people && html`${office(people)}${floor(people)}`}
<section class="card">
<h2>Customers</h2>
${orders.length > 0 ? html`<ul class="rows">${orders.map(orderRow)}</ul>` : html`<p class="hint">No orders yet: place one, and its page appears here.</p>`}
</section>
<section class="card">
<h2>What runs</h2>
${rows([
  ['Mail', mail, 'what customers were sent; nothing really leaves'],
  ['Temporal', temporalUi, 'every order as a running workflow'],
  ['Interface', '/openapi.json', 'OpenAPI 3.1 of every call; keys are in keys.json of the data folder'],
  ['Components', '/desk/kit', 'what the pages of the office are made of'],
  ['Health', '/readyz', 'whether database and Temporal answer'],
  ['Metrics', '/metrics', 'for Prometheus'],
])}
</section>`;
  return page({title: 'Waybill', body});
}

type Row = readonly [name: string, url: string | null, about: Child];

const rows = (list: readonly Row[]): Child =>
  html`<ul class="rows">${list.map(([name, url, about]) => url !== null && html`<li><a href="${url}">${name}</a><span>${about}</span></li>`)}</ul>`;

const secret = (name: string, word: string): Child => html`<code>${name}</code> · <code>${word}</code>`;

function office({office: people}: StartPeople): Child {
  const list = people.map(({role, login, password}): Row => [role, '/desk', secret(login, password)]);
  return html`<section class="card">
<h2>Office</h2>
<p class="hint">Login and password.</p>
${rows(list)}
</section>`;
}

function floor({floor: people, device}: StartPeople): Child {
  const known = device === null ? '' : `#device=${device}`;
  const list = people.map(({staff_id, name, warehouse, roles, pin}): Row => {
    const path = roles.includes('warehouse_lead') ? '/floor/waves' : '/floor';
    return [`${name}, ${warehouse}`, path + known, html`${roles.join(', ')} · ${secret(staff_id, pin)}`];
  });
  return html`<section class="card">
<h2>Floor</h2>
<p class="hint">Number and PIN; the links make this browser a shared device.</p>
${rows([...list, ['Packing station', `/floor/pack${known}`, 'box, weight, label'], ['Stock', `/floor/stock${known}`, 'receive, move, count']])}
</section>`;
}

function orderRow(order: StartOrder): Child {
  const {number, status, waiting_on: wait, total, tracking_url} = order;
  const words = `${status}${wait ? `, waits for ${wait.name}` : ''}`.replaceAll('_', ' ');
  return html`<li><a href="${tracking_url}">${number}</a><span>${words} · ${formatMoney(total)}</span></li>`;
}
