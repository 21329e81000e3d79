import {lookup as resolve} from 'node:dns';
import {BlockList, isIP, type LookupFunction} from 'node:net';

const FORBIDDEN = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  FORBIDDEN.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  FORBIDDEN.addSubnet(net, prefix, 'ipv6');
}

/** Is this an address of this machine, a private network or no single host at all? Mapped IPv4 counts as what it is. */
export function isForbiddenAddress(address: string): boolean {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const kind = isIP(plain);
  return kind === 0 || FORBIDDEN.check(plain, kind === 6 ? 'ipv6' : 'ipv4');
}

/** The same of a host in an address, where it is a literal; names are judged when they are resolved. */
export function isForbiddenHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 0) return bare === 'localhost' || bare.endsWith('.localhost');
  return /^::ffff:/i.test(bare) || isForbiddenAddress(bare);
}

/** Resolves a name for a connection, and refuses what leads back into the house: the address used is the one judged. */
export const guardedLookup: LookupFunction = (host, options, callback) => {
  resolve(host, {...options, all: true}, (error, found) => {
    if (error) return callback(error, '', 0);
    const [first] = found;
    if (!first || found.some(({address}) => isForbiddenAddress(address))) {
      return callback(Object.assign(new Error(`${host} is not on the public internet`), {code: 'EFORBIDDEN'}), '', 0);
    }
    if (options.all) return callback(null, found as never, 0);
    callback(null, first.address, first.family);
  });
};
