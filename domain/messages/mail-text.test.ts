import {type MailFacts, writeMail} from './mail-text.ts';
import {MESSAGE_TEMPLATES} from './templates.ts';

const part = {
  position: 1,
  lines: [{name: 'Water & more', qty: 2}],
  carrier: 'SwiftPost',
  tracking_number: 'TRK1',
  eta: new Date('2026-05-07T12:00:00Z'),
};
const facts: MailFacts = {
  shop: 'Tea House',
  number: 'ORD-1',
  customer_name: 'Ann <b>Example</b>',
  locale: 'en-US',
  zone: 'UTC',
  tracking_url: 'http://shop.test/track/t',
  pay_url: 'http://shop.test/pay/t',
  choose_url: 'http://shop.test/messages/m',
  parts: [part],
  shipments: 2,
  to_come: [{name: 'Phone', qty: 1, when: new Date('2026-05-09T12:00:00Z')}],
  totals: {currency: 'EUR', items: 10_000, discount: 1_000, shipping: 500, tax: 0, total: 9_500},
  charged: {amount: 4_250, currency: 'EUR'},
  refund: {amount: 123_456, currency: 'EUR', credit_note: 'CN-1'},
  delay: null,
};
const LOCALES = ['en', 'de', 'fr', 'ar'];

describe('a mail', () => {
  it('says what is in the shipment, what is still to come, and when', () => {
    const {subject, text} = writeMail('dispatched', facts);
    expect(subject).toBe('Your order ORD-1 is on its way');
    expect(text).toContain('  2 x Water & more');
    expect(text).toContain('Expected on May 7, 2026.');
    expect(text).toContain('Still to come:\n  1 x Phone (expected by May 9, 2026)');
  });

  it('is written in the language of the customer, dates and amounts as they write them', () => {
    expect(writeMail('dispatched', {...facts, locale: 'de-AT'}).text).toContain('Voraussichtlich am 7. Mai 2026.');
    expect(writeMail('refunded_part', {...facts, locale: 'de-DE'}).text).toMatch(/1\.234,56\s€/);
    expect(writeMail('dispatched', {...facts, locale: 'fr_FR'}).text).toContain('Prévu pour le 7 mai 2026.');
    expect(writeMail('dispatched', {...facts, locale: 'ar-SA'}).text).toContain('الوصول المتوقع في 7 مايو 2026');
    expect(writeMail('delivered', {...facts, locale: 'pt-BR'}).subject).toBe('Your order ORD-1 was delivered');
    expect(writeMail('delivered', {...facts, locale: null}).subject).toBe('Your order ORD-1 was delivered');
  });

  it('tells days by the clocks of where it goes', () => {
    const evening = {...facts, parts: [{...part, eta: new Date('2026-05-07T02:00:00Z')}]};
    expect(writeMail('dispatched', {...evening, zone: 'America/New_York'}).text).toContain('Expected on May 6, 2026.');
    expect(writeMail('dispatched', evening).text).toContain('Expected on May 7, 2026.');
  });

  it('runs from right to left in Arabic, and keeps other names to themselves', () => {
    const {html, text} = writeMail('dispatched', {...facts, locale: 'ar'});
    expect(html).toContain('dir="rtl"');
    expect(text).toContain('\u2068Water & more\u2069');
    const turned = {...part, lines: [{name: 'شاي\u202e', qty: 1}]};
    expect(writeMail('dispatched', {...facts, parts: [turned]}).text).toContain('1 x \u2068شاي\u2069');
  });

  it('lists the sums of the order, or what was taken for the shipment', () => {
    const {text} = writeMail('received', facts);
    expect(text).toContain('Goods: €100.00\nDiscount: -€10.00\nShipping: €5.00\nTotal: €95.00');
    expect(writeMail('delivered', facts).text).toContain('Charged for this shipment: €42.50');
  });

  it('names each shipment of several', () => {
    const second = {...part, carrier: 'Teak Post', tracking_number: 'TRK2', lines: [{name: 'Phone', qty: 1}]};
    const told = {refund: null, shipments: 3, parts: [part, {...second, position: 3}]};
    const {text, html} = writeMail('dispatched', {...facts, ...told});
    expect(text).toContain('Shipment 1 of 3\nHanded over to SwiftPost, tracking number TRK1:\n  2 x Water & more');
    expect(text).toContain('Shipment 3 of 3\nHanded over to Teak Post, tracking number TRK2:\n  1 x Phone');
    expect(html).toContain('Shipment 3 of 3');
  });

  it('says of a delay the new day, the one that was promised, and why', () => {
    const delay = {promised: new Date('2026-05-05T12:00:00Z'), reason: 'weather' as const};
    const {text} = writeMail('delayed', {...facts, delay});
    expect(text).toContain('Expected on May 7, 2026.');
    expect(text).toContain('Bad weather is holding it up.\nWe had promised it by May 5, 2026.');
  });

  it('shows names as they are, also in HTML', () => {
    const {html} = writeMail('dispatched', facts);
    expect(html).toContain('Ann &lt;b&gt;Example&lt;/b&gt;');
    expect(html).toContain('Water &amp; more');
    expect(html).not.toContain('<b>');
    expect(html).toContain('<html lang="en-US" dir="ltr">');
  });

  it('leads a payer to the bank, and everybody else to the tracking page', () => {
    expect(writeMail('payment_needed', facts).html).toContain('href="http://shop.test/pay/t"');
    expect(writeMail('dispatched', facts).html).toContain('href="http://shop.test/track/t"');
  });

  it.each(MESSAGE_TEMPLATES)('%s names the order in every language, and is small', (template) => {
    const mails = LOCALES.map((locale) => writeMail(template, {...facts, locale}));
    for (const {subject, html, text} of mails) {
      expect(subject).toContain('ORD-1');
      expect(text).toContain('http://shop.test/messages/m');
      // what mail clients cut off begins at 102 kB
      expect(html.length).toBeLessThan(10_000);
      expect(`${html}${text}`).not.toMatch(/undefined|null|NaN/);
    }
    expect(new Set(mails.map(({subject}) => subject)).size).toBe(LOCALES.length);
  });
});
