import { expect, test } from 'vitest';
import { createChooser, parseMix } from './mix.ts';

test('activities come as often as their shares say, and never in a heap', () => {
  const choose = createChooser(parseMix('route=3,list=1'));
  const chosen = Array.from({ length: 8 }, choose);
  expect(chosen.filter((name) => name === 'list')).toHaveLength(2);
  expect(chosen.slice(0, 4).sort()).toEqual(chosen.slice(4).sort());
});

test('a mix that cannot be read is refused with what to write', () => {
  expect(() => parseMix('dance=1')).toThrow('route, sessions, list');
  expect(() => parseMix('route=0')).toThrow('above 0');
  expect(() => parseMix('route')).toThrow('above 0');
});
