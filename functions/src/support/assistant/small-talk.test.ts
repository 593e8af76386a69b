import { describe, expect, it } from 'vitest';
import { smallTalkOf } from './small-talk.ts';

describe('small talk', () => {
  it.each([
    'Thanks!',
    'Thank you very much, that helped me',
    'Vielen Dank',
    'Merci beaucoup !',
    'Great, that worked, thank you very much!',
    'No, thanks',
    'Danke, schönen Tag noch',
    '¡Muchas gracias!',
  ])('[RT13] "%s" is thanks', (text) => {
    expect(smallTalkOf(text)).toBe('thanks');
  });

  it.each([
    'Hello',
    'Hi there',
    'Good morning',
    'Guten Tag',
    'Guten Morgen, hallo',
    'Bonjour',
    'Hola, buenas tardes',
  ])('[RT13] "%s" is a greeting', (text) => {
    expect(smallTalkOf(text)).toBe('greeting');
  });

  it.each([
    'ok',
    'Okay, got it',
    'It works now',
    'That was all, bye',
    'Alles klar, tschüss',
    'Schönen Tag noch',
    'D’accord, ça marche',
    'Vale, ya funciona',
    '👍',
    '👍🏽👍🏽 ❤️!',
  ])('[RT13] "%s" says that all is settled', (text) => {
    expect(smallTalkOf(text)).toBe('closing');
  });

  it.each([
    'Thanks, but the bleed is still wrong',
    'Hello, where is my order?',
    'Danke, und wie groß muss der Anschnitt sein?',
    'perfect binding',
    'no',
    'nothing works',
    'It works?',
    'is it done',
    'Hat das funktioniert',
    '😡',
    '👍 but where is it',
    '!!!',
    '',
  ])('[RT13] "%s" is more than small talk', (text) => {
    expect(smallTalkOf(text)).toBeUndefined();
  });
});
