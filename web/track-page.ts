import {formatDay, formatMoney, formatWindow, type Money} from './format.ts';
import {type Child, Html, html} from './html.ts';
import {page} from './layout.ts';
import {STEPS, type StageWords, stageWords, storyOf} from './track-words.ts';

interface Item {
  sku: string;
  name: string;
  qty: number;
}

interface Parcel {
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  status: string;
  status_at: string | null;
  eta_from: string | null;
  eta_to: string | null;
}

interface Shipment {
  position: number;
  stage: string;
  items: Item[];
  parcels: Parcel[];
  estimated_delivery: string | null;
  money: {held: Money; charged: Money; to_be_charged: Money};
}

/** What `GET /v1/track/{token}` answers. */
export interface Tracking {
  number: string;
  status: string;
  waiting_on: {name: string; since: string; deadline: string | null} | null;
  placed_at: string;
  total: Money;
  payment: {held: Money; charged: Money; refunded: Money};
  /** set while the payer is waited for */
  payment_action?: {client_secret: string | null} | null;
  unassigned: Item[];
  shipments: Shipment[];
}

const REFRESH_S = 15;
const ENDED = new Set(['delivered', 'cancelled', 'refunded']);

/** Shapes that tell the kinds apart without colour. */
const MARKS: Record<StageWords['kind'], string> = {
  moving: '●',
  arrived: '✓',
  waiting: '◔',
  trouble: '▲',
  ended: '■',
};

/** The customer's page of one order: what happens next first, then each shipment, then the money. `payUrl`: where a payer goes on. */
export function trackPage(view: Tracking, payUrl: string | null = null): string {
  const story = storyOf({...view, stages: view.shipments.map(stageOf)});
  const body = html`
<header>
<p class="eyebrow">Order <b>${view.number}</b> <span class="placed">placed ${formatDay(view.placed_at)}</span></p>
<h1>${mark(story.kind)} ${story.title}</h1>
<p class="next">${story.next}</p>
${!!view.payment_action && payUrl !== null && html`<p><a class="go" href="${payUrl}">Go on with your payment</a></p>`}
</header>
${view.shipments.map((shipment) => shipmentCard(shipment, view.shipments.length))}
${view.unassigned.length > 0 && unassignedCard(view)}
${moneyCard(view)}
<footer>
<p>${ENDED.has(view.status) ? 'This page stays here for you.' : 'This page refreshes itself. Keep the link private: who has it can see your order.'}</p>
</footer>`;
  const refresh = ENDED.has(view.status) ? {} : {refresh: REFRESH_S};
  return page({title: `${story.title} · ${view.number}`, body, ...refresh});
}

const mark = (kind: StageWords['kind']): Html =>
  html`<span class="mark ${kind}" aria-hidden="true">${MARKS[kind]}</span>`;

function shipmentCard(shipment: Shipment, of: number): Html {
  const words = stageWords(stageOf(shipment));
  return html`
<section class="card">
<div class="top">
<h2>${of > 1 ? `Shipment ${shipment.position} of ${of}` : 'Your shipment'}</h2>
<p class="status ${words.kind}">${mark(words.kind)} ${words.text}</p>
</div>
${words.done !== null && progress(words.done)}
${arrival(shipment)}
${itemList(shipment.items)}
${shipment.parcels.map(parcelLine)}
${moneyLine(shipment)}
</section>`;
}

/** A shipment whose parcels are all lost is not merely held up: that is its end. */
function stageOf({stage, parcels}: Shipment): string {
  return parcels.length > 0 && parcels.every(({status}) => status === 'lost') ? 'LOST' : stage;
}

