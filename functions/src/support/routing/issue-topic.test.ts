import { describe, expect, test } from 'vitest';
import { areRelated, readIssue } from './issue-reading.ts';
import { subjectOf } from './issue-topic.ts';

describe('subject of an issue', () => {
  test.each([
    ['Need help with bleed settings', 'bleed settings'],
    ['Color profile issue', 'Color profile'],
    ['Problème de fond perdu sur mon PDF', 'fond perdu'],
    ['Mein Beschnitt fehlt', 'Beschnitt'],
    ['Dónde está mi envío', 'envío'],
    ['I have trouble with the gate opener', 'gate opener'],
    ['Question about your Zürich office', 'Zürich office'],
  ])('[RO2] is named in the customer’s own words: %s', (issue, phrase) => {
    expect(subjectOf(issue)?.phrase).toBe(phrase);
  });

  test('[RO2] is not made up where the words name none', () => {
    expect(subjectOf('ok')).toBeUndefined();
    expect(subjectOf('')).toBeUndefined();
  });

  test('[RO2] is cut out of a text whose letters change length when folded', () => {
    expect(subjectOf('İİİ need help with bleed settings')?.phrase).toBe('bleed settings');
  });
});

describe('related issues', () => {
  test.each([
    ['Need help with bleed settings', 'Color profile issue', true],
    ['The fringe of my tablecloth frays', 'Tablecloth fringe came loose', true],
    ['Need help with bleed settings', 'Where is my parcel?', false],
    ['Need help', 'Need help', false],
    ['A new phone number on the business card', 'The print on my mug wraps too far round', false],
  ])('[RO1] "%s" and "%s": %s', (one, other, related) => {
    expect(areRelated(readIssue(one), readIssue(other))).toBe(related);
    expect(areRelated(readIssue(other), readIssue(one))).toBe(related);
  });
});
