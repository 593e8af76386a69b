import type {
  Category,
  Channel,
  Emotion,
  Language,
  Sentiment,
  Urgency,
} from '../../protocol/enumerations.ts';
import { usualIssue } from './channel-features.ts';
import type { Subject } from './issue-topic.ts';
import type { Tally } from './policy-input.ts';

const channelWords: Record<Channel, string> = {
  'ai-chatbot': 'the AI chatbot',
  'live-chat': 'live chat',
  'co-browse': 'a co-browse session',
  'video-call': 'a video call',
};

/** The channel as it is called within a sentence. */
export const nameOf = (channel: Channel): string => channelWords[channel];

const categoryWords: Record<Category, [noun: string, link: string]> = {
  urgent: ['an urgent matter', 'about'],
  approval: ['a sign-off', 'concerning'],
  revision: ['a change', 'concerning'],
  technical: ['a technical matter', 'about'],
  question: ['a question', 'about'],
  general: ['a general matter', 'about'],
};

const statedUrgency: Record<Urgency, string> = {
  low: 'you said there is no hurry',
  medium: 'you said it has normal urgency',
  high: 'you said it is of high urgency',
  critical: 'you said it is critical',
};

const predictedUrgency: Record<Urgency, string> = {
  low: 'there is no hurry',
  medium: 'a normal reply time is enough',
  high: 'it needs an answer soon',
  critical: 'it cannot wait',
};

const sentimentWords: Record<Sentiment, string> = {
  negative: 'something has gone wrong for you',
  neutral: 'you write matter-of-factly',
  positive: 'you write in good spirits',
};

const emotionWords: Record<Emotion, string> = {
  angry: 'you are upset',
  frustrated: 'it has cost you patience',
  worried: 'you are worried',
  confused: 'something is unclear to you',
  disappointed: 'you are disappointed',
  neutral: 'you write calmly',
  satisfied: 'you are content',
  delighted: 'you are delighted',
  grateful: 'you are grateful',
};

/** For words that begin with a vowel. */
const plural = (count: number, word: string): string => (count === 1 ? `an ${word}` : `${count} ${word}s`);

/** Names and measures stand without an article: "CMYK", "Pantone 186", "300 dpi". */
const standsAlone = /\d|^\p{Lu}{2,}|^[Pp]antone/u;

/** The subject as it can stand within an English sentence; words of other languages are quoted. */
const inSentence = ({ phrase, known }: Subject, language: Language): string => {
  if (language !== 'en') return `"${phrase}"`;
  if (standsAlone.test(phrase)) return phrase;
  return `the ${known ? phrase.charAt(0).toLowerCase() + phrase.slice(1) : phrase}`;
};

const longestQuote = 60;

/** A customer's words on one line, short enough for a sentence. */
const quoted = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= longestQuote ? line : `${line.slice(0, longestQuote - 1).trimEnd()}…`;
};

const complexityWords = (complexity: number): string => {
  if (complexity <= 2) return 'it is quickly done';
  if (complexity <= 4) return 'it takes somebody a few steps';
  return complexity <= 6 ? 'it takes some diagnosis' : 'it has many parts';
};

/** What was seen, as half a sentence that fits after "because" or stands alone in a list of factors. */
export const describe = {
  base: 'many issues are best served there',
  category: (category: Category, subject: Subject | undefined, language: Language): string => {
    const [noun, link] = categoryWords[category];
    return subject === undefined ? noun : `${noun} ${link} ${inSentence(subject, language)}`;
  },
  urgency: (urgency: Urgency, stated: boolean): string =>
    (stated ? statedUrgency : predictedUrgency)[urgency],
  sentiment: sentimentWords,
  emotion: (emotion: Emotion): string => emotionWords[emotion],
  complexity: complexityWords,
  visual: (probability: number): string => {
    if (probability >= 0.5) return 'you both have to look at the same thing';
    return probability > usualIssue.visual
      ? 'it may help to look at the same thing'
      : 'nothing has to be looked at together';
  },
  otherLanguage: 'a person may read your language better',
  preferred: (channel: Channel, preferred: Channel): string =>
    channel === preferred ? 'it is the channel you prefer' : `you prefer ${nameOf(preferred)}`,
  recurring: (earlier: string): string => `you had a related issue before ("${quoted(earlier)}")`,
  ownHistory: (tally: Tally, speaksFor: boolean): string => {
    const { ended, resolved } = tally;
    if (ended === 0)
      return `another channel ${speaksFor ? 'did not solve' : 'solved'} an earlier issue of yours`;
    if (resolved === 0) return 'it did not solve an issue of yours before';
    const share = resolved === ended ? '' : `${resolved} of `;
    const solved = `${share}${plural(ended, 'earlier issue')} of yours`;
    if (speaksFor) return `it ${share === '' ? 'successfully ' : ''}solved ${solved}`;
    return share === '' ? 'other channels solved more issues of yours' : `it solved only ${solved}`;
  },
  outcomes: ({ ended, resolved }: Tally, speaksFor: boolean): string => {
    if (ended === 0) return 'nobody has tried it for this yet';
    return `it solved ${speaksFor ? '' : 'only '}${resolved} of ${ended} such issues`;
  },
  workload: (busy: boolean): string => (busy ? 'nobody is free there right now' : 'it is free right now'),
  closed: (needsPerson: boolean): string =>
    needsPerson ? 'nobody is there at this hour' : 'it answers at any hour',
};
