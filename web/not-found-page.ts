import {html} from './html.ts';
import {page} from './layout.ts';

/** For a tracking link that leads nowhere: it does not tell whether there ever was such an order. */
export function notFoundPage(): string {
  const body = html`
<header>
<p class="eyebrow">Order tracking</p>
<h1><span class="mark waiting" aria-hidden="true">○</span> We cannot find this page</h1>
<p class="next">The link may have been cut off on its way to you. Open it again from the message the shop sent, all of it.</p>
</header>
<section class="card quiet">
<h2>Still nothing?</h2>
<p class="hint">Ask the shop where you ordered and have your order number ready; it begins with ORD.</p>
</section>`;
  return page({title: 'Page not found', body});
}
