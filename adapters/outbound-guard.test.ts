import {isForbiddenAddress, isForbiddenHost} from './outbound-guard.ts';

describe('addresses that our webhooks may not reach', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    'not an address',
  ])('%s', (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });

  it.each(['localhost', 'api.localhost', '[::1]', '[::ffff:10.0.0.1]', '127.0.0.1'])('host %s', (host) => {
    expect(isForbiddenHost(host)).toBe(true);
  });

  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('but %s', (address) => {
    expect(isForbiddenAddress(address)).toBe(false);
  });

  it('names are judged when they are resolved', () => {
    expect(isForbiddenHost('supplier.example')).toBe(false);
  });
});