/** The line from confirmed to delivered; each step says in words whether it is behind, here or ahead. */
function progress(done: number): Html {
  return html`
<ol class="steps">
${STEPS.map((step, i) => {
  const state = i < done ? 'done' : i === done ? 'now' : 'ahead';
  const spoken = {done: 'done', now: 'now', ahead: 'still to come'}[state];
  const sign = {done: '✓', now: '●', ahead: ''}[state];
  const current = new Html(state === 'now' ? ' aria-current="step"' : '');
  return html`<li class="${state}"${current}><i aria-hidden="true">${sign}</i><span>${step}</span><b class="spoken">: ${spoken}</b></li>`;
})}
</ol>`;
}

const ON_ITS_WAY = new Set(['ALLOCATED', 'PICKING', 'PICKED', 'PACKED', 'IN_TRANSIT']);

/** When it comes, or came, in the customer's words. */
function arrival({stage, parcels, estimated_delivery}: Shipment): Child {
  const [first] = parcels;
  if (stage === 'BACKORDERED') return html`<p class="eta">Sent <b>as soon as it is in stock</b></p>`;
  if (stage === 'OUT_FOR_DELIVERY') return html`<p class="eta">Arrives <b>today</b></p>`;
  if (stage === 'DELIVERED') {
    const times = parcels.flatMap(({status, status_at}) => (status === 'delivered' && status_at ? [status_at] : []));
    const last = times.sort().at(-1);
    return last !== undefined && html`<p class="eta">Arrived <b>${formatDay(last)}</b></p>`;
  }
  if (!ON_ITS_WAY.has(stage)) return null;
  const when = formatWindow(first?.eta_from ?? null, first?.eta_to ?? null) ?? formatWindow(estimated_delivery, null);
  return when !== null && html`<p class="eta">Arrives <b>${when}</b></p>`;
}

function itemList(items: readonly Item[]): Html {
  return html`<ul class="items">${items.map(({name, qty}) => html`<li><span class="qty">${qty} ×</span> <span>${name}</span></li>`)}</ul>`;
}

function parcelLine({carrier, service, tracking_number}: Parcel): Child {
  if (tracking_number === null) return null;
  const by = [carrier, service].filter((part) => part !== null).join(' · ');
  return html`<p class="parcel"><span>With ${by}</span> <span>Tracking number <code>${tracking_number}</code></span></p>`;
}

function moneyLine({money: {held, charged, to_be_charged}}: Shipment): Child {
  const toCome = to_be_charged.amount > 0;
  if (!toCome && charged.amount === 0) return null;
  return html`
<dl class="money">
${charged.amount > 0 && html`<div><dt>Charged</dt><dd>${formatMoney(charged)}</dd></div>`}
${toCome && html`<div><dt>${toComeLabel(held, to_be_charged)}</dt><dd>${formatMoney(to_be_charged)}</dd></div>`}
</dl>`;
}

const toComeLabel = (held: Money, toCome: Money) =>
  held.amount >= toCome.amount ? 'Held on your card, charged when it arrives' : 'Charged when it arrives';

function unassignedCard(view: Tracking): Html {
  const title = view.shipments.length > 0 ? 'Still to be assigned' : 'Your items';
  return html`<section class="card"><h2>${title}</h2>${itemList(view.unassigned)}</section>`;
}

function moneyCard({status, total, payment: {held, charged, refunded}, shipments}: Tracking): Html {
  const toCome = shipments.reduce((sum, {money}) => sum + money.to_be_charged.amount, 0);
  const surplus = shipments.length > 0 && held.amount > toCome;
  const row = (label: string, money: Money) => html`<div><dt>${label}</dt><dd>${formatMoney(money)}</dd></div>`;
  return html`
<section class="card quiet">
<h2>Payment</h2>
<dl class="money">
${row('Order total', total)}
${charged.amount > 0 && row(ENDED.has(status) ? 'Charged' : 'Charged so far', charged)}
${held.amount > 0 && row('Held on your card', held)}
${refunded.amount > 0 && row('Refunded', refunded)}
</dl>
${held.amount > 0 && html`<p class="hint">Held means reserved at your bank, not taken. You are charged for each shipment when it has arrived.${surplus && ' What is held beyond that is let go.'}</p>`}
</section>`;
}
