import fc from 'fast-check';
import {createVault, VaultError} from './vault.ts';

const keys = {masterKey: '5c'.repeat(32), indexKey: 'a7'.repeat(32)};
const vault = createVault(keys);
const {wrapped_key: wrapped} = vault.newCustomerKey();

function flipped(source: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(source);
  copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ 1;
  return copy;
}

describe('the vault', () => {
  it('gives back any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, aad) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(vault.open(wrapped, aad, vault.seal(wrapped, aad, plain))).toEqual(plain);
      }),
      {seed: 3, numRuns: 300},
    );
  });

  it('refuses every changed bit of ciphertext, tag and iv', () => {
    const sealed = vault.seal(wrapped, 'order:1 ship_to', {name: 'Ann Example'});
    for (const part of ['ciphertext', 'tag', 'iv'] as const) {
      for (let at = 0; at < sealed[part].length; at++) {
        const forged = {...sealed, [part]: flipped(sealed[part], at)};
        expect(() => vault.open(wrapped, 'order:1 ship_to', forged)).toThrow(VaultError);
      }
    }
  });

  it('refuses a shortened tag', () => {
    const sealed = vault.seal(wrapped, 'a', 1);
    expect(() => vault.open(wrapped, 'a', {...sealed, tag: sealed.tag.subarray(0, 4)})).toThrow(VaultError);
  });

  it('refuses data moved to another place', () => {
    const sealed = vault.seal(wrapped, 'order:1 ship_to', 'x');
    expect(() => vault.open(wrapped, 'order:2 ship_to', sealed)).toThrow(VaultError);
  });

  it("refuses another customer's key", () => {
    const sealed = vault.seal(wrapped, 'a', 'x');
    expect(() => vault.open(vault.newCustomerKey().wrapped_key, 'a', sealed)).toThrow(VaultError);
  });

  it('refuses another master key and says so', () => {
    const other = createVault({...keys, masterKey: '5d'.repeat(32)});
    expect(() => other.seal(wrapped, 'a', 'x')).toThrow('another master key');
    expect(other.newCustomerKey().master_key_id).not.toBe(vault.newCustomerKey().master_key_id);
  });

  it('refuses a damaged wrapped key', () => {
    for (let at = 0; at < wrapped.length; at++) {
      expect(() => vault.seal(flipped(wrapped, at), 'a', 'x')).toThrow(VaultError);
    }
    expect(() => vault.seal(wrapped.subarray(1), 'a', 'x')).toThrow(VaultError);
  });

  it('encrypts the same value differently each time', () => {
    const [a, b] = [vault.seal(wrapped, 'a', 'x'), vault.seal(wrapped, 'a', 'x')];
    expect(a.iv).not.toEqual(b.iv);
    expect(a.ciphertext).not.toEqual(b.ciphertext);
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => vault.seal(wrapped, 'a', undefined)).toThrow(VaultError);
  });

  it('indexes equal tokens equally, apart by kind, purpose and key', () => {
    const token = vault.index('name', 'ann');
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(vault.index('name', 'ann')).toBe(token);
    const others = [
      vault.index('email', 'ann'),
      vault.index('name', 'anna'),
      vault.hash('name', 'ann'),
      createVault({...keys, indexKey: 'a8'.repeat(32)}).index('name', 'ann'),
    ];
    expect(new Set([token, ...others]).size).toBe(5);
    expect(vault.index('a', 'b","c')).not.toBe(vault.index('a","b', 'c'));
  });

  it('refuses keys that are not 32 bytes of hex', () => {
    for (const bad of ['', '5c'.repeat(31), 'zz'.repeat(32), '5c'.repeat(33)]) {
      expect(() => createVault({...keys, masterKey: bad})).toThrow(VaultError);
      expect(() => createVault({...keys, indexKey: bad})).toThrow(VaultError);
    }
  });
});
