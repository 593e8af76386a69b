import type { ServerResponse } from 'node:http';

/** A way in which the fake server answers one request. */
export type FakeReply =
  /** The model's message; `finishReason` says why it ended. */
  | { kind: 'content'; content: string | null; refusal?: string; finishReason?: string }
  /** Any status with an error body as the API sends it. */
  | { kind: 'error'; status: number; headers?: Record<string, string>; error?: Record<string, unknown> }
  /** Status 200 with exactly this body. */
  | { kind: 'body'; body: string; contentType?: string }
  /** Status 200, half a body, then the connection breaks. */
  | { kind: 'cut' }
  /** The connection breaks before any reply. */
  | { kind: 'reset' }
  /** Nothing more comes: from the start, or after the headers. */
  | { kind: 'hang'; after: 'request' | 'headers' }
  /** Another reply, once `until` is settled. */
  | { kind: 'slow'; until: Promise<unknown>; reply: FakeReply };

/** The message of a model that keeps to the schema. */
export const answers = (answer: object): FakeReply => ({ kind: 'content', content: JSON.stringify(answer) });

export const fails = (
  status: number,
  error: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): FakeReply => ({ kind: 'error', status, error, headers });

const completion = (reply: Extract<FakeReply, { kind: 'content' }>): string =>
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_777_881_600,
    model: 'scripted',
    choices: [
      {
        index: 0,
        finish_reason: reply.finishReason ?? 'stop',
        message: { role: 'assistant', content: reply.content, refusal: reply.refusal ?? null },
      },
    ],
    usage: { prompt_tokens: 900, completion_tokens: 180, total_tokens: 1_080 },
  });

const json = { 'content-type': 'application/json' };

/** Plays one reply over a real connection. */
export const play = async (reply: FakeReply, response: ServerResponse): Promise<void> => {
  switch (reply.kind) {
    case 'content':
      response.writeHead(200, json).end(completion(reply));
      return;
    case 'error': {
      const error = {
        message: 'scripted failure',
        type: 'scripted',
        param: null,
        code: null,
        ...reply.error,
      };
      response.writeHead(reply.status, { ...json, ...reply.headers }).end(JSON.stringify({ error }));
      return;
    }
    case 'body':
      response.writeHead(200, { 'content-type': reply.contentType ?? json['content-type'] }).end(reply.body);
      return;
    case 'cut':
      response.writeHead(200, { ...json, 'content-length': '500' });
      response.write('{"choices":[{"message":{"content":"{', () => response.destroy());
      return;
    case 'reset':
      response.destroy();
      return;
    case 'hang':
      if (reply.after === 'headers') response.writeHead(200, { ...json, 'content-length': '500' }).write('{');
      return;
    case 'slow':
      await reply.until;
      return play(reply.reply, response);
  }
};
