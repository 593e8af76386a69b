import { z } from 'zod';
import { idSchema } from './common.ts';

/** The longest session description that is relayed; what browsers make for sound and video has a few thousand. */
const longestDescription = 64 * 1_024;
const longestCandidate = 1_024;

const inCall = {
  sessionId: idSchema.optional(),
  /** The session's call; may be left out, as a session has one at a time. */
  callId: idSchema.optional(),
};

const descriptionSchema = z.strictObject({
  type: z.enum(['offer', 'answer', 'pranswer', 'rollback']),
  sdp: z.string().max(longestDescription).exactOptional(),
});

/** As `RTCIceCandidate.toJSON()` gives it. */
const candidateSchema = z.strictObject({
  candidate: z.string().max(longestCandidate).exactOptional(),
  sdpMid: z.string().max(64).nullable().exactOptional(),
  sdpMLineIndex: z.int().min(0).max(255).nullable().exactOptional(),
  usernameFragment: z.string().max(256).nullable().exactOptional(),
});

/** What a client may send to talk by sound and video (rule RT13). */
export const callRequests = {
  'call:invite': z.strictObject({
    sessionId: idSchema.optional(),
    to: idSchema.optional().meta({ description: 'Somebody in the room; the other side when left out' }),
  }),
  'call:accept': z.strictObject(inCall),
  'call:decline': z.strictObject(inCall),
  'call:end': z.strictObject(inCall),
  'call:signal': z
    .strictObject({
      ...inCall,
      to: idSchema,
      description: descriptionSchema.optional(),
      candidate: candidateSchema.nullable().optional().meta({ description: 'null: there are no more' }),
    })
    .refine(
      ({ description, candidate }) => (description === undefined) !== (candidate === undefined),
      'send either a description or a candidate',
    ),
} as const;

/** A server that helps two browsers find a way to each other, as `RTCPeerConnection` takes it. */
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** What somebody who takes part in a call needs to begin. */
export interface CallAck {
  ok: true;
  callId: string;
  /** The other one. */
  with: string;
  state: 'ringing' | 'connected';
  /** When both send an offer at once, the polite one takes its own back; exactly one of the two is. */
  polite: boolean;
  iceServers: IceServer[];
}

export const callEndReasons = [
  'ended',
  'declined',
  'unanswered',
  'answered-elsewhere',
  'left',
  'session-ended',
] as const;

/** Why there is no call any more, or why it rings no more on this device. */
export type CallEndReason = (typeof callEndReasons)[number];

interface InCall {
  sessionId: string;
  callId: string;
}

/** What only the two of a call, or those it rings for, are told. */
export interface CallEvents {
  /** It rings, on every device of the callee that is in the room. */
  'call:invite': InCall & { from: string; name: string };
  'call:accept': InCall & { by: string };
  'call:decline': InCall & { by: string };
  'call:end': InCall & { reason: CallEndReason; by?: string };
  'call:signal': InCall & {
    from: string;
    description?: z.output<typeof descriptionSchema> | undefined;
    candidate?: z.output<typeof candidateSchema> | null | undefined;
  };
}
