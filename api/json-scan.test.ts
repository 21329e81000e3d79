import fc from 'fast-check';
import {MAX_DEPTH, scanJson} from './json-scan.ts';

describe('the look over JSON text', () => {
  it('finds nothing in any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({maxDepth: 6, noUnicodeString: false}), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__') && !text.includes('\\u0000') && !/\\ud[89a-f]/i.test(text));
        expect(scanJson(text)).toBeNull();
        expect(scanJson(JSON.stringify(value, null, 3))).toBeNull();
      }),
      {seed: 5, numRuns: 500},
    );
  });

  it.each([
    ['{"a": 1, "a": 2}', 'duplicate_key', '/a'],
    ['{"a": 1, "\\u0061": 2}', 'duplicate_key', '/a'],
    ['{"x": [{"q": 1}, {"q": 1, "r": {"s": 1, "s": 2}}]}', 'duplicate_key', '/x/1/r/s'],
    ['[1, [2, {"a/b": {"~": 1, "~": 1}}]]', 'duplicate_key', '/1/1/a~1b/~0'],
    ['{"__proto__": {"admin": true}}', 'forbidden_key', '/__proto__'],
    ['{"a": {"\\u005f_proto__": 1}}', 'forbidden_key', '/a/__proto__'],
    ['{"name": "a\\u0000b"}', 'control_character', '/name'],
    ['{"a\\u0000b": 1}', 'control_character', ''],
    ['{"name": "\\ud800"}', 'malformed_unicode', '/name'],
    ['{"list": ["ok", "\\udc00x"]}', 'malformed_unicode', '/list/1'],
    ['["\\\\", "\\"", "\\ud83d"]', 'malformed_unicode', '/2'],
  ])('finds the fault of %s', (text, code, pointer) => {
    expect(scanJson(text)).toMatchObject({code, pointer});
  });

  it('keeps keys of different objects apart', () => {
    expect(scanJson('{"a": {"a": [{"a": 1}, {"a": 2}]}, "b": "a"}')).toBeNull();
    expect(scanJson('{"a": "b", "b": "a", "c": ",\\"a\\":"}')).toBeNull();
  });

  it('allows pairs of surrogates, written out or escaped', () => {
    expect(scanJson('{"a": "😀", "b": "\\ud83d\\ude00"}')).toBeNull();
  });

  it('stops at the first level too many', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(scanJson(nested(MAX_DEPTH))).toBeNull();
    expect(scanJson(nested(MAX_DEPTH + 1))?.code).toBe('too_deep');
    expect(scanJson('{"a":'.repeat(200_000))?.code).toBe('too_deep');
  });

  it('leaves broken syntax to the parser and never throws', () => {
    for (const text of [
      '',
      '{',
      '}',
      ']]',
      '{"a"',
      '"abc',
      '{"a":1,}',
      '{,}',
      'nul',
      '"\\u00"',
      '"\\x"',
      '{"a" "a"}',
    ]) {
      expect(scanJson(text)).toBeNull();
      expect(() => JSON.parse(text) as unknown).toThrow();
    }
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom(...'{}[]",:\\u0a ')}), (text) => void scanJson(text)),
      {seed: 9, numRuns: 1000},
    );
  });
});
