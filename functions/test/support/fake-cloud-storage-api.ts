import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { describeObject, failure, type Objects, type Outcome } from './fake-cloud-storage-objects.ts';

interface Asked {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const json = { 'Content-Type': 'application/json' };

const objectPath = /^(?:\/upload)?(?:\/storage\/v1)?\/b\/([^/]+)\/o(?:\/(.+))?$/;

/** One upload in a single request: JSON, then the bytes, each behind headers and parted by a boundary. */
const readMultipart = (contentType: string, body: Buffer) => {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? '';
  const [, first = '', second = ''] = body.toString('latin1').split(`--${boundary}`);
  const contentOf = (part: string): string => part.slice(part.indexOf('\r\n\r\n') + 4, -2);
  return { metadata: JSON.parse(contentOf(first)), bytes: Buffer.from(contentOf(second), 'latin1') };
};

const takePart = (objects: Objects, id: string, { headers, body }: Asked): Outcome => {
  const session = objects.sessions.get(id);
  if (session === undefined) return failure(404, 'There is no such upload.');
  const outcome = objects.append(session, headers['content-range'] ?? '', body);
  const last = session.received.length - 1;
  return last < 0 ? outcome : { ...outcome, headers: { ...outcome.headers, Range: `bytes=0-${last}` } };
};

const upload = (objects: Objects, asked: Asked): Outcome => {
  const { searchParams } = asked.url;
  const id = searchParams.get('upload_id');
  if (id !== null) return takePart(objects, id, asked);
  const name = searchParams.get('name') ?? '';
  const ifGenerationMatch = searchParams.get('ifGenerationMatch');
  if (searchParams.get('uploadType') === 'multipart') {
    const { metadata, bytes } = readMultipart(asked.headers['content-type'] ?? '', asked.body);
    return objects.create({ name, ifGenerationMatch, metadata }, bytes);
  }
  const metadata = JSON.parse(asked.body.toString());
  const begun = randomUUID();
  objects.sessions.set(begun, { name, ifGenerationMatch, metadata, received: Buffer.alloc(0) });
  searchParams.set('upload_id', begun);
  return { status: 200, headers: { Location: asked.url.href }, body: undefined };
};

const download = (bytes: Buffer, range: string | undefined): Outcome => {
  if (range === undefined) return { status: 200, body: bytes };
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (Number(start) >= bytes.length) return failure(416, 'The range cannot be satisfied.');
  return {
    status: 206,
    headers: { 'Content-Range': `bytes ${start}-${end}/${bytes.length}` },
    body: bytes.subarray(Number(start), Number(end) + 1),
  };
};

/** What the service answers when all is well. */
export const answerFor = (objects: Objects, asked: Asked): Outcome => {
  const { method, url, headers } = asked;
  const [, bucket, name] = objectPath.exec(url.pathname) ?? [];
  if (bucket !== objects.bucket) return failure(404, 'The specified bucket does not exist.');
  if (url.searchParams.has('uploadType')) return upload(objects, asked);
  if (name === undefined) {
    return { status: 200, headers: json, body: { items: [...objects.all.values()].map(describeObject) } };
  }
  const object = objects.all.get(decodeURIComponent(name));
  if (object === undefined) return failure(404, `No such object: ${bucket}/${name}`);
  if (method === 'DELETE') {
    objects.all.delete(object.name);
    return { status: 204, body: undefined };
  }
  if (url.searchParams.get('alt') === 'media') return download(object.bytes, headers.range);
  return { status: 200, headers: json, body: describeObject(object) };
};
