import { describe, expect, it } from 'vitest';
import { WORD_CLASSES } from './lexicon.ts';
import { MeaningHits } from './meaning-hits.ts';
import { TIME_EXPRESSIONS } from './time-expressions.ts';
import { TokenStream } from './tokenizer.ts';

function expressionsIn(text: string): string[] {
  const tokens = new TokenStream();
  const hits = new MeaningHits(tokens);
  tokens.read(text);
  hits.find();
  const kinds = [...hits.kind.subarray(0, hits.count)].filter((kind) => kind >= WORD_CLASSES.length);
  return kinds.map((kind) => TIME_EXPRESSIONS[kind - WORD_CLASSES.length] as string);
}

describe('time expressions', () => {
  it.each([
    ['the truck leaves in 20 minutes', ['inMinutes']],
    ['in zwei Stunden', ['inHours']],
    ['el acto es dentro de una hora, en 3 horas', ['inHours']],
    ['we have two working days', ['inDays']],
    ['reported 3 weeks ago', ['weeksPast']],
    ['depuis 2 jours', ['daysPast']],
    ['doors open at 6', ['atClock']],
    ['by 5pm please', ['byClock']],
    ['um 17 Uhr', ['atClock']],
    ['le rideau se lève à 20 h 30', ['atClock']],
    ['it is 14:02', ['atClock']],
    ['needed by Friday', ['byWeekday']],
    ['since Monday', ['lastWeekday']],
    ['am Donnerstag', ['onWeekday']],
    ['500 flyers please', []],
  ])('[RO3] reads "%s"', (text, expected) => {
    expect(expressionsIn(text)).toEqual(expected);
  });
});
