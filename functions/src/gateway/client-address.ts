import type { IncomingMessage } from 'node:http';
import { ipKeyGenerator } from 'express-rate-limit';
import QuickLRU from 'quick-lru';

/** Addresses whose key is remembered at least. */
const rememberedAddresses = 10_000;

/**
 * Gives the key by which a caller's address is counted: an IPv4 address as it is, an IPv6 address as its /56
 * network, because whoever has one IPv6 address has millions. Parsing is express-rate-limit's; it is slow
 * enough to be remembered.
 */
export const createAddressKeys = (): ((address: string | undefined) => string) => {
  const keys = new QuickLRU<string, string>({ maxSize: rememberedAddresses });
  return (address) => {
    if (address === undefined) return 'unknown';
    const known = keys.get(address);
    if (known !== undefined) return known;
    const key = ipKeyGenerator(address);
    keys.set(address, key);
    return key;
  };
};

/**
 * The address of a caller as Express finds it with `trust proxy` set to so many hops, for requests that do not
 * come by Express: the one that the outermost trusted proxy saw.
 */
export const remoteAddressOf = (request: IncomingMessage, trustedProxies: number): string | undefined => {
  const forwarded = request.headers['x-forwarded-for'];
  const text = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '');
  const nearestFirst = text
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
    .reverse();
  const hops = [request.socket.remoteAddress, ...nearestFirst];
  return hops[Math.min(trustedProxies, hops.length - 1)];
};
