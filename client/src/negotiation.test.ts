import { describe, expect, it } from 'vitest';
import { settled } from '../test/support/manual-surroundings.ts';
import { Negotiation } from './negotiation.ts';
import type { CallSignal } from './session-calls.ts';

/** As much of a peer connection as agreeing needs, by the states of the W3C recommendation (section 4.4.1.5). */
class ModelPeer {
  signalingState: RTCSignalingState = 'stable';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  onnegotiationneeded: () => void = () => undefined;
  onicecandidate: (event: { candidate: null }) => void = () => undefined;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  async setLocalDescription(): Promise<void> {
    const isAnswer = this.signalingState === 'have-remote-offer';
    this.localDescription = { type: isAnswer ? 'answer' : 'offer', sdp: `of ${this.#name}` };
    this.signalingState = isAnswer ? 'stable' : 'have-local-offer';
  }

  /** An offer that comes while an own one is open takes that back. */
  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer')
      throw new Error('there is no offer to answer');
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }

  async addIceCandidate(candidate: RTCIceCandidateInit | undefined): Promise<void> {
    if (candidate?.usernameFragment !== this.remoteDescription?.sdp) throw new Error('it fits nothing');
  }
}

const begin = () => {
  const failures: unknown[] = [];
  const side = (name: string, other: string, polite: boolean) => {
    const model = new ModelPeer(name);
    const sent: CallSignal[] = [];
    const negotiation = new Negotiation({
      peer: model as unknown as RTCPeerConnection,
      call: { callId: 'call', with: other, polite },
      send: (signal) => sent.push(signal),
      failed: (error) => failures.push(error),
    });
    const hear = async (signals: readonly CallSignal[], callId = 'call') => {
      const common = { sessionId: 'session', callId, from: other };
      for (const signal of signals) negotiation.received({ ...common, ...signal });
      await settled();
    };
    return { model, sent, hear };
  };
  return { polite: side('anna', 'ben', true), impolite: side('ben', 'anna', false), failures };
};

describe('the negotiation of a call', () => {
  it('[RT16] of two offers that cross, the one of the impolite side stands, with its candidates', async () => {
    const { polite, impolite, failures } = begin();
    for (const { model } of [polite, impolite]) model.onnegotiationneeded();
    await settled();
    const candidate = (of: string) => ({ candidate: { candidate: 'a', usernameFragment: of } });
    await impolite.hear([...polite.sent.splice(0), candidate('of anna')]);
    await polite.hear([...impolite.sent.splice(0), candidate('of ben')]);
    expect(polite.sent).toEqual([{ description: { type: 'answer', sdp: 'of anna' } }]);
    await impolite.hear(polite.sent);
    expect(impolite.sent).toEqual([]);
    expect([polite, impolite].map(({ model }) => model.signalingState)).toEqual(['stable', 'stable']);
    expect(failures).toEqual([]);
  });

  it('[RT16] signals of another call are left alone', async () => {
    const { polite, failures } = begin();
    await polite.hear([{ description: { type: 'offer', sdp: 'of ben' } }], 'another call');
    expect(polite.sent).toEqual([]);
    expect(polite.model.signalingState).toBe('stable');
    expect(failures).toEqual([]);
  });

  it('[RT16] a candidate that fits nothing is told', async () => {
    const { polite, failures } = begin();
    await polite.hear([{ candidate: { candidate: 'a', usernameFragment: 'of nobody' } }]);
    expect(failures).toEqual([new Error('it fits nothing')]);
  });
});
