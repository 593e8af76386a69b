import type { RoomListener } from '../collaboration/rooms/rooms.ts';
import type { Services } from './services.ts';

/** Tells the rest of the product what was committed in rooms; nothing here waits, so no ack does. */
export const hearRooms = ({ rooms, assistant }: Pick<Services, 'rooms' | 'assistant'>): (() => void) => {
  const listener: RoomListener = (sessionId, { session }, events) => {
    const said = events.some(
      ({ event, payload }) => event === 'chat:message' && payload.by === session.customerId,
    );
    // Only the assistant has sessions that are going on without an agent.
    if (said && session.status === 'active' && session.agentId === undefined) assistant.heard(sessionId);
  };
  return rooms.listen(listener);
};
