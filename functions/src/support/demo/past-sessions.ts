import { channels } from '../../protocol/enumerations.ts';
import { demoIssues, demoSessionIssue } from './demo-issues.ts';
import { demoAgents, firstCustomerId, pastCustomerCount } from './demo-people.ts';
import type { EarlierTimes } from './earlier-times.ts';
import type { PastSession } from './past-session.ts';
import { repeatableRandom } from './random.ts';

/** Days that the past of the demo shop reaches back. */
export const pastDays = 90;

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;
const fewestSessionsADay = 2;
const mostSessionsADay = 8;

/** How often a session ends well on a channel that was not the recommended one. */
const otherChannelShare = 0.55;

/** What became of a session; `chance` is how likely it ended well: resolved, and nobody had to hand it on. */
const endingOf = (random: () => number, chance: number): NonNullable<PastSession['ending']> => {
  const well = random() < chance;
  const trouble = random();
  const handedOver = !well && trouble < 0.5;
  const resolution = well || handedOver ? 'resolved' : trouble < 0.75 ? 'escalated' : 'abandoned';
  const stars = well ? 4 + Math.round(random()) : 1 + Math.floor(random() * 3);
  return {
    resolution,
    durationMs: (3 + random() * 25) * minuteMs,
    satisfaction: resolution !== 'abandoned' && random() < 0.6 ? stars : undefined,
    handovers: handedOver ? 1 : 0,
  };
};

const inventPastSession = async (
  earlier: EarlierTimes,
  random: () => number,
  startedAt: number,
): Promise<PastSession> => {
  const customerId =
    random() < 0.15 ? firstCustomerId : `past-customer-${1 + Math.floor(random() * pastCustomerCount)}`;
  const issue = demoIssues[Math.floor(random() * demoIssues.length)] ?? demoSessionIssue;
  earlier.travelTo(startedAt);
  const decision = await earlier.consider({ userId: customerId, issue });
  const followed = random() < 0.85;
  const other = channels[Math.floor(random() * channels.length)] ?? decision.recommendedRoute;
  const channel = followed ? decision.recommendedRoute : other;
  // Endings follow the confidence, so that the demo shop learns from outcomes what a good policy would see.
  const ending = endingOf(
    random,
    channel === decision.recommendedRoute ? decision.confidence : otherChannelShare,
  );
  const alone = channel === 'ai-chatbot' || ending.resolution === 'abandoned';
  const agent = demoAgents[random() < 0.5 ? 0 : 1]?.id;
  const waitMs = channel === 'ai-chatbot' ? 0 : (0.2 + random() * 4) * minuteMs;
  return { customerId, agentId: alone ? undefined : agent, channel, decision, startedAt, waitMs, ending };
};

/** The past of the demo shop up to an hour ago: the same sessions at every seeding, told from `now` backwards. */
export const inventPastSessions = async (earlier: EarlierTimes, now: number): Promise<PastSession[]> => {
  const random = repeatableRandom(20_260_101);
  const pasts: PastSession[] = [];
  for (let day = pastDays; day >= 0; day -= 1) {
    const count = fewestSessionsADay + Math.floor(random() * (mostSessionsADay - fewestSessionsADay + 1));
    for (let index = 0; index < count; index += 1) {
      const startedAt = now - day * dayMs - (1 + random() * 9) * hourMs;
      pasts.push(await inventPastSession(earlier, random, startedAt));
    }
  }
  return pasts;
};
