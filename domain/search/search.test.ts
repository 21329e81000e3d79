import fc from 'fast-check';
import {slips} from './distance.ts';
import {formsOf, formsOfWord} from './forms.ts';
import {plainWords} from './plain-words.ts';
import {readQuestion} from './read-question.ts';
import {soundOf} from './sound.ts';
import {spokenDigits} from './spoken.ts';

const meet = (a: string, b: string) => {
  const [left = '', right = ''] = [plainWords(a)[0], plainWords(b)[0]];
  const forms = new Set(formsOfWord(left).map(({kind, value}) => `${kind} ${value}`));
  return formsOfWord(right).some(({kind, value}) => forms.has(`${kind} ${value}`));
};

describe('words of a name', () => {
  it.each([
    ['Müller', 'Mueller'],
    ['Çelik', 'celik'],
    ['O’Brien', "O'Brien"],
    ['Strauß', 'STRAUSS'],
    ['Łukasz', 'lukasz'],
    ['إبراهيم', 'ابراهيم'],
    ['فاطمة', 'فاطمه'],
  ])('%s and %s are one', (a, b) => expect(plainWords(a)).toEqual(plainWords(b)));
});

describe('sounds', () => {
  it('are those of the paper', () => {
    expect(soundOf('mullerludenscheidt')).toBe('65752682');
    expect(soundOf('wikipedia')).toBe('3412');
    expect(soundOf('breschnew')).toBe('17863');
  });
  it.each([
    ['meyer', 'maier'],
    ['schmidt', 'schmitt'],
    ['stephen', 'steven'],
    ['katherine', 'catherine'],
  ])('%s as %s', (a, b) => expect(soundOf(a)).toBe(soundOf(b)));
});

describe('a misspelt name', () => {
  it.each([
    ['Garcia', 'Gracia'],
    ['Okonkwo', 'Okonkwoh'],
    ['Nguyen', 'Nguyn'],
    ['Schwarzenegger', 'Schwarzeneger'],
    ['Kowalski', 'Covalsky'],
    ['عبدالرحمن', 'عبدالرحمان'],
  ])('%s is found as %s', (name, said) => expect(meet(name, said)).toBe(true));

  it('meets the right one whatever single slip was made', () => {
    const word = fc.string({unit: fc.constantFrom('a', 'b', 'c', 'd', 'x'), minLength: 5, maxLength: 9});
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('drop', 'swap', 'other', 'more'), (name, place, slip) => {
        const letters = [...plainWords(name).join('')];
        const at = place % (letters.length - 1);
        const [one = '', two = ''] = letters.slice(at, at + 2);
        const instead = {drop: [two], swap: [two, one], other: ['z', two], more: [one, 'z', two]}[slip];
        const said = [...letters.slice(0, at), ...instead, ...letters.slice(at + 2)].join('');
        expect(meet(letters.join(''), said)).toBe(true);
        expect(slips(letters.join(''), said, 2)).toBeLessThanOrEqual(1);
      }),
      {seed: 3, numRuns: 500},
    );
  });

  it('counts slips', () => {
    expect(slips('garcia', 'gracia', 2)).toBe(1);
    expect(slips('garcia', 'garsiya', 2)).toBe(2);
    expect(slips('ana', 'maria', 1)).toBe(2);
  });
});

describe('a question', () => {
  it('is read as a number, however it is said', () => {
    expect(readQuestion('ORD-2026-05-06-001')).toMatchObject({
      code: 'ORD20260506001',
      digits: '20260506001',
      names: ['ord'],
    });
    expect(readQuestion('order 2026 0506 001').digits).toBe('20260506001');
    expect(readQuestion('zero five oh six double zero one').digits).toBe('0506001');
    expect(readQuestion('null fünf null sechs').digits).toBe('0506');
    expect(readQuestion('٠٥٠٦٠٠١').digits).toBe('0506001');
    expect(spokenDigits('One Direction')).toBeNull();
  });

  it('is read as an address of the mail, said or written', () => {
    expect(readQuestion('Ana@Example.org').email).toBe('ana@example.org');
    expect(readQuestion('ana at example dot org').email).toBe('ana@example.org');
  });

  it('is read as a telephone in any writing', () => {
    for (const written of ['+49 (0)171 / 555-0199', '0171.5550199', '5550199'])
      expect(readQuestion(written).phone?.slice(-7)).toBe('5550199');
  });

  it('is read as a door: postal code and house number, in either order', () => {
    expect(readQuestion('10115 12a').doors).toContain('10115 12a');
    expect(readQuestion('12 SW1A 1AA').doors).toContain('sw1a1aa 12');
    const {doors} = {doors: formsOf({names: [], postal_code: 'SW1A 1AA', street: '12 Downing Street'})};
    expect(doors).toContainEqual({kind: 'door', value: 'sw1a1aa 12'});
  });

  it('is read as a name with a place', () => {
    expect(readQuestion('Frau Garcia 10115')).toMatchObject({names: ['garcia'], postal: ['10115'], digits: null});
  });

  it('takes whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 300}), (text) => {
        readQuestion(text);
      }),
      {seed: 5, numRuns: 100},
    );
  });
});
