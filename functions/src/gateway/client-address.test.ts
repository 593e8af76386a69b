import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { createAddressOf } from './client-address.ts';

/** What a listener answers over a real connection. */
const askEach = async (listener: RequestListener, forwarded: readonly string[][]): Promise<string[]> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = (values: string[]) =>
    new Promise<string>((resolve, reject) => {
      const headers = values.length === 0 ? {} : { 'x-forwarded-for': values };
      httpRequest({ port, host: '127.0.0.1', headers, agent: false }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      })
        .on('error', reject)
        .end();
    });
  const answers = await Promise.all(forwarded.map(ask));
  await new Promise((resolve) => server.close(resolve));
  return answers;
};

const forwarded = [
  [],
  [''],
  ['192.0.2.1'],
  ['198.51.100.9, 192.0.2.1'],
  ['198.51.100.9,203.0.113.7 ,192.0.2.1'],
  ['198.51.100.9', '192.0.2.1'],
  ['2001:db8::1, 2001:db8::2'],
  ['not an address, , 192.0.2.1'],
  [' , '],
];

describe('address of a caller', () => {
  it.each([0, 1, 2, 3, 10])('[HT4] behind %i proxies it is what Express says', async (trustProxy) => {
    const application = express();
    application.set('trust proxy', trustProxy);
    application.use((request, response) => {
      response.end(`=${request.ip}`);
    });
    const addressOf = createAddressOf(trustProxy);
    const ours: RequestListener = (request, response) => {
      response.end(`=${addressOf(request)}`);
    };
    const expected = await askEach(application, forwarded);
    expect(await askEach(ours, forwarded)).toEqual(expected);
    expect(new Set(expected).size > 1).toBe(trustProxy > 0);
  });
});
