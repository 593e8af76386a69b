import type { RoutingDecision } from '../../ports/records.ts';
import type { Channel } from '../../protocol/enumerations.ts';

const usual: Channel = 'live-chat';

/**
 * The channel of people that suits an issue best, as the decision that led to the assistant saw it: live chat,
 * unless another one scored higher there or live chat is not offered. Undefined when the shop offers none.
 */
export const handoverChannel = (
  decision: Pick<RoutingDecision, 'recommendedRoute' | 'confidence' | 'alternatives'> | undefined,
  offered: readonly Channel[],
): Channel | undefined => {
  const ofPeople = offered.filter((channel) => channel !== 'ai-chatbot');
  const scores = new Map<Channel, number>(decision?.alternatives.map(({ route, score }) => [route, score]));
  if (decision !== undefined) scores.set(decision.recommendedRoute, decision.confidence);
  const scoreOf = (channel: Channel): number => scores.get(channel) ?? 0;
  const ranked = [...ofPeople].sort(
    (a, b) => scoreOf(b) - scoreOf(a) || Number(b === usual) - Number(a === usual),
  );
  return ranked[0];
};
