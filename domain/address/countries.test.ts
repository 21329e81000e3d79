import {isCountryCode} from './countries.ts';

describe('isCountryCode', () => {
  it('knows the 249 assigned codes and three more in use, nothing else', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter(isCountryCode);
    expect(codes).toHaveLength(252);
  });
  it.each(['US', 'DE', 'JP', 'ZW', 'XK'])('%s is one', (code) => expect(isCountryCode(code)).toBe(true));
  it.each(['UK', 'EU', 'us', 'USA', '', 'XX', 'ZZ', 'AN', 'SU'])('%s is none', (code) =>
    expect(isCountryCode(code)).toBe(false),
  );
});
