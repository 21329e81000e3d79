import {MAIL_TEMPLATES, type MailFacts, writeMail} from './mail-text.ts';

const facts: MailFacts = {
  number: 'ORD-1',
  customer_name: 'Ann <b>Example</b>',
  locale: 'en-US',
  tracking_url: 'http://shop.test/track/t',
  lines: [{name: 'Water & more', qty: 2}],
  to_come: [{name: 'Phone', qty: 1, when: new Date('2026-05-09T12:00:00Z')}],
  carrier: 'SwiftPost',
  tracking_number: 'TRK1',
  eta: new Date('2026-05-07T12:00:00Z'),
  refund: {amount: 123_456, currency: 'EUR', credit_note: 'CN-1'},
};

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
    expect(writeMail('delivered', {...facts, locale: 'pt-BR'}).subject).toBe('Your order ORD-1 was delivered');
    expect(writeMail('delivered', {...facts, locale: null}).subject).toBe('Your order ORD-1 was delivered');
  });

  it('shows names as they are, also in HTML', () => {
    const {html} = writeMail('dispatched', facts);
    expect(html).toContain('Ann &lt;b&gt;Example&lt;/b&gt;');
    expect(html).toContain('Water &amp; more');
    expect(html).not.toContain('<b>');
    expect(html).toContain('<html lang="en-US">');
  });

  it.each(MAIL_TEMPLATES)('%s names the order in every language', (template) => {
    const subjects = ['en', 'de', 'fr'].map((locale) => writeMail(template, {...facts, locale}).subject);
    for (const subject of subjects) expect(subject).toContain('ORD-1');
    expect(new Set(subjects).size).toBe(3);
  });
});
