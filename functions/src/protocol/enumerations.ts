import { z } from 'zod';
import { roles } from './roles.ts';

export { roles };

/** Every enumeration of the wire, each written once; the order is the order in which people see them. */

export const channels = ['ai-chatbot', 'live-chat', 'co-browse', 'video-call'] as const;
export const categories = ['urgent', 'approval', 'revision', 'technical', 'question', 'general'] as const;
export const sentiments = ['negative', 'neutral', 'positive'] as const;
export const emotions = [
  'angry',
  'frustrated',
  'worried',
  'confused',
  'disappointed',
  'neutral',
  'satisfied',
  'delighted',
  'grateful',
] as const;
export const urgencies = ['low', 'medium', 'high', 'critical'] as const;
export const languages = ['en', 'es', 'fr', 'de', 'other'] as const;
export const sessionStatuses = ['queued', 'active', 'completed'] as const;
export const resolutions = ['resolved', 'escalated', 'abandoned'] as const;
/** Why the assistant hands a session over to a person. */
export const handoverReasons = ['asked', 'unsure', 'critical'] as const;
export const agentStatuses = ['online', 'away', 'offline'] as const;
export const aiEngineNames = ['local', 'openai'] as const;
export const sessionEntryKinds = [
  'message',
  'queued',
  'matched',
  'assigned',
  'requeued',
  'transferred',
  'escalated',
  'ended',
  'rated',
  'annotation:added',
  'annotation:updated',
  'annotation:deleted',
  'annotation:cleared',
  'annotation:resolved',
  'comment:added',
  'proof:added',
  'proof:decided',
] as const;

export const annotationTypes = ['pen', 'highlight', 'text', 'shape', 'stamp'] as const;
/** What an artwork's bytes are; the first three are shown, the others are for download. */
export const proofFormats = ['png', 'jpeg', 'pdf', 'tiff', 'psd', 'ai', 'eps', 'svg'] as const;
export const proofDecisions = ['approved', 'approved-with-changes', 'rejected'] as const;
export const proofStatuses = ['open', ...proofDecisions] as const;
export const annotationStatuses = ['open', 'resolved'] as const;
export const visibilities = ['public', 'staff'] as const;
export const presenceStatuses = ['active', 'idle', 'away'] as const;

export const channelSchema = z.enum(channels);
export const categorySchema = z.enum(categories);
export const sentimentSchema = z.enum(sentiments);
export const emotionSchema = z.enum(emotions);
export const urgencySchema = z.enum(urgencies);
export const languageSchema = z.enum(languages);
export const roleSchema = z.enum(roles);
export const sessionStatusSchema = z.enum(sessionStatuses);
export const resolutionSchema = z.enum(resolutions);
export const handoverReasonSchema = z.enum(handoverReasons);
export const agentStatusSchema = z.enum(agentStatuses);
export const aiEngineNameSchema = z.enum(aiEngineNames);
export const annotationTypeSchema = z.enum(annotationTypes);
export const annotationStatusSchema = z.enum(annotationStatuses);
export const proofFormatSchema = z.enum(proofFormats);
export const proofDecisionSchema = z.enum(proofDecisions);
export const proofStatusSchema = z.enum(proofStatuses);
export const visibilitySchema = z.enum(visibilities);
export const presenceStatusSchema = z.enum(presenceStatuses);
export const sessionEntryKindSchema = z.enum(sessionEntryKinds);

/** The way customer and shop talk: answered by the assistant, by chat, over a shared artwork, or by video. */
export type Channel = (typeof channels)[number];
/** What the sender wants done first (labelling guide of the training data). */
export type Category = (typeof categories)[number];
export type Sentiment = (typeof sentiments)[number];
export type Emotion = (typeof emotions)[number];
export type Urgency = (typeof urgencies)[number];
/** ISO 639-1 code of a language the local engine reads, or `other`. */
export type Language = (typeof languages)[number];
export type Role = (typeof roles)[number];
export type SessionStatus = (typeof sessionStatuses)[number];
export type Resolution = (typeof resolutions)[number];
export type HandoverReason = (typeof handoverReasons)[number];
export type AgentStatus = (typeof agentStatuses)[number];
export type AiEngineName = (typeof aiEngineNames)[number];
export type SessionEntryKind = (typeof sessionEntryKinds)[number];
export type ProofFormat = (typeof proofFormats)[number];
/** What the customer says of a proof, once. */
export type ProofDecision = (typeof proofDecisions)[number];
/** Who may see an entry: everybody in the session, or staff only. */
export type Visibility = (typeof visibilities)[number];
/** What a participant's client says of its user. */
export type PresenceStatus = (typeof presenceStatuses)[number];
