import type { Analysis } from '../../ports/ai-engine.ts';
import type { SupportSession } from '../../ports/records.ts';
import type { Channel, HandoverReason, Language } from '../../protocol/enumerations.ts';
import type { Suggestion } from '../../protocol/support.ts';
import { clarifyingQuestion } from '../knowledge/clarifying-questions.ts';
import type { AssistantAnswer } from '../sessions/assistant-writer.ts';
import { wordsIn } from './assistant-words.ts';
import { asksForPerson } from './person-request.ts';
import { smallTalkOf } from './small-talk.ts';

/** What the assistant does about one message. */
export type Turn =
  | ({ kind: 'answer' } & AssistantAnswer)
  | { kind: 'handover'; reason: HandoverReason; channel: Channel; language: Language };

/** What a turn is decided on. */
export interface TurnInput {
  session: Pick<SupportSession, 'urgency' | 'language'>;
  message: string;
  analysis: Pick<Analysis, 'category' | 'language' | 'urgency'>;
  suggestions: readonly Suggestion[];
  /** How often the assistant did not know before. */
  unsure: number;
  /** What it has said before, the newest first: saying it again would not help. */
  said: ReadonlySet<string>;
  /** Where a person can be reached; undefined when the shop offers none. */
  channel: Channel | undefined;
}

/** Not knowing once is asked about; the second time a person is called. */
const mostUnsure = 1;

const plain = (body: string): Turn => ({ kind: 'answer', body, sources: [], unsure: false });

/** Short texts do not show their language: then the session's counts. */
const languageOf = ({ analysis, session }: TurnInput): Language =>
  analysis.language === 'other' ? session.language : analysis.language;

/** Why a person is needed whatever the articles say (rule RT13). */
const reasonAtOnce = ({ message, session, analysis }: TurnInput): HandoverReason | undefined => {
  if (asksForPerson(message)) return 'asked';
  return session.urgency === 'critical' || analysis.urgency === 'critical' ? 'critical' : undefined;
};

/** Of ways to say the same the first that was not used yet, else the one that was used longest ago. */
const leastRecent = (ways: readonly string[], said: ReadonlySet<string>): string => {
  const newestFirst = [...said];
  const age = (way: string): number => (said.has(way) ? newestFirst.indexOf(way) : Number.POSITIVE_INFINITY);
  return ways.reduce((best, way) => (age(way) > age(best) ? way : best));
};

/**
 * Asks, and at the second time calls a person. Says once that there is none, and from then on asks only what it has
 * not asked, else it says what it can do.
 */
const withoutAnswer = ({ analysis, unsure, said, channel }: TurnInput, language: Language): Turn => {
  const { nobody, unknown } = wordsIn(language);
  if (unsure >= mostUnsure && channel !== undefined) {
    return { kind: 'handover', reason: 'unsure', channel, language };
  }
  if (unsure >= mostUnsure && !said.has(nobody)) return plain(nobody);
  const question = clarifyingQuestion(analysis.category, language);
  const body = said.has(question) ? leastRecent(unknown, said) : question;
  return { kind: 'answer', body, sources: [], unsure: true };
};

const sentences = /(?<=[.!?])\s+/u;

/** Whether more than half of the sentences were not said before: another choice of the same ones helps nobody. */
const saysNew = (text: string, said: ReadonlySet<string>): boolean => {
  const all = [...said].join('\n');
  const told = text.split(sentences);
  return told.filter((sentence) => !all.includes(sentence)).length * 2 > told.length;
};

/**
 * Decides what is said to a message: a person when one is needed, else the words of an article that were not said
 * yet, else a question, and at the second time a person. Where the shop offers no person it says so once, and then
 * helps as well as it can. Pure: the same input gives the same turn.
 */
export const turnFor = (input: TurnInput): Turn => {
  const { message, suggestions, said, channel } = input;
  const language = languageOf(input);
  const words = wordsIn(language);
  const reason = reasonAtOnce(input);
  if (reason !== undefined && channel !== undefined) return { kind: 'handover', reason, channel, language };
  if (reason !== undefined && !said.has(words.nobody)) return plain(words.nobody);
  const talk = smallTalkOf(message);
  if (talk !== undefined) return plain(leastRecent(words[talk], said));
  const grounded = suggestions.find(({ text, sources }) => sources.length > 0 && saysNew(text, said));
  if (grounded === undefined) return withoutAnswer(input, language);
  return { kind: 'answer', body: grounded.text, sources: grounded.sources, unsure: false };
};
