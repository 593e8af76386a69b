import { describe, expect, test } from 'vitest';
import { type CueName, cuesOf } from './issue-cues.ts';

describe('cues of an issue', () => {
  test.each<[string, CueName]>([
    ['Put your production lead on a video call with us', 'wantsVideo'],
    ['Wir möchten das per Video vergleichen, vor der Kamera', 'wantsVideo'],
    ['Set up a call with whoever runs the place', 'wantsCall'],
    ['Can we talk on the phone?', 'wantsCall'],
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
    ['The camera in my logo is cut off', 'wantsVideo'],
  ])('[RO1] words that only look alike are no cue: %s', (issue, cue) => {
    expect(cuesOf(issue)).not.toContain(cue);
  });

  test.each<[string, CueName]>([
    ['No video call please, I am at work', 'wantsVideo'],
    ['I do not need a video call, chat is fine', 'wantsVideo'],
    ['Bitte keinen Videoanruf', 'wantsVideo'],
    ['I don’t want to have a call', 'wantsCall'],
    ['Please do not share my screen', 'wantsSharedScreen'],
  ])('[RO1] what is refused is no wish: %s', (issue, cue) => {
    expect(cuesOf(issue)).not.toContain(cue);
  });

  test.each<[string, CueName]>([
    ['No chat please. A video call would help', 'wantsVideo'],
    ['No approval until we had a call', 'wantsCall'],
    ['Why not do a video call', 'wantsVideo'],
    ['I do not need a video call, well, yes: a video call', 'wantsVideo'],
  ])('[RO1] a "no" to something else refuses nothing: %s', (issue, cue) => {
    expect(cuesOf(issue)).toContain(cue);
  });
});
