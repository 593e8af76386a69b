/**
 * The one registry of errors. `code` is stable and is what clients decide by; `status` is the HTTP status;
 * `retryable` tells whether the same request may succeed later. docs/errors.md explains each (a test compares).
 */
export const errorCodes = {
  malformed_json: { status: 400, title: 'The body is not valid JSON', retryable: false },
  malformed_cursor: { status: 400, title: 'The cursor was not made by this list', retryable: false },
  malformed_request: { status: 400, title: 'The request cannot be read', retryable: false },
  not_authenticated: { status: 401, title: 'Sign in first', retryable: false },
  bad_credentials: { status: 401, title: 'E-mail address or password is wrong', retryable: false },
  bad_signature: { status: 401, title: 'The signature does not fit', retryable: false },
  forbidden: { status: 403, title: 'Your role may not do this', retryable: false },
  not_found: { status: 404, title: 'There is no such thing here', retryable: false },
  sign_in_elsewhere: { status: 404, title: 'Accounts are kept elsewhere', retryable: false },
  unknown_event: { status: 404, title: 'There is no such event', retryable: false },
  method_not_allowed: { status: 405, title: 'This address does not take that method', retryable: false },
  conflict: { status: 409, title: 'The record has changed meanwhile', retryable: true },
  already_exists: { status: 409, title: 'The record exists already', retryable: false },
  session_closed: { status: 409, title: 'The session is completed', retryable: false },
  session_not_queued: { status: 409, title: 'The session is not waiting in the queue', retryable: false },
  session_not_ended: { status: 409, title: 'The session has not ended yet', retryable: false },
  already_rated: { status: 409, title: 'The session was rated already', retryable: false },
  not_joined: { status: 409, title: 'Join the session first', retryable: false },
  too_many_sessions: {
    status: 409,
    title: 'The connection is in as many sessions as it may',
    retryable: false,
  },
  operation_id_reused: {
    status: 409,
    title: 'The operation id stands for another operation',
    retryable: false,
  },
  revision_conflict: { status: 409, title: 'The annotation has changed meanwhile', retryable: false },
  call_not_possible: { status: 409, title: 'There are no calls in this session', retryable: false },
  call_busy: { status: 409, title: 'Somebody is in a call already', retryable: true },
  callee_offline: { status: 409, title: 'Nobody to call is in the room', retryable: true },
  session_full: { status: 409, title: 'The session holds as much as it may', retryable: false },
  proof_decided: { status: 409, title: 'The proof was decided on', retryable: false },
  proof_outdated: { status: 409, title: 'The proof is not what you saw any more', retryable: false },
  agent_at_capacity: { status: 409, title: 'The agent has no free place on this channel', retryable: true },
  agent_not_eligible: { status: 409, title: 'The agent may not take this session', retryable: false },
  too_many_attempts: { status: 409, title: 'The attempts at this version are used up', retryable: false },
  payload_too_large: { status: 413, title: 'The body is too large', retryable: false },
  unsupported_media_type: { status: 415, title: 'This type is not taken here', retryable: false },
  range_not_satisfiable: { status: 416, title: 'The file has no such bytes', retryable: false },
  validation_failed: { status: 422, title: 'Some values are not acceptable', retryable: false },
  rate_limited: { status: 429, title: 'Too many requests', retryable: true },
  internal: { status: 500, title: 'Something went wrong on our side', retryable: true },
  unavailable: { status: 503, title: 'The service cannot answer right now', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof errorCodes;
