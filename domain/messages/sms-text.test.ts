import {countSegments, inAlphabet} from './gsm.ts';
import {isOvertaken, type Standing} from './overtaken.ts';
import {asE164} from './phone.ts';
import {whenAwake} from './quiet.ts';
import {type TextFacts, type TextTemplate, writeText} from './sms-text.ts';
import {channelsOf, MESSAGE_TEMPLATES} from './templates.ts';

const FACTS: TextFacts = {
  shop: 'Waybill',
  number: 'ORD-2026-08-06-1001',
  locale: 'en-US',
  zone: 'Europe/Berlin',
  url: 'https://orders.example.com/t/0123456789abcdef',
  until: new Date('2026-08-12T22:30:00Z'),
};
const TEXTS = MESSAGE_TEMPLATES.filter((name) => channelsOf(name).includes('sms')) as TextTemplate[];

describe('a text', () => {
  it('is one piece in every language that has the letters for it, and says who, which order and where', () => {
    for (const locale of ['en-US', 'de-AT', 'fr-FR']) {
      for (const template of TEXTS) {
        const {text, encoding, segments} = writeText(template, {...FACTS, locale});
        expect([template, locale, encoding, segments]).toEqual([template, locale, 'gsm7', 1]);
        expect(text).toMatch(/^Waybill: .*ORD-2026-08-06-1001.* https:\/\/orders\.example\.com\/t\/0123456789abcdef$/);
      }
    }
  });

  it('is counted as the network counts it where another script needs it', () => {
    const {encoding, segments, text} = writeText('delayed', {...FACTS, locale: 'ar'});
    expect([encoding, segments]).toEqual(['ucs2', Math.ceil(text.length / 67)]);
  });

  it('tells days by the clocks of where the goods go', () => {
    expect(writeText('delayed', FACTS).text).toContain('Aug 13');
    expect(writeText('delayed', {...FACTS, zone: 'America/New_York'}).text).toContain('Aug 12');
    expect(writeText('delayed', {...FACTS, until: null}).text).not.toContain('Aug');
  });
});

describe('the alphabet of texts', () => {
  it('has 160 letters to a piece, 153 to each of several, and counts a sign behind the escape twice', () => {
    const pieces = (text: string) => countSegments(text).segments;
    expect([
      pieces('a'.repeat(160)),
      pieces('a'.repeat(161)),
      pieces('a'.repeat(306)),
      pieces('a'.repeat(307)),
    ]).toEqual([1, 2, 2, 3]);
    expect([pieces('€'.repeat(80)), pieces('€'.repeat(81))]).toEqual([1, 2]);
    // 152 letters leave one septet, into which no escaped sign fits
    expect(pieces(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toBe(3);
    expect([pieces('ê'.repeat(70)), pieces('ê'.repeat(71)), pieces('😀'.repeat(35)), pieces('😀'.repeat(36))]).toEqual([
      1, 2, 1, 2,
    ]);
  });

  it('is kept to by leaving out accents it does not have, never letters', () => {
    expect(inAlphabet('Forêt «août» – ça, Größe')).toBe('Foret "aout" - ca, Größe');
    expect(inAlphabet('Łódź')).toBe('Łódź');
    expect(inAlphabet('طلبك 12')).toBe('طلبك 12');
  });
});

describe('quiet hours', () => {
  const quiet = {from: '21:00', until: '08:00'};
  const awake = (at: string, zone = 'America/New_York', hours: typeof quiet | null = quiet) =>
    new Date(whenAwake(Date.parse(at), zone, hours)).toISOString();

  it('end in the morning of where the goods go', () => {
    expect(awake('2026-06-01T00:59:59Z')).toBe('2026-06-01T00:59:59.000Z'); // 20:59:59
    expect(awake('2026-06-01T01:00:00Z')).toBe('2026-06-01T12:00:00.000Z'); // 21:00
    expect(awake('2026-06-01T06:00:00Z')).toBe('2026-06-01T12:00:00.000Z'); // 02:00
    expect(awake('2026-06-01T12:00:00Z')).toBe('2026-06-01T12:00:00.000Z'); // 08:00
    expect(awake('2026-06-01T06:00:00Z', 'Europe/Berlin')).toBe('2026-06-01T06:00:00.000Z');
  });

  it('are by the clock on the wall when it leaps, may lie in the day, and may be none', () => {
    // New York leaps at two on 8 March 2026: eight o'clock is at 12:00 UTC, not at 13:00
    expect(awake('2026-03-08T03:00:00Z')).toBe('2026-03-08T12:00:00.000Z');
    const noon = {from: '12:00', until: '14:00'};
    expect(awake('2026-06-01T13:00:00Z', 'UTC', noon)).toBe('2026-06-01T14:00:00.000Z');
    expect(awake('2026-06-01T23:00:00Z', 'UTC', noon)).toBe('2026-06-01T23:00:00.000Z');
    expect(awake('2026-06-01T03:00:00Z', 'UTC', null)).toBe('2026-06-01T03:00:00.000Z');
  });
});

describe('a telephone number', () => {
  it('is read as it is written at home and abroad', () => {
    expect(asE164('+1 (212) 555-0100', 'DE')).toBe('+12125550100');
    expect(asE164('(212) 555-0100', 'US')).toBe('+12125550100');
    expect(asE164('1 212 555 0100', 'US')).toBe('+12125550100');
    expect(asE164('0151 234 56789', 'de')).toBe('+4915123456789');
    expect(asE164('+49 (0)151 23456789', 'FR')).toBe('+4915123456789');
    expect(asE164('0033 6 12 34 56 78', 'US')).toBe('+33612345678');
    expect(asE164('02 1234 5678', 'IT')).toBe('+390212345678');
  });

  it('is no number where the country or the area is missing', () => {
    expect(asE164('555 0100', 'US')).toBeNull();
    expect(asE164('151 23456789', 'DE')).toBeNull();
    expect(asE164('0151 23456789', 'ZZ')).toBeNull();
    expect(asE164('+1234567890123456', 'US')).toBeNull();
    expect(asE164('112', 'DK')).toBeNull();
  });
});

describe('a text that waited', () => {
  const standing: Standing = {status: 'fulfilled', waiting_on: null, stage: 'OUT_FOR_DELIVERY', newer_delay: false};

  it('is overtaken by what happened meanwhile', () => {
    expect(isOvertaken('out_for_delivery', standing)).toBe(false);
    for (const stage of ['DELIVERED', 'EXCEPTION', 'RETURN_TO_SENDER', 'CANCELLED']) {
      expect(isOvertaken('out_for_delivery', {...standing, stage})).toBe(true);
      expect(isOvertaken('delayed', {...standing, stage})).toBe(true);
      expect(isOvertaken('delivered', {...standing, stage})).toBe(false);
    }
    expect(isOvertaken('delayed', {...standing, stage: 'IN_TRANSIT'})).toBe(false);
    expect(isOvertaken('delayed', {...standing, stage: 'IN_TRANSIT', newer_delay: true})).toBe(true);
    expect(isOvertaken('payment_needed', {...standing, stage: null, waiting_on: 'payment_renewal'})).toBe(false);
    expect(isOvertaken('payment_needed', {...standing, stage: null})).toBe(true);
  });
});
