import type { Identity } from '../../ports/identity.ts';
import type { SessionLogEntry, SupportSession } from '../../ports/records.ts';
import type { Session, TranscriptEntry } from '../../protocol/sessions.ts';
import type { QueueView } from './queue-watch.ts';

/** How long a session takes on average, until the shop's own figures say otherwise. */
const usualHandlingSeconds = 10 * 60;

/** Where a waiting session stands, as its customer is told. */
export const queuePlace = (session: SupportSession, queue: QueueView): Session['queue'] => {
  const position = session.status === 'queued' ? queue.positionOf(session.id) : undefined;
  if (position === undefined) return undefined;
  const places = queue.placesOn(session.type);
  return {
    position,
    estimatedWaitSeconds: places > 0 ? Math.round((position * usualHandlingSeconds) / places) : null,
  };
};

/** A session as it goes out: bookkeeping stays inside, and what only staff may know is left out for customers. */
export const presentSession = (session: SupportSession, user: Identity, queue: QueueView): Session => {
  const {
    searchTerms: _terms,
    audience: _audience,
    unopenedSince: _unopenedSince,
    declinedBy: _declinedBy,
    preferredAgentId: _preferredAgentId,
    requiredSkills,
    neededSkills,
    ...shown
  } = session;
  const place = queuePlace(session, queue);
  return {
    ...shown,
    ...(place !== undefined && { queue: place }),
    ...(user.role !== 'customer' && { requiredSkills, neededSkills }),
  };
};

/** Marks are read with the annotations; of their entries the transcript says only what was done to which. */
const shownData = ({ kind, subjectId, data }: SessionLogEntry): TranscriptEntry['data'] => {
  if (!kind.startsWith('annotation:')) return data;
  return subjectId === undefined ? {} : { annotationId: subjectId };
};

export const presentEntry = (entry: SessionLogEntry): TranscriptEntry => {
  const { seq, kind, at, authorId, visibility } = entry;
  return { seq, kind, at, authorId, visibility, data: shownData(entry) };
};
