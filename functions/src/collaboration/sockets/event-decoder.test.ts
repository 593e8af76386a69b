import fc from 'fast-check';
import { Decoder, type Packet } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import { keptJsonOf } from '../../protocol/kept-json.ts';
import { packetParser } from './event-decoder.ts';

const read = (decoder: Decoder, packet: string): Packet | 'refused' => {
  let read: Packet | undefined;
  decoder.on('decoded', (decoded) => {
    read = decoded;
  });
  try {
    decoder.add(packet);
  } catch {
    return 'refused';
  }
  return read ?? 'refused';
};

const readBoth = (packet: string) => [read(new packetParser.Decoder(), packet), read(new Decoder(), packet)];

const addOf = (payload: string): string => `27["annotation:add",${payload}]`;

describe('reading packets', () => {
  it('[RT2] the text of what was drawn is kept, wherever it stands in its event', () => {
    const text = '{"points":[[0.25,1],[1e-3,0.5]],"note":"]} \\" ü"}';
    for (const payload of [`{"type":"pen","data":${text}}`, `{"data":${text},"page":2,"layer":"a"}`]) {
      const packet = read(new packetParser.Decoder(), addOf(payload)) as Packet;
      expect(packet).toMatchObject({ id: 7, data: ['annotation:add', { data: JSON.parse(text) }] });
      expect(keptJsonOf(packet.data[1].data)).toBe(text);
    }
  });

  it('[RT2] any event is read as Socket.IO reads it', () => {
    const payload = fc.dictionary(fc.oneof(fc.constant('data'), fc.string()), fc.jsonValue());
    fc.assert(
      fc.property(payload, fc.constantFrom('annotation:add', 'annotation:update'), (value, event) => {
        const [own, plain] = readBoth(`2${JSON.stringify([event, value])}`);
        expect(own).toEqual(plain);
      }),
    );
  });

  it('[RT2] no text passes for something that it is not', () => {
    const payloads = [
      '{"patch":{"data":[1]}}',
      '{"patch":{"data":[1]},"data":[2]}',
      '{"data":[1],"data":[2]}',
      '{"data":[1],"data":null}',
      '{"a\\"data":[1],"data":[2]}',
      '{"a":"\\"data\\":[1]","data":[2]}',
      '{"data": [1, 2]}',
      '{"data":[1, 2]}',
      '{"data":[1}',
      '{"data":[1,],"page":1}',
      '{"data":{"a":"[}',
      '{"data":[1]]}',
      '{"data":{"__proto__":[1]}}',
      '[{"data":[1]}]',
      '"data"',
      '{"data":[1]},{"data":[2]}',
    ];
    for (const payload of payloads) {
      const [own, plain] = readBoth(addOf(payload));
      expect(own, payload).toEqual(plain);
    }
    const binary = '51-["annotation:add",{"data":[{"_placeholder":true,"num":0}]}]';
    const decoder = new packetParser.Decoder();
    expect(read(decoder, binary)).toBe('refused');
    let data: unknown;
    decoder.on('decoded', (packet) => {
      data = packet.data;
    });
    decoder.add(Buffer.from('a'));
    expect(data).toEqual(['annotation:add', { data: [Buffer.from('a')] }]);
  });
});
