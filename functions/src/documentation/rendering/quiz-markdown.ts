import type { AnsweredQuestion } from '../../protocol/quiz.ts';
import { markdownText } from './markdown-text.ts';

const questionMarkdown = (question: AnsweredQuestion, index: number): string => {
  const { options, correct, explanation } = question;
  const choices = options.map(({ id, text }) => `   - ${id}) ${markdownText(text)}`);
  const answer = `   - Answer: ${correct.join(', ')}. ${markdownText(explanation)}`;
  return [`${index + 1}. ${markdownText(question.question)}`, ...choices, answer].join('\n');
};

/** Questions with their answers, for those who teach. */
export const quizMarkdown = (questions: readonly AnsweredQuestion[]): string =>
  questions.map(questionMarkdown).join('\n');
