/**
 * Messages between the nodes that serve one desk: what is only true for the moment, and hints that something was
 * written. Best effort and at most once; messages of one node on one topic keep their order. Whatever must not be
 * lost is in the records, so a node that may have missed something reads there.
 */
export interface Relay {
  /** Names this node among the others; new with every start. */
  readonly nodeId: string;
  /** Tells the other nodes, never this one. Takes JSON data; never waits and never fails. */
  publish(topic: string, message: unknown): void;
  /** Is told what other nodes say on the topic, until the returned function is called. */
  subscribe(topic: string, listener: RelayListener): () => void;
  /** Is called whenever messages may have been missed, after the relay works again. */
  onGap(listener: () => void): () => void;
  close(): Promise<void>;
}

export type RelayListener = (message: unknown, nodeId: string) => void;
