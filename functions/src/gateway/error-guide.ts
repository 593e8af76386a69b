import type { ErrorCode } from '../protocol/error-codes.ts';

/** What a code means beyond its title, and what its reader does about it. */
export interface ErrorGuidance {
  meaning: string;
  remedy: string;
}

/** Every code explained; docs/errors.md and the page /docs/errors are made from this. */
export const errorGuide: Record<ErrorCode, ErrorGuidance> = {
  malformed_json: {
    meaning: 'The body is no JSON text in UTF-8, or it nests deeper than 200 levels.',
    remedy: 'Look for a missing quote, comma or bracket; let a library write the JSON.',
  },
  malformed_cursor: {
    meaning: 'The cursor was cut, changed, or made by another list or another order.',
    remedy:
      'Send `nextCursor` of the page before as it is, with the same filters; or begin at the first page.',
  },
  malformed_request: {
    meaning:
      'Address, headers or body cannot be decoded: a stray `%` in the path, a body that ended too early.',
    remedy: 'Encode the parts of the address, and send as many bytes as Content-Length says.',
  },
  not_authenticated: {
    meaning: 'The operation is for signed-in users, and no valid token came with the request.',
    remedy:
      'Sign in and send `Authorization: Bearer <token>`; a token that has ended or was revoked needs a new sign-in.',
  },
  bad_credentials: {
    meaning:
      'The e-mail address and the password do not belong together. Unknown addresses give the same answer.',
    remedy: 'Check both and try again; tries are limited.',
  },
  bad_signature: {
    meaning: 'A webhook came without a signature, or with one that another secret has made.',
    remedy: 'Set the same secret on both sides (setting `DOCS_WEBHOOK_SECRET`), and JSON as content type.',
  },
  forbidden: {
    meaning: 'You are signed in, but your role, or your part in this record, does not allow it.',
    remedy: 'Ask an administrator, or the agent the session is assigned to.',
  },
  not_found: {
    meaning: 'The address names nothing, or something that you may not know of.',
    remedy: 'Check the address under /docs and the id; it may have been deleted.',
  },
  sign_in_elsewhere: {
    meaning:
      'This shop has its accounts at Firebase Authentication, so nobody signs in or out at this address.',
    remedy:
      'Sign in there (the Firebase SDK of your page does it) and send the ID token as the bearer token.',
  },
  unknown_event: {
    meaning: 'The server has no event of this name; sockets only.',
    remedy: 'Compare the name with the list of client events; spelling and case count.',
  },
  method_not_allowed: {
    meaning: 'The address exists, but not with this method.',
    remedy: 'Use one of the methods in the Allow header.',
  },
  conflict: {
    meaning: 'Others changed the same record at the same time, again and again.',
    remedy: 'Read the record, and send the request again if it still makes sense.',
  },
  already_exists: {
    meaning: 'A record with this id, name or address is there already.',
    remedy: 'Use the one that is there, or choose another name.',
  },
  session_closed: {
    meaning: 'The session is completed, and completed sessions do not change.',
    remedy: 'Open a new session; it can name this one as the previous session.',
  },
  session_not_queued: {
    meaning:
      'Only a session that waits in the queue can be claimed; this one has an agent or the assistant already.',
    remedy: 'Choose another session from the queue.',
  },
  session_not_ended: {
    meaning: 'A session is rated after it has ended; this one is still queued or active.',
    remedy: 'Wait for its end, or end it in the same request with `status`: "completed".',
  },
  already_rated: {
    meaning: 'The customer has rated this session; a rating is given once.',
    remedy: 'Nothing: the first rating stands.',
  },
  not_joined: {
    meaning: 'The socket is not in the session that the event is for, or in none at all.',
    remedy: 'Send session:join and wait for its answer.',
  },
  too_many_sessions: {
    meaning: 'One connection is in 50 sessions at most; waiting makes no room for another one.',
    remedy: 'Send session:leave for a session that is not needed any more, or open another connection.',
  },
  operation_id_reused: {
    meaning: 'You have used this `opId` in this session before, for an operation with other content.',
    remedy: 'Make a new `opId` for each operation; keep it only to send the very same operation again.',
  },
  revision_conflict: {
    meaning:
      '`ifRev` names a state of the annotation that others have changed since; `current` has the new one.',
    remedy: 'Decide on `current`, then send the update again with its `rev`.',
  },
  call_not_possible: {
    meaning: 'Calls are for sessions on co-browse and video-call while they are going on.',
    remedy: 'Ask an agent to hand the session to one of these channels.',
  },
  call_busy: {
    meaning: 'One of the two is in a call or being rung, here, in another session or on another device.',
    remedy: 'Try again after that call.',
  },
  callee_offline: {
    meaning: 'Whoever is to be called, or is in the call, has no open connection in the room right now.',
    remedy: 'Wait for user:joined and try again.',
  },
  session_full: {
    meaning:
      'The session has as many annotations, as much data in them, or as many proofs (setting `PROOF_MAX_PER_SESSION`) as a session may have.',
    remedy: 'Delete annotations that are not needed any more, or go on in a new session.',
  },
  proof_decided: {
    meaning: 'The customer has approved or rejected this version; it and the marks on it stay as they are.',
    remedy: 'Upload a new version with `replaces`, and go on there.',
  },
  proof_outdated: {
    meaning:
      'The request rests on an older state: another file, marks or comments that came after `seq`, or a version that was replaced.',
    remedy: 'Look at the newest version and at what was marked on it, then decide again on that.',
  },
  agent_at_capacity: {
    meaning: 'The agent has as many sessions on this channel as the agent takes at once.',
    remedy: 'Choose another agent, or try again when a session has ended.',
  },
  agent_not_eligible: {
    meaning: 'The agent is offline, does not speak the language or lacks a required skill.',
    remedy: 'Ask POST /api/v1/support/match who is eligible, and why others are not.',
  },
  too_many_attempts: {
    meaning: 'One person may try a version of a quiz 20 times, so that nobody passes by guessing.',
    remedy: 'Learn from the explanations of the last attempt; the next version of the quiz counts anew.',
  },
  payload_too_large: {
    meaning:
      'The body has more bytes than the server takes (setting `JSON_BODY_LIMIT`, for artwork `PROOF_MAX_BYTES`); or what would be kept is larger than a record of the store may be (1 MiB in Firestore).',
    remedy: 'Send less at once; of a document, choose a shorter range.',
  },
  unsupported_media_type: {
    meaning:
      'The body is not announced as JSON in UTF-8, or it is packed in a way that is not known here; or the bytes of an artwork are of no type that is taken.',
    remedy:
      'Send `Content-Type: application/json`; of content codings gzip, deflate and br are read. Artwork is PNG, JPEG, PDF, TIFF, PSD, AI, EPS or SVG, sent as it is.',
  },
  range_not_satisfiable: {
    meaning: 'The Range header asks for bytes beyond the end of the file.',
    remedy: 'Ask within the file: a HEAD request tells its length.',
  },
  validation_failed: {
    meaning:
      'Parameters, query or body do not fit the schema; keys that are not part of it are refused as well.',
    remedy:
      'Each entry of `errors` names a place (`path`) and what is wrong there; mend these and send again.',
  },
  rate_limited: {
    meaning: 'The requests of this time window are used up, for you or for everybody behind your address.',
    remedy:
      'Wait as many seconds as Retry-After says; the RateLimit headers show what is left before it happens.',
  },
  internal: {
    meaning:
      'A mistake of the server. Its log has the details under the request id; nothing of them is sent.',
    remedy: 'Try again once; if it happens again, tell the operator the `requestId`.',
  },
  unavailable: {
    meaning: 'The server starts, drains or cannot reach what it needs. Nothing was stored.',
    remedy: 'Send the same request again after as many seconds as Retry-After says.',
  },
};
