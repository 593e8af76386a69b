import type { IncomingMessage } from 'node:http';
import { ipKeyGenerator } from 'express-rate-limit';
import proxyAddress from 'proxy-addr';
import QuickLRU from 'quick-lru';

/**
 * Gives the address a request came from, as Express's `request.ip` with `trust proxy` set to a number: that many
 * proxies in front of the server are believed, and nobody behind them. Undefined for a socket that is gone.
 */
export const createAddressOf = (trustProxy: number): ((request: IncomingMessage) => string | undefined) =>
  trustProxy === 0
    ? (request) => request.socket.remoteAddress
    : (request) => proxyAddress(request, (_address, hop) => hop < trustProxy);

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
