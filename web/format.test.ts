import {formatMoney} from './format.ts';
import {html} from './html.ts';

describe('pages of the server', () => {
  it('show amounts with the digits of their currency', () => {
    expect(formatMoney({amount: 5_000, currency: 'USD'})).toBe('$50.00');
    expect(formatMoney({amount: 5_000, currency: 'JPY'})).toBe('¥5,000');
    expect(formatMoney({amount: 1_234, currency: 'KWD'})).toMatch(/1\.234$/);
  });

  it('escape in text and in attributes', () => {
    expect(html`<a title="${'"\'<&>'}">${['a', html`<b>${1}</b>`, null, false]}</a>`.text).toBe(
      '<a title="&quot;&#39;&lt;&amp;&gt;">a<b>1</b></a>',
    );
  });
});
