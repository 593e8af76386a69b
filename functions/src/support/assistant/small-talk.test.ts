import { describe, expect, it } from 'vitest';
import { smallTalkOf } from './small-talk.ts';

describe('small talk', () => {
  it.each([
    'Thanks!',
    'Thank you very much, that helped me',
    'Vielen Dank',
    'Merci beaucoup !',
    '¡Muchas gracias!',
  ])('[RT13] "%s" is thanks', (text) => {
    expect(smallTalkOf(text)).toBe('thanks');
  });

  it.each(['Hello', 'Hi there', 'Guten Morgen, hallo', 'Bonjour', 'Hola, buenas tardes'])(
    '[RT13] "%s" is a greeting',
    (text) => {
      expect(smallTalkOf(text)).toBe('greeting');
    },
  );

  it.each([
    'Thanks, but the bleed is still wrong',
    'Hello, where is my order?',
    'Danke, und wie groß muss der Anschnitt sein?',
    'perfect binding',
    '!!!',
    '',
  ])('[RT13] "%s" is more than small talk', (text) => {
    expect(smallTalkOf(text)).toBeUndefined();
  });
});
