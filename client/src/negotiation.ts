import type { CallEvents } from './protocol.ts';
import type { CallSignal } from './session-calls.ts';

/** The call that a peer connection is for, as `invite` or `accept` answered it. */
export interface NegotiatedCall {
  callId: string;
  with: string;
  polite: boolean;
}

export interface NegotiationOptions {
  peer: RTCPeerConnection;
  call: NegotiatedCall;
  /** Sends a signal to the other one. */
  send(signal: CallSignal): void;
  /** Something could not be agreed on; the connection goes on as it was. */
  failed(error: unknown): void;
}

/**
 * Agrees with the other one on what is sent over a peer connection, also when both want a change at once: the
 * impolite side's offer stands, the polite side takes its own back (the pattern is "perfect negotiation" of the W3C
 * recommendation "WebRTC: Real-Time Communication in Browsers", section 10.7).
 */
export class Negotiation {
  readonly #options: NegotiationOptions;
  #isOffering = false;
  #ignoresOffer = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: NegotiationOptions) {
    const { peer, send, failed } = options;
    this.#options = options;
    peer.onnegotiationneeded = () => {
      this.#offer().catch(failed);
    };
    peer.onicecandidate = ({ candidate }) => send({ candidate: candidate?.toJSON() ?? null });
  }

  /** To be called with every `call:signal`; those of another call are left alone. */
  received(signal: CallEvents['call:signal']): void {
    const { call, failed } = this.#options;
    if (signal.callId !== call.callId || signal.from !== call.with) return;
    this.#work = this.#work.then(() => this.#take(signal)).catch(failed);
  }

  async #offer(): Promise<void> {
    this.#isOffering = true;
    try {
      await this.#describe();
    } finally {
      this.#isOffering = false;
    }
  }

  async #take({ description, candidate }: CallSignal): Promise<void> {
    if (description) await this.#takeDescription({ sdp: '', ...description });
    else await this.#takeCandidate(candidate);
  }

  async #takeDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const { peer, call } = this.#options;
    const collides = description.type === 'offer' && (this.#isOffering || peer.signalingState !== 'stable');
    this.#ignoresOffer = collides && !call.polite;
    if (this.#ignoresOffer) return;
    await peer.setRemoteDescription(description);
    if (description.type === 'offer') await this.#describe();
  }

  async #takeCandidate(candidate: CallSignal['candidate']): Promise<void> {
    try {
      await this.#options.peer.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      // Candidates of an offer that was ignored fit nothing.
      if (!this.#ignoresOffer) throw error;
    }
  }

  /** Says what this side sends and takes: an offer or an answer, as it stands. */
  async #describe(): Promise<void> {
    const { peer, send } = this.#options;
    await peer.setLocalDescription();
    const { localDescription } = peer;
    if (localDescription === null) return;
    const { type, sdp } = localDescription;
    send({ description: { type, sdp } });
  }
}
