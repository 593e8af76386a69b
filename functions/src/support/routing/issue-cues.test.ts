import { describe, expect, test } from 'vitest';
import { type CueName, cuesOf } from './issue-cues.ts';

describe('cues of an issue', () => {
  test.each<[string, CueName]>([
    ['Put your production lead on a video call with us', 'wantsVideo'],
    ['Wir möchten das per Video vergleichen, vor der Kamera', 'wantsVideo'],
    ['Set up a call with whoever runs the place', 'wantsCall'],
    ['Is there a real person I can talk to?', 'wantsPerson'],
    ['Please ring me back', 'wantsPerson'],
    ['Can you look at the file with me?', 'wantsSharedScreen'],
    ['¿Pueden entrar a ver mi pantalla?', 'wantsSharedScreen'],
    ['The toggle in the editor is grey', 'onScreenPlace'],
    ['Compare it with the wet proof in daylight', 'physicalSample'],
    ['Our board wants to hear it from your director', 'severalPeople'],
    ['How do I export from Pages?', 'asksHowTo'],
    ['Where is my order?', 'orderDesk'],
    ['Just wanted to say thank you', 'wantsNothing'],
  ])('[RO1] %s', (issue, cue) => {
    expect(cuesOf(issue)).toContain(cue);
  });

  test.each<[string, CueName]>([
    ['Our videographer needs 50 cards', 'wantsVideo'],
    ['I recall the parcel came on Monday', 'wantsCall'],
    ['The humane society ordered posters', 'wantsPerson'],
    ['Screen printing on cotton, please', 'wantsSharedScreen'],
  ])('[RO1] words that only look alike are no cue: %s', (issue, cue) => {
    expect(cuesOf(issue)).not.toContain(cue);
  });
});
