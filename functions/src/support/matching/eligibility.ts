import type { Agent } from '../../ports/records.ts';
import type { Channel, Language } from '../../protocol/enumerations.ts';

/** What a session asks of whoever takes it. */
export interface Need {
  channel: Channel;
  language: Language;
  requiredSkills: readonly string[];
}

/** An agent as matching sees one. */
export interface TeamMember extends Agent {
  /** Was not heard of lately, whatever the status says. */
  absent?: boolean;
}

/** Why an agent may not take a session; empty when nothing stands against it. */
export interface Gates {
  /** Never relaxed. */
  hard: string[];
  /** Language and required skills: relaxed when waiting would not help or has lasted too long. */
  soft: string[];
}

/** Waiting after which language and skill gates no longer hold (rule RO6). */
export const relaxAfterMs = 120_000;

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

const hardGates = (agent: TeamMember, { channel }: Need): string[] => {
  if (agent.status !== 'online') return [`is ${agent.status}`];
  if (agent.absent) return ['was not heard of for a minute'];
  if (agent.capacity[channel] === 0) return [`does not take ${channel} sessions`];
  if (agent.open[channel] >= agent.capacity[channel]) return [`has no free place for ${channel}`];
  return [];
};

const softGates = (agent: Agent, { language, requiredSkills }: Need): string[] => {
  const known = new Set(agent.skills.map(({ name }) => name));
  const lacking = requiredSkills.filter((name) => !known.has(name)).map((name) => `lacks the skill ${name}`);
  const understood = language === 'other' || agent.languages.includes(language);
  return understood ? lacking : [`does not speak ${languageNames.of(language)}`, ...lacking];
};

/** Whether the agent is there and has a free place on the channel; the cheap part of the gates. */
export const isFree = (agent: TeamMember, need: Need): boolean => hardGates(agent, need).length === 0;

/** What stands between an agent and a session (rule RO6). */
export const gatesOf = (agent: TeamMember, need: Need): Gates => ({
  hard: hardGates(agent, need),
  soft: softGates(agent, need),
});

/**
 * Why language and skill gates do not hold for a session, or undefined when they do: after two minutes of
 * waiting, or at once when nobody on the whole team could ever pass them.
 */
export const relaxationOf = (team: readonly Agent[], need: Need, waitedMs: number): string | undefined => {
  if (!team.some((agent) => softGates(agent, need).length === 0)) {
    return 'nobody on the team has the language and the required skills';
  }
  return waitedMs >= relaxAfterMs ? 'the customer has waited for two minutes' : undefined;
};
