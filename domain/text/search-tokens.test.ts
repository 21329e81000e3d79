import fc from 'fast-check';
import {searchTokens} from './search-tokens.ts';

const values = (person: Parameters<typeof searchTokens>[0]) => searchTokens(person).map((t) => `${t.kind}:${t.value}`);

describe('search tokens', () => {
  it('take names apart into plain lower-case words', () => {
    expect(values({name: "  José-María O'Brien "})).toEqual(['name:jose', 'name:maria', 'name:o', 'name:brien']);
    expect(values({name: 'ＷＡＮＧ 王'})).toEqual(['name:wang', 'name:王']);
    expect(values({name: 'Ann ann ANN'})).toEqual(['name:ann']);
  });

  it('keep the e-mail address whole', () => {
    expect(values({email: ' Zoë.B@Example.COM '})).toEqual(['email:zoe.b@example.com']);
  });

  it('reduce a phone number to its digits and its last seven', () => {
    expect(values({phone: '+1 (212) 555-0199'})).toEqual(['phone:12125550199', 'phone:5550199']);
    expect(values({phone: '555 0199'})).toEqual(['phone:5550199']);
    expect(values({phone: '112'})).toEqual(['phone:112']);
  });

  it('are none where nothing searchable is given', () => {
    expect(values({})).toEqual([]);
    expect(values({name: ' – ', email: '', phone: 'none'})).toEqual([]);
  });

  it('are the same however the text was composed or cased', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), (name) => {
        const expected = values({name});
        expect(values({name: name.normalize('NFC')})).toEqual(expected);
        expect(values({name: name.normalize('NFD')})).toEqual(expected);
      }),
      {seed: 7, numRuns: 300},
    );
  });

  it('are already normalised: a token is its own token', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), (name) => {
        for (const token of searchTokens({name})) {
          expect(searchTokens({name: token.value})).toEqual([token]);
        }
      }),
      {seed: 11, numRuns: 300},
    );
  });
});
